"""The rows of a draft mapping: written one by one, each over the version that was seen."""

import uuid
from collections.abc import Mapping as Words
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from integrations.links import paths
from integrations.models import Mapping, MappingRow, OnError, Transform
from plant import policies
from plant.commands import journal, reviews
from plant.commands.row_edits import RowRefused, check_seen, one_of, place, short_enough, text_of, unknown
from plant.models import Person
from plant.transactions import command

TEXTS = {"field": 120, "path": 300, "argument": 200, "then_argument": 200, "default": 200, "meaning": 300}
CHOICES: dict[str, list[str]] = {
    "transform": Transform.values, "then": Transform.values, "on_error": OnError.values,
}
FIELDS = (*TEXTS, *CHOICES, "required")


@command
def save(
    *, mapping: Mapping, key: uuid.UUID, version: int, values: Words[str, Any], by: Person, at: datetime,
    after: uuid.UUID | None = None,
) -> MappingRow:
    """Write a row as it was entered over the version that was seen; 0 is a new row, which stands behind `after`."""
    policies.check(by, "mapping.edit", mapping=str(mapping))
    fresh = reviews.drafted(mapping)
    wanted = {name: clean(name, value) for name, value in values.items()}
    row = MappingRow.objects.filter(mapping=fresh, key=key).first()
    is_new = row is None
    if row is None:
        row = MappingRow(mapping=fresh, key=key, position=place(fresh.rows.all(), after), version=0)
    before = {name: getattr(row, name) for name in wanted}
    if not is_new and before == wanted:
        return row
    if not is_new:
        check_seen(row, version)
    for name, value in wanted.items():
        setattr(row, name, value)
    check(row)
    row.version, row.changed_by = row.version + 1, by
    row.save()
    changed = {name: [old, wanted[name]] for name, old in before.items() if old != wanted[name]}
    kind = "mapping.row-added" if is_new else "mapping.row-changed"
    journal.record(kind, subject=fresh, by=by, data={"row": row.field, "changed": changed, "at": at})
    return row


def clean(name: str, value: Any) -> Any:
    """What is kept of an entry. RowRefused: it makes no sense in this column."""
    text = text_of(value)
    if name in TEXTS:
        return short_enough(name, text, TEXTS[name])
    if name in CHOICES:
        return one_of(name, text, CHOICES[name])
    if name == "required":
        return value is True or text.lower() in ("1", "true", "x")
    raise unknown(name)


def check(row: MappingRow) -> None:
    """Refuse a row that contradicts itself or repeats another one, naming the column."""
    row.on_error = row.on_error or OnError.REFUSE
    if not row.field:
        raise RowRefused(_("Name our field."), facts={"field": "field"})
    if not row.path and row.transform != Transform.CONST and not row.default:
        raise RowRefused(_("Name their path, or say a fixed value or a default."), facts={"field": "path"})
    try:
        paths.parts(row.path, row.mapping.format)
    except paths.BadPath as error:
        raise RowRefused(_("This path can't be read."), facts={"field": "path"}) from error
    if row.transform in {Transform.LOOKUP, Transform.UNIT, Transform.SCALE, Transform.REGEX} and not row.argument:
        raise RowRefused(_("This transform needs an argument."), facts={"field": "argument"})
    same = MappingRow.objects.filter(mapping=row.mapping, field=row.field, path=row.path).exclude(pk=row.pk)
    if same.exists():
        raise RowRefused(_("%(field)s stands in this mapping already. Change that row.") % {"field": row.field},
                         facts={"field": "field"})


@command
def remove(*, mapping: Mapping, key: uuid.UUID, version: int, by: Person, at: datetime) -> None:
    """Take a row out of a draft."""
    policies.check(by, "mapping.edit", mapping=str(mapping))
    fresh = reviews.drafted(mapping)
    row = MappingRow.objects.filter(mapping=fresh, key=key).first()
    if row is None:
        return
    check_seen(row, version, is_going=True)
    name = row.field
    row.delete()
    journal.record("mapping.row-removed", subject=fresh, by=by, data={"row": name, "at": at})
