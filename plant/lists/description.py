"""What a list is: its rows, columns, filters, acts and words. It knows no request and no page."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Model, Q, QuerySet

from plant.lists.filters import Filter
from plant.lists.looks import Look, Text
from plant.models import Person


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, and when: what is late or whose is whose depends on it."""

    person: Person
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: what it says of a row, how that is shown, and by which expressions it sorts."""

    key: str
    label: Any
    value: "str | Callable[[Any], Any]" = ""
    look: Look = field(default_factory=Text)
    sort: tuple[str, ...] = ()
    hidden: bool = False

    def of(self, row: Any) -> Any:
        """The value of a row: a path through its attributes, or what a function finds."""
        if callable(self.value):
            return self.value(row)
        for name in (self.value or self.key).split("."):
            row = getattr(row, name, None)
            if row is None:
                return None
        return row() if callable(row) else row


@dataclass(frozen=True, kw_only=True)
class Act:
    """Something that can be done with many rows: one command call per row.

    An act that is signed names what its signer reads of a row (`sees`): what changed since then is refused.
    """

    key: str
    label: Any
    action: str
    run: Callable[..., Any]
    icon: str = "check"
    kind: str = "primary"
    form: Callable[..., forms.Form] | None = None
    trial: Mapping[str, Any] = field(default_factory=dict)
    sees: Callable[[Any], dict[str, Any]] | None = None
    most: int = 200


@dataclass(frozen=True, kw_only=True)
class Link:
    """A button above a list."""

    label: Any
    url: str
    action: str = ""
    icon: str = ""
    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class Nothing:
    """What a list says while it has nothing to show, and what is to be done next."""

    title: Any
    text: Any
    icon: str = "inbox"
    links: tuple[Link, ...] = ()


def _as_they_are(rows: Sequence[Any], viewer: Viewer) -> Sequence[Any]:
    return rows


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list as its room declares it."""

    key: str
    title: Any
    subtitle: Any = ""
    action: str
    url: str
    rows: Callable[[Viewer], "QuerySet[Any]"]
    dress: Callable[[Sequence[Any], Viewer], Sequence[Any]] = _as_they_are
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    search: tuple[str, ...] = ()
    search_also: Callable[[str], Q] | None = None
    placeholder: Any = ""
    order: str
    href: Callable[[Any], str] | None = None
    tone: Callable[[Any], str] | None = None
    nothing: Nothing
    links: tuple[Link, ...] = ()
    acts: tuple[Act, ...] = ()
    above: str = ""
    below: str = ""
    around: Callable[[Viewer], dict[str, Any]] | None = None
    live: str = ""
    live_every: int = 0
    size: int = 50

    def column(self, key: str) -> Column | None:
        """The column with this key."""
        return next((column for column in self.columns if column.key == key), None)

    def act(self, key: str) -> Act | None:
        """The act with this key."""
        return next((act for act in self.acts if act.key == key), None)

    @property
    def first(self) -> tuple[str, ...]:
        """The columns that everybody sees at first."""
        return tuple(column.key for column in self.columns if not column.hidden)

    @property
    def sorts(self) -> frozenset[str]:
        """The keys by which it can be sorted."""
        return frozenset(column.key for column in self.columns if column.sort)


_LISTINGS: dict[str, Listing] = {}


def register(listing: Listing) -> Listing:
    """Make a list known; the same key again replaces it."""
    keys = [column.key for column in listing.columns]
    if len(set(keys)) != len(keys) or listing.order.lstrip("-") not in listing.sorts:
        raise ValueError(f"{listing.key}: a column twice, or an order that no column gives")
    _LISTINGS[listing.key] = listing
    return listing


def known() -> list[Listing]:
    """Every list of the product."""
    return list(_LISTINGS.values())


def primary_key(row: Model) -> str:
    """How a row is named in a choice of rows."""
    return str(row.pk)
