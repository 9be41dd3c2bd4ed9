"""What somebody asks of a list, read from an address and written back to the same address."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from plant.lists import filters
from plant.lists.description import Listing

SEARCH, SORT, COLUMNS, CURSOR, VIEW = "q", "sort", "columns", "cursor", "view"
LONGEST_CURSOR = 2000


@dataclass(frozen=True, slots=True)
class Asked:
    """A search, the values of filters, an order, a choice of columns, a place in the list, and the view's number."""

    text: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)
    sort: str = ""
    columns: tuple[str, ...] = ()
    cursor: str = ""
    view: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether it asks for less than the list shows by itself."""
        return bool(self.text or self.values)


def read(listing: Listing, words: Mapping[str, Sequence[str]]) -> Asked:
    """The sensible part of the words of an address."""
    found = {one.key: one.read(words) for one in listing.filters}
    sort, view = filters.first(words, SORT), filters.first(words, VIEW)
    return Asked(
        text=filters.first(words, SEARCH), values={key: value for key, value in found.items() if value is not None},
        sort=sort if sort.lstrip("-") in listing.sorts and sort.count("-") <= 1 else "",
        columns=columns(listing, [key for word in words.get(COLUMNS, ()) for key in word.split(",")]),
        cursor="".join(words.get(CURSOR) or [""])[:LONGEST_CURSOR],
        view=view if view.isascii() and view.isdecimal() and len(view) < 19 else "",
    )


def columns(listing: Listing, keys: Sequence[str]) -> tuple[str, ...]:
    """Those of the keys that name columns, each once; none of them means: as usual."""
    return tuple(dict.fromkeys(key for key in keys if listing.column(key)))


def pairs(listing: Listing, asked: Asked) -> list[tuple[str, str]]:
    """The words of an address that say this; what goes without saying is left out."""
    found = [(SEARCH, asked.text)]
    for one in listing.filters:
        if one.key in asked.values:
            found += one.write(asked.values[one.key])
    found += [(SORT, asked.sort), (COLUMNS, ",".join(asked.columns)), (VIEW, asked.view), (CURSOR, asked.cursor)]
    return [(name, value) for name, value in found if value]


def write(listing: Listing, asked: Asked) -> str:
    """The query string that says this."""
    return urlencode(pairs(listing, asked), safe=",")
