"""var/demo.json: what benchmarks, tests and anyone's scripts need to know of the demonstration plant."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings

from demo.data import ground
from demo.seeds.machines import HOST, PLCS, port
from integrations.plc import demo_map
from plant.commands import api_keys
from plant.key_scopes import SCOPES
from plant.models import ApiKey, Person


def path() -> Path:
    return settings.VAR_DIR / "demo.json"


def read() -> dict[str, Any]:
    """What is written already, or nothing."""
    return json.loads(path().read_text()) if path().exists() else {}


def write(facts: dict[str, Any]) -> None:
    """Replace the file in one step; only its owner may read it, for it holds a key."""
    fresh = path().with_suffix(".new")
    fresh.parent.mkdir(parents=True, exist_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(facts, ensure_ascii=False, indent=2))
    fresh.replace(path())


def api_key() -> str:
    """A key with every scope; made anew when the file has none that lives."""
    told = read().get("api_key", "")
    if told and ApiKey.objects.filter(prefix=told.partition(".")[0], revoked_at__isnull=True).exists():
        return told
    _key, text = api_keys.create(name="demo", scopes=list(SCOPES), by=Person.objects.get(number="admin"))
    return text


def logins() -> list[dict[str, str]]:
    """Who may sign in, and how."""
    return [
        {"number": number, "password": ground.PASSWORD, "name": name, "roles": ", ".join(roles),
         **({"badge": badge, "pin": ground.PIN} if badge else {})}
        for number, name, roles, badge in ground.PEOPLE
    ] + [
        {"number": number, "password": ground.PASSWORD, "name": f"{name} ({company})", "roles": role}
        for number, name, role, company in ground.OUTSIDE
    ]


def plcs() -> list[dict[str, Any]]:
    """The controllers and their registers."""
    return [
        {"name": code, "letter": letter, "host": HOST, "port": port(letter), "unit": demo_map.UNITS[letter],
         "registers": [{**line, "type": line["data_type"]} for line in demo_map.as_data(letter)]}
        for letter, (code, _station, _period) in PLCS.items()
    ]
