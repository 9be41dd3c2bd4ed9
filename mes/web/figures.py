"""Figures about orders on the screen: one page and one file for each, all drawn from the same kind of table."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mes.queries import calendars, floor
from mes.queries.figures import Asked
from mes.web import days, figure_tables
from mes.web.figure_tables import Table
from plant.models import Person
from plant.web import list_files
from plant.web.access import needs

LONGEST, MOST = timedelta(days=92), 200
Make = Callable[[Person, Asked, datetime], Table]
KINDS: dict[str, tuple[Any, str, Make]] = {
    "late": (_("Late orders"), "clock-exclamation", figure_tables.late),
    "attainment": (_("Attainment"), "target", figure_tables.attainment),
    "lead": (_("Lead times"), "hourglass", figure_tables.lead),
    "steps": (_("Step by step"), "stairs", figure_tables.steps),
    "labour": (_("Labour"), "users", figure_tables.labour),
}


@needs("job.read")
def page(request: HttpRequest, kind: str = "late") -> HttpResponse | StreamingHttpResponse:
    """One of the figures, as a page or as a file."""
    if kind not in KINDS:
        raise Http404
    title, _icon, make = KINDS[kind]
    asked = asked_for(request)
    table = make(request.user, asked, timezone.now())
    form = request.GET.get("format", "")
    if form in list_files.KINDS:
        heads, cells = [str(one.label) for one in table.columns], [list(table.plain(row)) for row in table.rows]
        return list_files.table_file(form, f"{kind}-{asked.first}-{asked.last}", str(title), heads, cells)
    context = {
        "kind": kind, "title": title, "table": table, "rows": table.rows, "drawn": table.drawn(MOST),
        "asked": asked, "most": MOST,
        "tabs": [(key, word, icon) for key, (word, icon, _make) in KINDS.items()],
        "lines": [(one.code, str(one)) for one in floor.lines_of(request.user)],
    }
    return render(request, "mes/figures/page.html", context)


def asked_for(request: HttpRequest) -> Asked:
    """What the address asks for: the last seven days where it names none, three months at most."""
    words, today = request.GET, calendars.local_day(timezone.now())
    first, last = days.asked(request, today, longest=LONGEST, usual=timedelta(days=6))
    return Asked(first, last, words.get("line", "")[:40], words.get("by", "")[:10])
