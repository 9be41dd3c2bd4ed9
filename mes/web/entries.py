"""How values come in: the share of automatic capture by operation, line and week, down to the records behind it."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from mes.models import CaptureWay
from mes.queries import calendars, capture, capture_records, completeness, floor
from mes.web import days
from plant.web import list_files
from plant.web.access import needs

LONGEST, USUAL, SHOWN = timedelta(days=366), timedelta(days=27), 500
RECORDS = timedelta(days=31)


@needs("reading.read")
def share(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The share of automatic, scanned and typed characteristics; as a page or as a file."""
    today, line = calendars.local_day(timezone.now()), request.GET.get("line", "")[:40]
    first, last = days.asked(request, today, longest=LONGEST, usual=USUAL)
    board = capture.board(request.user, first, last, line)
    kind = request.GET.get("format", "")
    if kind in list_files.KINDS:
        heads = [_("Operation"), *(str(way.label) for way in CaptureWay), _("Automatic, %")]
        cells = (
            [one.name, *(one.parameters[way] for way in CaptureWay), round(one.automatic, 2)]
            for one in board.operations
        )
        return list_files.table_file(kind, f"capture-{first}-{last}", _("How values come in"), heads, cells)
    goal = capture.target()
    context = {
        "board": board, "first": first, "last": last, "line": line, "goal": goal,
        "is_reached": goal is None or board.total.automatic >= float(goal.target),
        "lines": [(one.code, str(one)) for one in floor.lines_of(request.user)],
    }
    return render(request, "mes/entry/share.html", context)


@needs("reading.read")
def records(request: HttpRequest) -> HttpResponse:
    """The characteristics behind a figure: each with how it came, how often, when last, and where it stands."""
    today, asked = calendars.local_day(timezone.now()), request.GET
    first, last = days.asked(request, today, longest=RECORDS, usual=timedelta(days=6))
    since, until = completeness.midnight(first), completeness.midnight(last + completeness.A_DAY)
    wanted = {name: asked.get(name, "")[:40] for name in ("operation", "line", "way")}
    found = [
        one for one in capture_records.of(request.user, since, until)
        if wanted["operation"] in ("", one.operation) and wanted["line"] in ("", one.line_code)
        and wanted["way"] in ("", one.way)
    ]
    found.sort(key=lambda one: (one.operation, one.name, one.way))
    context = {
        "rows": found[:SHOWN], "count": len(found), "first": first, "last": last, "ways": CaptureWay.choices,
        "lines": [(one.code, str(one)) for one in floor.lines_of(request.user)], **wanted,
    }
    return render(request, "mes/entry/records.html", context)


@needs("reading.read")
def panel(request: HttpRequest) -> HttpResponse:
    """The share of this week beside the week before, for the home page."""
    today = calendars.local_day(timezone.now())
    week, before = (
        capture.board(request.user, today - timedelta(days=back + 6), today - timedelta(days=back)).total
        for back in (0, 7)
    )
    context = {
        "week": week, "delta": week.automatic - before.automatic if before.total and week.total else None,
        "goal": capture.target(),
    }
    return render(request, "mes/panels/capture_figures.html", context)
