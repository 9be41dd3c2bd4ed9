"""Master data that another system keeps: created or changed by code, every change written down."""

from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person
from plant.transactions import command

RowT = TypeVar("RowT", bound=models.Model)


class NotConsistent(Refusal):
    """Fields that contradict each other or other rows."""

    code = "not-consistent"


@command
def put(*, model: type[RowT], code: str, fields: dict[str, Any], by: Person) -> tuple[RowT, bool]:
    """Make the row with this code carry these fields. The row, and whether it is new."""
    policies.check(by, "master.edit")
    rows = lock(model._default_manager.filter(code=code))
    try:
        with transaction.atomic():
            return (change(rows[0], fields, by=by), False) if rows else (create(model, code, fields, by=by), True)
    except IntegrityError as error:
        message = _("“%(code)s” can't be kept so: a site has no parent, all else has one, and a GTIN is used once.")
        raise NotConsistent(message % {"code": code}) from error


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
