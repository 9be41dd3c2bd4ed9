"""Connections, mappings and messages, built by the plant's own commands."""

import json
from datetime import datetime
from typing import Any

from integrations.adapters.port import Incoming
from integrations.links.commands import connections
from integrations.models import Connection, OpenNetwork
from plant.models import Person, Role
from tests.factories import NOW, person, site


def integrator(number: str = "IT1") -> Person:
    return person(number, Role.INTEGRATOR, language="en")


def connection(
    code: str = "erp", endpoint: str = "http://127.0.0.1:9/", *, at: datetime = NOW, **said: Any
) -> Connection:
    """A REST connection in use; this machine's network is open to it."""
    OpenNetwork.objects.get_or_create(network="127.0.0.0/8", defaults={"why": "this machine"})
    by = integrator()
    wanted: dict[str, Any] = {
        "name": "ERP", "kind": "http-json", "site": site(), "receives": True, "sends": True, "endpoint": endpoint,
        "settings": {}, **said,
    }
    made = connections.put(code=code, by=by, at=at, **wanted)
    return connections.switch(connection=made, on=True, by=by, at=at)


def incoming(
    words: dict[str, Any], *, noun: str = "material-definitions", key: str = "M1", version: str = ""
) -> Incoming:
    return Incoming(noun, key, version, json.dumps(words).encode(), "application/json")
