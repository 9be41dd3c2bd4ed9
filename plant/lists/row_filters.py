"""Filters by rows of a table, such as lines or partners: each reader is offered those that they reach."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from plant import scoping
from plant.lists.filters import MOST_OPTIONS, Multi, Options, Reference
from plant.models import Person

Rows = Callable[[], "QuerySet[Any]"]


@dataclass(frozen=True, kw_only=True)
class RowFilter(Reference):
    """Exactly the row with this code."""

    rows: Rows

    def offered(self, person: Person) -> list[tuple[str, Any]]:
        """Codes with names."""
        return _offered(self.rows(), person)


@dataclass(frozen=True, kw_only=True)
class RowsFilter(Multi):
    """Any of some rows with a code."""

    rows: Rows
    options: Options = ()

    def choices(self) -> list[tuple[str, Any]]:
        """Every code: one that a reader does not reach finds nothing, because the list holds what they reach."""
        return list(self.rows().values_list("code", "name"))

    def offered(self, person: Person) -> list[tuple[str, Any]]:
        """Codes with names."""
        return _offered(self.rows(), person)


def _offered(rows: "QuerySet[Any]", person: Person) -> list[tuple[str, Any]]:
    return list(scoping.visible(rows, person).values_list("code", "name")[:MOST_OPTIONS])
