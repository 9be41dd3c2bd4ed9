"""Sheets: which master data may be written to a file and read from one, and under which rules."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.urls import reverse

from plant.console.columns import MANY, PART, Column, key_paths, natural_key, plain


def free(row: Any, by: Any) -> str:
    """Nothing stands in the way."""
    return ""


def _as_it_is(row: Any) -> None:
    """Nothing to prepare."""


@dataclass(frozen=True)
class Sheet:
    """One kind of master data as a table of texts; a row is known by its key."""

    model: type[models.Model]
    names: tuple[str, ...]
    action: str = "master.edit"
    noun: str = ""
    created: str = "created"
    rules: dict[str, Any] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)
    # Why this row may not be changed or added, or nothing.
    frozen: Callable[[Any, Any], str] = free
    prepare: Callable[[Any], None] = _as_it_is
    # The rows that this sheet speaks of; nothing means all of them.
    only: dict[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return self.model._meta.label

    @property
    def kind(self) -> str:
        """The word before the dot in the journal's kinds."""
        return self.noun or str(self.model._meta.model_name)

    @cached_property
    def key(self) -> tuple[str, ...]:
        return natural_key(self.model)

    @cached_property
    def columns(self) -> list[Column]:
        """The key first, then the other fields in their order."""
        names = [*self.key, *(name for name in self.names if name not in self.key)]
        found = [(name, self.model._meta.get_field(name)) for name in names]
        return [Column(one, name in self.key, self.notes.get(name, "")) for name, one in found]

    def rows(self) -> QuerySet[Any]:
        return self.model._default_manager.filter(**self.only)

    def texts(self, rows: QuerySet[Any]) -> "list[tuple[Any, dict[str, str]]]":
        """(id, cells) of rows: one query, and one more for each column that holds several values."""
        single = [column for column in self.columns if not column.is_many]
        paths = [path for column in single for path in column.paths]
        found = []
        for pk, *values in rows.values_list("pk", *paths):
            cells, at = {}, 0
            for column in single:
                cells[column.name] = column.write(values[at : at + len(column.paths)])
                at += len(column.paths)
            found.append((pk, cells))
        for column in self.columns:
            if column.is_many:
                self._add_many(column, rows, found)
        return found

    def _add_many(self, column: Column, rows: QuerySet[Any], found: list[tuple[Any, dict[str, str]]]) -> None:
        held: dict[Any, list[str]] = {}
        query = rows.order_by().filter(**{f"{column.name}__isnull": False})
        for pk, *values in query.values_list("pk", *column.paths):
            held.setdefault(pk, []).append(column.write(values))
        for pk, cells in found:
            cells[column.name] = f"{MANY} ".join(sorted(held.get(pk, [])))

    def key_of(self, cells: dict[str, str]) -> str:
        """The key of a row as one text."""
        return PART.join(cells.get(name, "") for name in self.key)


def keys_of(model: type[models.Model]) -> dict[str, Any]:
    """The id of every row of a model, by its key as text."""
    paths = key_paths(model)
    return {PART.join(plain(v) for v in values): pk for pk, *values in model._default_manager.values_list("pk", *paths)}


_SHEETS: dict[str, Sheet] = {}


def register(sheet: Sheet) -> Sheet:
    """Make a sheet known by the label of its model; the same label again replaces it."""
    _SHEETS[sheet.label] = sheet
    return sheet


def of(label: str) -> Sheet:
    """The sheet of a model."""
    return _SHEETS[label]


def address(model: type[models.Model], name: str, *args: Any) -> str:
    """The address of a page of the console for a kind of record."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)
