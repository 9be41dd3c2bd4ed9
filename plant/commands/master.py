"""Master data that another system keeps: created or changed by code, every change written down."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import journal, journal_many
from plant.commands.journal_many import Entry
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person
from plant.transactions import command

RowT = TypeVar("RowT", bound=models.Model)
Parts = Mapping[str, Any]


class NotConsistent(Refusal):
    """Fields that contradict each other or other rows."""

    code = "not-consistent"


class InUse(Refusal):
    """A row that others refer to."""

    code = "in-use"


@command
def put(
    *, model: type[RowT], code: str, fields: dict[str, Any], by: Person, among: dict[str, Any] | None = None
) -> tuple[RowT, bool]:
    """Make the row with this code carry these fields. The row, and whether it is new.

    among    what tells rows of one code apart, where a code counts only within something
    """
    policies.check(by, "master.edit")
    rows = lock(model._default_manager.filter(code=code, **(among or {})))
    try:
        with transaction.atomic():
            if rows:
                return change(rows[0], fields, by=by), False
            return create(model, code, {**(among or {}), **fields}, by=by), True
    except IntegrityError as error:
        message = _("“%(code)s” can't be kept so: a site has no parent, all else has one, and a GTIN is used once.")
        raise NotConsistent(message % {"code": code}) from error


@command
def put_many(
    *, model: type[RowT], rows: Sequence[tuple[str, dict[str, Any]]], by: Person
) -> list[tuple[RowT, str]]:
    """The same for many rows whose codes differ, in as many statements as for a few: each row and what became of it."""
    policies.check(by, "master.edit")
    there: list[Any] = lock(model._default_manager.filter(code__in=[code for code, _fields in rows]))
    here: dict[str, RowT] = {one.code: one for one in there}
    new = [(code, fields) for code, fields in rows if code not in here]
    made = model._default_manager.bulk_create([model(code=code, **fields) for code, fields in new])
    kind = f"{model._meta.model_name}.created"
    journal_many.record(
        [Entry(kind, row, told(fields)) for row, (_code, fields) in zip(made, new, strict=True)], by=by
    )
    fresh = {code: row for row, (code, _fields) in zip(made, new, strict=True)}
    outcome: list[tuple[RowT, str]] = []
    for code, fields in rows:
        if code in fresh:
            outcome.append((fresh[code], "created"))
            continue
        entries = journal.written()
        row = change(here[code], fields, by=by)
        outcome.append((row, "changed" if journal.written() != entries else "unchanged"))
    return outcome


def create(model: type[RowT], code: str, fields: dict[str, Any], *, by: Person) -> RowT:
    """A new row."""
    row = model._default_manager.create(code=code, **fields)
    journal.record(f"{model._meta.model_name}.created", subject=row, by=by, data=told(fields))
    return row


def change(row: RowT, fields: dict[str, Any], *, by: Person) -> RowT:
    """Change what differs, and write down what it was and what it is."""
    changed = {name: (getattr(row, name), value) for name, value in fields.items() if getattr(row, name) != value}
    if not changed:
        return row
    for name, (_was, value) in changed.items():
        setattr(row, name, value)
    row.save(update_fields=list(changed))
    data = {name: [str(was), str(value)] for name, (was, value) in changed.items()}
    journal.record(f"{row._meta.model_name}.changed", subject=row, by=by, data=data)
    return row


def told(fields: dict[str, Any]) -> dict[str, str]:
    """Fields as text, for the journal."""
    return {name: str(value) for name, value in fields.items()}


@command
def saved(
    *, row: models.Model, verb: str, changes: dict[str, Any], by: Person, noun: str, action: str = "master.edit"
) -> None:
    """Write down a row that a form has just saved, in the same transaction."""
    policies.check(by, action, row=str(row))
    journal.record(f"{noun}.{verb}", subject=row, by=by, data=changes)


@command
def delete(
    *, row: models.Model, was: dict[str, Any], by: Person, noun: str, action: str = "master.edit",
    parts: Parts | None = None,
) -> None:
    """Delete a row and its own parts, and write down what it was; what is used stays."""
    policies.check(by, action, row=str(row))
    label = str(row)
    journal.record(f"{noun}.deleted", subject=row, by=by, data=was)
    try:
        with transaction.atomic():
            _delete_parts(row, parts or {})
            row.delete()
    except (ProtectedError, RestrictedError) as error:
        message = _("%(row)s is in use, so it can't be deleted. Retire it instead: nobody can choose it any more.")
        raise InUse(message % {"row": label}) from error


def _delete_parts(row: Any, parts: Parts) -> None:
    for name, below in parts.items():
        for part in getattr(row, name).all():
            _delete_parts(part, below)
            part.delete()


@command
def switch(*, row: Any, field: str, on: bool, by: Person, noun: str, action: str = "master.edit") -> bool:
    """Retire a row, or take it into use again; its history and what refers to it stay. Whether that changed it."""
    policies.check(by, action, row=str(row))
    fresh = lock(type(row)._default_manager.filter(pk=row.pk))[0]
    if getattr(fresh, field) == on:
        return False
    setattr(fresh, field, on)
    fresh.save(update_fields=[field])
    journal.record(f"{noun}.changed", subject=fresh, by=by, data={field: [not on, on]})
    return True
