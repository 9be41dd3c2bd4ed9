"""Marks of defects on drawings: those of an inspection, and how many lie where, by code and field of the page."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet

from plant import scoping
from plant.models import Person
from qms.models import DefectMark, Drawing, InspectionItem

FIELDS = 4  # the page is told in four by four fields, A1 at the top left


class Counted(NamedTuple):
    """How often a defect was found in a field of a page."""

    code: str
    title: str
    page: int
    place: str
    times: int


def standing() -> QuerySet[DefectMark]:
    """The marks that nobody took away."""
    return DefectMark.objects.filter(removed_at__isnull=True).select_related("reason", "drawing", "by")


def of_item(item: InspectionItem, drawing: Drawing | None = None) -> list[DefectMark]:
    """The marks of one item, on one drawing."""
    rows = standing().filter(item=item)
    return list(rows.filter(drawing=drawing) if drawing else rows)


def place_of(x: Decimal, y: Decimal) -> str:
    """The field of a page that a spot lies in."""
    column, row = (min(int(value * FIELDS / 100), FIELDS - 1) for value in (x, y))
    return f"{'ABCD'[column]}{row + 1}"


def counted(marks: Iterable[DefectMark]) -> list[Counted]:
    """By code and place, the most frequent first."""
    marks = list(marks)
    titles = {mark.reason.code: mark.reason.title for mark in marks}
    found = Counter((mark.reason.code, mark.page, place_of(mark.x, mark.y)) for mark in marks)
    rows = [Counted(code, titles[code], page, place, count) for (code, page, place), count in found.items()]
    return sorted(rows, key=lambda row: (-row.times, row.code, row.page, row.place))


def by_code(item: InspectionItem) -> dict[int, int]:
    """How many marks an item has of each defect."""
    return dict(Counter(standing().filter(item=item).values_list("reason", flat=True)))


def on_drawing(drawing: Drawing, person: Person, since: datetime) -> list[DefectMark]:
    """Every mark on a drawing since a moment, as far as its reader reaches."""
    rows = standing().filter(drawing=drawing, at__gte=since)
    return list(scoping.visible(rows, person).order_by("-pk")[:2000])
