"""How complete trace data is: a board of lines by days, and every lot with its score."""

from collections.abc import Iterator

from django.db.models import Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from mes.models import GapKind, LotScore
from mes.queries import calendars, completeness, floor
from mes.queries.completeness import Board
from mes.web import days
from plant import scoping
from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import Choice, DateRange, Flag, TextFilter
from plant.lists.looks import Moment, Number, Text
from plant.lists.sheets import Plain
from plant.web import list_files
from plant.web.access import needs

WORST = 10


@needs("completeness.read")
def overview(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Lines by days, what is missing most, the weakest work orders and lots; as a page or as a file."""
    last_day = calendars.local_day(timezone.now())
    first, last = days.asked(
        request, last_day, longest=completeness.A_DAY * 30, usual=completeness.A_DAY * 6
    )
    line = request.GET.get("line", "")[:40]
    found = completeness.board(request.user, first, last, line)
    kind = request.GET.get("format", "")
    if kind in list_files.KINDS:
        return list_files.table_file(
            kind, f"completeness-{first}-{last}", now("Completeness of trace data"), heads(), cells(found)
        )
    since, until = completeness.midnight(first), completeness.midnight(last + completeness.A_DAY)
    rows = scoping.visible(completeness.listing(), request.user)
    rows = rows.filter(lacking__gt=0, reported_at__gte=since, reported_at__lt=until)
    if line:
        rows = rows.filter(line__code=line)
    context = {
        "board": found, "first": first, "last": last, "line": line,
        "lines": [(one.code, str(one)) for one in floor.lines_of(request.user)],
        "worst": list(rows.order_by("share", "-reported_at", "pk")[:WORST]),
    }
    return render(request, "mes/completeness/board.html", context)


def heads() -> list[str]:
    """The columns of the file."""
    return [now("Line"), now("Day"), now("Lots"), now("Lots with gaps"), now("Score, %")]


def cells(found: Board) -> Iterator[list[Plain]]:
    """One row for each line and day with lots."""
    for row in found.rows:
        for day, score in row.cells:
            if score:
                yield [row.code, str(day), score.lots, score.weak, round(score.percent, 2)]


def lot_url(row: LotScore) -> str:
    """The lot's page, where its gaps stand one by one."""
    return reverse("traceability:lot-detail", args=[row.lot.number]) + "?tab=genealogy"


def job_url(row: LotScore) -> str:
    return reverse("mes:job-order-detail", args=[row.job_order.number])


def gaps(row: LotScore) -> str:
    """What is missing, in words."""
    return ", ".join(f"{GapKind(kind).label} {many}" for kind, many in sorted(row.gaps.items()))


LOTS = Listing(
    key="completeness", title=_("Completeness of lots"), url="mes:completeness-list", action="completeness.read",
    subtitle=_("How much of what should be on record of each lot is there; what is missing stands on the lot's page."),
    rows=lambda viewer: completeness.listing(),
    search=("lot__number", "job_order__number", "lot__material__code"), placeholder=_("Lot, work order or material"),
    order="score", href=lot_url, tone=lambda row: "warning" if row.lacking else "",
    columns=(
        Column(key="lot", label=_("Lot"), value="lot.number", look=Text(href=lot_url, icon="box"),
               sort=("lot__number",)),
        Column(key="material", label=_("Material"), value="lot.material.code", sort=("lot__material__code",)),
        Column(key="job", label=_("Work order"), value="job_order.number", look=Text(href=job_url),
               sort=("job_order__number",)),
        Column(key="line", label=_("Line"), value="line.code", sort=("line__code",)),
        Column(key="score", label=_("Score, %"), value="percent", look=Number(places=1), sort=("share",)),
        Column(key="gaps", label=_("What is missing"), value=gaps, look=Text(most=120)),
        Column(key="reported", label=_("Last report"), value="reported_at", look=Moment(), sort=("reported_at",)),
        Column(key="judged", label=_("Last judged"), value="judged_at", look=Moment(style="ago"), hidden=True),
    ),
    filters=(
        Flag(key="gaps", label=_("With gaps"), query=lambda word: Q(lacking__gt=0)),
        Choice(key="kind", label=_("What is missing"), options=GapKind.choices, query=completeness.has_gap),
        TextFilter(key="line", label=_("Line"), field="line__code"),
        TextFilter(key="job", label=_("Work order"), field="job_order__number", more=True),
        TextFilter(key="order", label=_("Production order"), field="job_order__work_request__number", more=True),
        TextFilter(key="material", label=_("Material"), field="lot__material__code", more=True),
        DateRange(key="reported", label=_("Last report"), field="reported_at", more=True),
    ),
    links=(Link(label=_("Board"), url="mes:completeness", icon="layout-grid"),),
    nothing=Nothing(
        title=_("No lot was judged yet"), icon="clipboard-check",
        text=_("Lots are judged by themselves, a minute after the last report on them."),
    ),
)
