"""Yield on the screen: what each operation gets right the first time, and what a whole route does."""

from collections.abc import Iterable, Iterator

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from mes.queries import yields
from mes.queries.yields import Yield
from mes.web import oee
from plant.lists.sheets import Plain
from plant.web import list_files
from plant.web.access import needs


@needs("oee.read")
def overview(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The yields of the work orders that ended on the days asked for, as a page or as a file."""
    today = oee.today_of(request.user)
    asked = oee.asked_for(request, today)
    found = yields.of_jobs(yields.ended(request.user, asked.first, asked.last, asked.line))
    kind = request.GET.get("format", "")
    if kind in list_files.KINDS:
        name = f"yield-{asked.first}-{asked.last}"
        return list_files.table_file(kind, name, _("Yield"), heads(), cells(found))
    context = {"yields": found, **oee.around(request.user, asked, today)}
    return render(request, "mes/yield/overview.html", context)


def heads() -> list[str]:
    """The columns of the file."""
    return [
        _("Product"), _("Name"), _("Routing"), _("Revision"), _("Work orders"), _("Operation"), _("Came in"),
        _("Scrap"), _("Rework"), _("First-pass yield"), _("Rolled throughput yield"),
    ]


def cells(found: Iterable[Yield]) -> Iterator[list[Plain]]:
    """A row for each operation."""
    for one in found:
        for step in one.steps:
            yield [
                one.material, one.name, one.routing, one.revision, one.jobs, step.code, step.entered, step.scrap,
                step.rework, _percent(step.first_pass), _percent(one.rolled),
            ]


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 2)
