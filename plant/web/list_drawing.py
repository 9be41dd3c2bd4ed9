"""A page of a list, ready for its template: heads, cells, chips, choices of columns, and the addresses around them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from plant import policies
from plant.lists import asked as asking
from plant.lists import reading
from plant.lists.asked import Asked
from plant.lists.description import Column, Link, Listing, Viewer
from plant.lists.looks import Look, Text
from plant.lists.paging import Page
from plant.queries import saved_views

LONG = 6  # letters; Chinese words are short


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the page."""

    column: Column
    drawn: SafeString

    @property
    def is_long(self) -> bool:
        """Plain words that would stand in a tower of single letters where the table is narrow."""
        return type(self.column.look) in (Look, Text) and "<" not in self.drawn and len(self.drawn) > LONG


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the page."""

    key: str
    href: str
    tone: str
    cells: list[Cell]


change = replace


def context(request: HttpRequest, listing: Listing, asked: Asked, viewer: Viewer, page: Page) -> dict[str, Any]:
    """What the moving part of the page shows."""
    remembered = [] if asked.columns else saved_views.columns(viewer.person, listing.key)
    columns = reading.shown(listing, asked, remembered)
    acts = [act for act in listing.acts if policies.may(viewer.person, act.action)]
    still = change(asked, cursor="")
    total = reading.count(page.among) if page.next or page.previous else len(page.rows)
    path = reverse(listing.url)
    return {
        "listing": listing, "asked": asked, "path": path, "here": address(path, listing, asked),
        "query": asking.write(listing, still), "heads": [head(listing, asked, column) for column in columns],
        "lines": lines(request, listing, page.rows, columns), "acts": acts, "total": total,
        "is_more": total > reading.COUNTED, "counted": reading.COUNTED,
        "next_url": address("", listing, change(asked, cursor=page.next)) if page.next else "",
        "previous_url": address("", listing, change(asked, cursor=page.previous)) if page.previous else "",
        "chips": chips(listing, still), "clear_url": address(path, listing, Asked(columns=asked.columns)),
        "columns": choice(listing, columns), "has_own_columns": bool(remembered or asked.columns),
        "share_url": address(path, listing, change(still, columns=tuple(column.key for column in columns), view="")),
        "files": [(kind, word, address("", listing, still, format=kind)) for kind, word in FILES],
        "views": views(listing, asked, viewer), "can_share": policies.may(viewer.person, "view.share"),
        "nothing": None if page.rows else nothing(listing, asked, viewer),
    }


ICONS = {"ascending": "chevron-up", "descending": "chevron-down", "none": "selector"}
FILES = (("csv", "CSV"), ("xlsx", "Excel"))


def address(path: str, listing: Listing, asked: Asked, **more: str) -> str:
    """An address that asks for this."""
    words = [asking.write(listing, asked), *(f"{name}={value}" for name, value in more.items())]
    query = "&".join(word for word in words if word)
    return f"{path}?{query}" if query or not path else path


def lines(request: HttpRequest, listing: Listing, rows: Sequence[tuple[Any, Any]], columns: list[Column]) -> list[Line]:
    """The rows, drawn."""
    return [
        Line(
            str(record.pk), listing.href(row) if listing.href else "", listing.tone(row) if listing.tone else "",
            [Cell(column, column.look.draw(column.of(row), row, request)) for column in columns],
        )
        for record, row in rows
    ]


def head(listing: Listing, asked: Asked, column: Column) -> dict[str, Any]:
    """The head of a column: which way it is sorted, and the address that turns it round."""
    sort = asked.sort or listing.order
    way = {column.key: "ascending", f"-{column.key}": "descending"}.get(sort, "none")
    turned = f"-{column.key}" if way == "ascending" else column.key
    url = address("", listing, change(asked, cursor="", sort=turned, view="")) if column.sort else ""
    return {"column": column, "way": way, "url": url, "icon": ICONS[way]}


def chips(listing: Listing, asked: Asked) -> list[dict[str, Any]]:
    """What narrows the list now, each with the address without it."""
    found = []
    for one in listing.filters:
        if one.key in asked.values:
            without = {key: value for key, value in asked.values.items() if key != one.key}
            url = address(reverse(listing.url), listing, change(asked, values=without, view=""))
            found.append({"label": one.label, "word": one.told(asked.values[one.key]), "url": url})
    return found


def views(listing: Listing, asked: Asked, viewer: Viewer) -> list[dict[str, Any]]:
    """One's own views and the shared ones, the one that is open marked."""
    curates = policies.may(viewer.person, "view.curate")
    path = reverse(listing.url)
    return [
        {"view": view, "is_open": asked.view == str(view.pk), "is_own": view.owner_id == viewer.person.pk,
         "can_delete": curates or view.owner_id == viewer.person.pk,
         "url": f"{path}?" + "&".join(word for word in (view.query, f"view={view.pk}") if word)}
        for view in saved_views.of(viewer.person, listing.key)
    ]


def choice(listing: Listing, shown: list[Column]) -> list[tuple[Column, bool]]:
    """Every column, the visible ones first and in their order."""
    rest = [column for column in listing.columns if column not in shown]
    return [(column, True) for column in shown] + [(column, False) for column in rest]


def nothing(listing: Listing, asked: Asked, viewer: Viewer) -> dict[str, Any]:
    """Why there is nothing: no row at all or none waiting, or none that fits what somebody asks."""
    fits = asked.is_narrowed and reading.whole(listing, viewer).exists()
    offered = () if fits else listing.nothing.links
    return {"is_narrowed": fits, "words": listing.nothing, "links": links(offered, viewer)}


def links(given: Sequence[Link], viewer: Viewer) -> list[dict[str, Any]]:
    """Buttons, each with the reason why this person can't use it."""
    return [
        {"link": link, "url": reverse(link.url),
         "why": policies.why_not(viewer.person, link.action) if link.action else ""}
        for link in given
    ]
