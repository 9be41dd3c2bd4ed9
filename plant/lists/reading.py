"""From what is asked to the rows: one narrowed query, its pages, how many there are, and all of them for a file."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from django.db.models import Q, QuerySet

from plant import scoping
from plant.lists import paging
from plant.lists.asked import Asked
from plant.lists.description import Column, Listing, Viewer
from plant.lists.paging import Key, Page

COUNTED = 10_000
BATCH = 500


def select(listing: Listing, asked: Asked, viewer: Viewer) -> "QuerySet[Any]":
    """The rows that fit, in no order yet."""
    rows = whole(listing, viewer)
    for one in listing.filters:
        value = asked.values.get(one.key)
        rows = one.otherwise(rows) if value is None else one.narrow(rows, value, viewer.person)
    return rows.filter(_search(listing, asked.text)) if asked.text else rows


def whole(listing: Listing, viewer: Viewer) -> "QuerySet[Any]":
    """Every row that this person may see in this list."""
    return scoping.visible(listing.rows(viewer), viewer.person)


def _search(listing: Listing, text: str) -> Q:
    found = Q()
    for path in listing.search:
        found |= Q(**{f"{path}__icontains": text})
    return found | listing.search_also(text) if listing.search_also else found


def order(listing: Listing, asked: Asked, model: Any) -> list[Key]:
    """The order that is asked for, else the list's own."""
    sort = asked.sort or listing.order
    column = listing.column(sort.lstrip("-"))
    return paging.keys(model, column.sort if column else (), descending=sort.startswith("-"))


def shown(listing: Listing, asked: Asked, remembered: Sequence[str] = ()) -> list[Column]:
    """The columns of the address, else those that the person has chosen before, else the usual ones."""
    for keys in (asked.columns, remembered, listing.first):
        found = [column for key in keys if (column := listing.column(key))]
        if found:
            return found
    return list(listing.columns)


def page(listing: Listing, asked: Asked, viewer: Viewer) -> Page:
    """One page of dressed rows, each beside the record that it was made from."""
    rows = select(listing, asked, viewer)
    keys = order(listing, asked, rows.model)
    found = paging.page(rows, keys, cursor=asked.cursor, size=listing.size)
    return replace(found, rows=pairs(listing, found.rows, viewer))


def pairs(listing: Listing, records: Sequence[Any], viewer: Viewer) -> list[tuple[Any, Any]]:
    """Each record with its dressed row."""
    return list(zip(records, listing.dress(records, viewer), strict=True)) if records else []


def count(rows: "QuerySet[Any]", *, most: int | None = COUNTED) -> int:
    """How many rows there are; counting stops beyond the limit."""
    found = rows.order_by().values("pk")
    return found.count() if most is None else found[: most + 1].count()


def every(listing: Listing, asked: Asked, viewer: Viewer) -> Iterator[list[Any]]:
    """All rows in their order, dressed, in batches, from one look at the database."""
    rows = select(listing, asked, viewer)
    ordered = rows.order_by(*(key.order for key in order(listing, asked, rows.model)))
    records = ordered.iterator(chunk_size=BATCH)
    while batch := list(islice(records, BATCH)):
        yield list(listing.dress(batch, viewer))


def chosen(listing: Listing, asked: Asked, viewer: Viewer, marked: Sequence[str], *, most: int) -> list[Any]:
    """The records that somebody marked, or all that fit when nothing is marked, in the list's order."""
    rows = whole(listing, viewer) if marked else select(listing, asked, viewer)
    keys = [int(key) for key in marked if key.isascii() and key.isdecimal() and len(key) < 19]
    if marked:
        rows = rows.filter(pk__in=keys)
    return list(rows.order_by(*(key.order for key in order(listing, asked, rows.model)))[: most + 1])
