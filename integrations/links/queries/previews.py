"""What a mapping makes of a sample, or of the latest message: field by field, for the page on which it is written."""

import json
from dataclasses import dataclass, field
from typing import Any

from integrations.links import mapping as engine
from integrations.links.queries import mappings
from integrations.models import Direction, Exchange, Mapping, Sample

SHOWN = 8000


@dataclass(frozen=True, slots=True)
class Preview:
    """What went in, what came of it, each field, and what is wrong."""

    name: str = ""
    before: str = ""
    after: str = ""
    cells: list[dict[str, Any]] = field(default_factory=list)
    faults: int = 0


def samples(mapping: Mapping) -> list[tuple[str, str]]:
    """What can be tried: stored samples inward, the latest messages either way."""
    found = []
    if mapping.direction == Direction.IN:
        rows = Sample.objects.filter(connection=mapping.connection_id, noun=mapping.noun).order_by("name")
        found = [(f"s{row.pk}", row.name) for row in rows]
    return found + [(f"m{row.pk}", f"{row.get_direction_display()} {row.seq} · {row.subject}") for row in _latest(
        mapping)[:10]]


def _latest(mapping: Mapping) -> Any:
    rows = Exchange.objects.filter(
        connection=mapping.connection_id, noun=mapping.noun, direction=mapping.direction, emptied_at__isnull=True)
    return rows.order_by("-seq")


def of(mapping: Mapping, chosen: str = "") -> Preview | None:
    """The preview of what was chosen, else of the first that there is."""
    known = samples(mapping)
    key = chosen if chosen in dict(known) else known[0][0] if known else ""
    if not key:
        return None
    if key.startswith("s"):
        return made(mapping, dict(known)[key], bytes(Sample.objects.get(pk=int(key[1:])).body), {})
    message = Exchange.objects.get(pk=int(key[1:]))
    return made(mapping, dict(known)[key], bytes(message.edited or message.body), message.words or {})


def made(mapping: Mapping, name: str, body: bytes, words: dict[str, Any]) -> Preview:
    """Carry one over."""
    rules, how = mappings.rules(mapping), mappings.how(mapping)
    told = json.dumps(words, ensure_ascii=False, indent=1)
    if mapping.direction == Direction.IN:
        found = engine.inward(rules, body, how)
        before, after = _text(body), json.dumps(mappings.plain(found.words), ensure_ascii=False, indent=1)
    else:
        found = engine.outward(rules, words, how)
        before, after = told, _text(found.body)
    return Preview(name, before[:SHOWN], after[:SHOWN], mappings.told(found.cells), len(found.faults))


def _text(body: bytes) -> str:
    said = body.decode("utf-8", "replace")
    try:
        return json.dumps(json.loads(said), ensure_ascii=False, indent=1)
    except ValueError:
        return said
