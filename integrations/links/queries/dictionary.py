"""The data dictionary: every field that is exchanged, drawn from the objects and from the mappings in effect."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rest_framework import serializers

from integrations.links.outgoing import OUTGOING
from integrations.models import Connection, Direction, MappingRow
from integrations.nouns.registry import NOUNS
from plant import scoping
from plant.models import Person, ReviewStatus


@dataclass(frozen=True, slots=True)
class Entry:
    """One field: ours, and where a mapping says, theirs."""

    noun: str
    name: Any
    direction: Any
    field: str
    label: Any = ""
    kind: str = ""
    required: bool = False
    connection: str = ""
    path: str = ""
    transform: str = ""
    default: str = ""
    meaning: str = ""


def fields(noun: str, direction: str) -> list[tuple[str, Any]]:
    """The fields of an object that goes this way, with their labels."""
    return [(name, label) for name, label, _kind, _required in described(noun, direction)]


def described(noun: str, direction: str) -> list[tuple[str, Any, str, bool]]:
    """Name, label, kind and whether it is required."""
    if direction == Direction.OUT:
        return [(name, name, "", False) for name in OUTGOING[noun][1]] if noun in OUTGOING else []
    takes = NOUNS[noun].takes if noun in NOUNS else None
    return list(_of(takes(), "")) if takes is not None else []


def _of(form: Any, prefix: str) -> Iterator[tuple[str, Any, str, bool]]:
    for name, field in form.fields.items():
        inner = field.child if isinstance(field, serializers.ListField | serializers.ListSerializer) else None
        if isinstance(inner, serializers.Serializer):
            yield from _of(inner, f"{prefix}{name}[].")
            continue
        kind = type(field).__name__.removesuffix("Field")
        yield f"{prefix}{name}", field.help_text or field.label or name, kind, bool(field.required)


def entries(reader: Person, connection: str = "", noun: str = "", direction: str = "") -> Iterator[Entry]:
    """Every field, object by object; with a connection only what its mappings name."""
    mapped: dict[tuple[str, str, str], list[MappingRow]] = {}
    for row in scoping.visible(MappingRow.objects.filter(mapping__status=ReviewStatus.EFFECTIVE), reader).filter(
        **({"mapping__connection__code": connection} if connection else {})
    ).select_related("mapping__connection").order_by("mapping__connection__code", "position"):
        mapped.setdefault((row.mapping.noun, row.mapping.direction, row.field), []).append(row)
    for way, code, name in objects():
        if (noun and code != noun) or (direction and way != direction):
            continue
        known = described(code, way)
        names = {field for field, *_rest in known}
        extra = sorted(field for n, d, field in mapped if n == code and d == way and field not in names)
        for field, label, kind, required in [*known, *((one, "", "", False) for one in extra)]:
            rows = mapped.get((code, way, field), [])
            said = (code, name, Direction(way).label, field, label, kind, required)
            if not rows and not connection:
                yield Entry(*said)
            for row in rows:
                yield Entry(*said, row.mapping.connection.code, row.path, spelled(row), row.default, row.meaning)


def objects() -> Iterator[tuple[str, str, Any]]:
    """Every object with its direction and name."""
    for code, one in NOUNS.items():
        if one.takes is not None:
            yield Direction.IN, code, one.name
    for code, (name, _fields) in OUTGOING.items():
        yield Direction.OUT, code, name


def spelled(row: MappingRow) -> str:
    """The transforms of a row in words."""
    pairs = ((row.get_transform_display(), row.transform, row.argument),
             (row.get_then_display(), row.then, row.then_argument))
    return " → ".join(f"{word} {argument}".strip() for word, kind, argument in pairs if kind)


def connections(reader: Person) -> list[tuple[str, str]]:
    """The connections to choose from."""
    return list(scoping.visible(Connection.objects.all(), reader).values_list("code", "name"))
