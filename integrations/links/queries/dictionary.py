"""The data dictionary: every field that is exchanged, drawn from the objects and from the mappings in effect."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field, Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from integrations.links.outgoing import OUTGOING
from integrations.models import Connection, Direction, MappingRow
from integrations.nouns.registry import NOUNS
from plant import scoping
from plant.models import Person, ReviewStatus

# What the kinds of fields are called, by the names of their classes.
KINDS = {
    "Char": _("Text"), "Regex": _("Text"), "Number": _("Number or code"), "Code": _("Reference"),
    "Quantity": _("Quantity"), "Amount": _("Quantity"), "Decimal": _("Decimal number"),
    "Whole": _("Whole number"), "Integer": _("Whole number"),
    "Boolean": _("Yes or no"), "Choice": _("One of several"), "DateTime": _("Date and time"), "Date": _("Date"),
    "List": _("List"),
}
# Words of fields that no table has.
FIELDS = (_("Sequence"), _("Stations"), _("Removed"), _("Seconds per piece"), _("Instruction"), _("Effective from"),
          _("Effective to"), _("Started at"), _("Ended at"), _("Routing"), _("Name zh"), _("Instruction zh"),
          _("Job order"))


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
    return list(_of(takes(), "", NOUNS[noun].model)) if takes is not None else []


def _of(form: Any, prefix: str, model: type[Model] | None) -> Iterator[tuple[str, Any, str, bool]]:
    for name, field in form.fields.items():
        inner = field.child if isinstance(field, serializers.ListField | serializers.ListSerializer) else None
        if isinstance(inner, serializers.Serializer):
            yield from _of(inner, f"{prefix}{name}[].", None)
            continue
        kind = type(field).__name__.removesuffix("Field")
        label = field.help_text or _column(model, name) or gettext(str(field.label or name))
        yield f"{prefix}{name}", label, str(KINDS.get(kind, kind)), bool(field.required)


def _column(model: type[Model] | None, name: str) -> Any:
    """What the table calls a field; nothing where it has none of that name."""
    try:
        found = model._meta.get_field(name) if model is not None else None
    except FieldDoesNotExist:
        return None
    return found.verbose_name if isinstance(found, Field) else None


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
