"""Boards: work in process, by line and operation."""

from collections.abc import Iterator, Sequence

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from mes.queries import floor, flow
from mes.queries.flow import LineFlow
from plant.lists.sheets import Plain
from plant.web import list_files
from plant.web.access import needs


@needs("job.read")
def in_process(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """What piles up where, for how long, and how fast it goes on; as a page or as a file."""
    line, places = request.GET.get("line", "")[:40], floor.lines_of(request.user)
    found = flow.lines(request.user, places, at=timezone.now(), line=line)
    kind = request.GET.get("format", "")
    if kind in list_files.KINDS:
        return list_files.table_file(kind, "work-in-process", _("Work in process"), heads(), cells(found))
    context = {
        "lines": found, "total": flow.total(found), "line": line, "choices": [(one.code, str(one)) for one in places],
    }
    part = request.headers.get("HX-Request") == "true"
    return render(request, "mes/wip/piles.html" if part else "mes/wip/board.html", context)


def heads() -> list[str]:
    """The columns of the file."""
    return [
        _("Line"), _("Operation"), _("Lots"), _("Pieces"), _("Held"), _("Oldest since"), _("Waits on average, hours"),
        _("Hours of work"), _("A piece every, seconds"), _("Standard, seconds"), _("Bottleneck"),
    ]


def cells(found: Sequence[LineFlow]) -> Iterator[list[Plain]]:
    """One row for each operation of a line."""
    for one in found:
        for pile in one.piles:
            yield [
                one.code, pile.code, pile.lots, pile.quantity, pile.held, list_files.moment(pile.oldest_at),
                round(pile.mean_hours, 2), round(pile.hours, 2), pile.rhythm and round(pile.rhythm, 1),
                pile.standard and round(pile.standard, 1), _("Yes") if pile.is_bottleneck else "",
            ]
