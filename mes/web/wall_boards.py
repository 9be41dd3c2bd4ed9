"""Drawing a board of a wall, for somebody signed in and for a screen with an address of its own."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from mes.models import Board
from mes.queries import calendars, wall_line, wall_lot, wall_plant, wall_quality
from mes.queries.wall_screens import Page
from plant.models import Equipment
from plant.shifts import shift_at

TEMPLATES = {
    Board.LINE: "mes/wall/line.html", Board.PLANT: "mes/wall/plant.html", Board.QUALITY: "mes/wall/quality.html",
    Board.LOT: "mes/wall/lot.html",
}


def draw(
    request: HttpRequest, page: Page, site: Equipment, *, at: datetime, lines: list[Equipment] | None = None
) -> HttpResponse:
    """The part of a wall that moves: one board as it stands now."""
    board = facts(page, site, at=at, lines=lines)
    response = render(request, TEMPLATES[Board(page.board)], {"board": board, "page": page})
    response["Cache-Control"] = "no-store"
    return response


def facts(page: Page, site: Equipment, *, at: datetime, lines: list[Equipment] | None = None) -> Any:
    """What the board shows: of its line, of these lines of the site, or of all of it."""
    if page.board == Board.LINE and page.line is not None:
        return wall_line.of_line(page.line, shift=calendars.shift_now(page.line, at), at=at)
    if page.board == Board.PLANT:
        return wall_plant.of_site(site, shift=shift_at(at), at=at, lines=lines)
    if page.board == Board.LOT:
        return wall_lot.of(page, at=at)
    return wall_quality.of_places(site, [page.line] if page.line else lines, at=at)


def topics(pages: list[Page]) -> list[str]:
    """What the page of these boards listens to."""
    return [*sorted({f"wall.{page.line.code}" for page in pages if page.line}), "news"]
