"""A record on paper out of its own fields and the rows that belong to it: no drawing of its own is needed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.text import capfirst

from plant.models import Person
from plant.printing import Sheet, Table, amount, facts_of, text

MOST_ROWS = 500
NUMBERS = (models.DecimalField, models.FloatField, models.IntegerField)


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that belong to a record: the name by which it knows them, and which of their fields stand in the table."""

    name: str
    fields: Sequence[str]

    def table(self, row: models.Model) -> Table | None:
        """The table, the oldest row first; nothing where there is none."""
        manager = getattr(row, self.name)
        model = manager.model
        refers = [name for name in self.fields if model._meta.get_field(name).is_relation]
        found = list(manager.select_related(*refers).order_by("pk")[:MOST_ROWS])
        if not found:
            return None
        columns = [str(capfirst(model._meta.get_field(name).verbose_name)) for name in self.fields]
        numeric = [
            place for place, name in enumerate(self.fields)
            if isinstance(model._meta.get_field(name), NUMBERS) and not model._meta.get_field(name).choices
        ]
        title = str(capfirst(model._meta.verbose_name_plural))
        return Table(title, columns, [[value(one, name) for name in self.fields] for one in found], numeric)


def value(row: models.Model, name: str) -> str:
    """A field as it stands in a table."""
    shown = getattr(row, f"get_{name}_display", None)
    found = shown() if shown else getattr(row, name)
    if isinstance(found, bool):
        return "✓" if found else "–"
    return amount(found) if isinstance(found, Decimal) else text(found)


def of(
    facts: Sequence[str], *parts: Part, texts: Sequence[str] = (), number: str = "number", title: str = "",
) -> Callable[[Any, Person], Sheet]:
    """How records of a kind stand on paper: facts, longer texts under headings, tables of what belongs to them."""

    def sheet(row: Any, reader: Person) -> Sheet:
        state = getattr(row, "get_status_display", None)
        tables = [table for part in parts if (table := part.table(row)) is not None]
        return Sheet(
            kind=str(capfirst(row._meta.verbose_name)), number=str(getattr(row, number) if number else row),
            title=text(getattr(row, title)) if title else "", state=str(state()) if state else "",
            facts=facts_of(row, facts), tables=tables,
            texts=[
                (str(capfirst(row._meta.get_field(name).verbose_name)), getattr(row, name)) for name in texts
                if getattr(row, name)
            ],
        )

    return sheet

