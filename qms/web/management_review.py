"""What the management reviews: the figures of a period beside those of the one before, on the screen and on paper."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from plant.printing import Sheet, Table, text
from plant.web import sheets
from plant.web.access import needs
from qms.queries import management_review as reading
from qms.web.quality_cost import asked


@needs("audit.pack")
def page(request: HttpRequest) -> HttpResponse:
    """The figures of the chosen days; as a PDF or a workbook with format=pdf or xlsx."""
    since, until = asked(request)
    topics = reading.lines(request.user, since, until)
    days = {
        "since": f"{timezone.localtime(since):%Y-%m-%d}",
        "until": f"{timezone.localtime(until) - timedelta(days=1):%Y-%m-%d}",
    }
    kind = request.GET.get("format", "")
    if kind in ("pdf", "xlsx"):
        name = f"management-review-{days['since']}-{days['until']}"
        whole = paper(topics, **days)
        return sheets.as_book(whole, name) if kind == "xlsx" else sheets.as_paper(whole, name, request.user.name, None)
    asks = f"?since={days['since']}&until={days['until']}&format="
    return render(request, "qms/audit/review.html", {"topics": topics, "asks": asks, **days})


def paper(topics: list[tuple[str, str, list[reading.Line]]], since: str, until: str) -> Sheet:
    """The same on paper, with room for what is decided."""
    columns = [_("Figure"), _("In these days"), _("As long before"), _("Trend")]
    words = {"better": _("better"), "worse": _("worse"), "same": _("as before"), "": "–"}
    tables = [
        Table(f"{topic}) {word}", columns, [
            (str(line.one.word), told(line.now, line.one.unit), told(line.before, line.one.unit), words[line.trend])
            for line in rows
        ], (1, 2))
        for topic, word, rows in topics
    ]
    return Sheet(
        kind=_("Management review"), number=f"{since} – {until}", title=_("What the management reviews"),
        facts=[(_("From"), since), (_("Until"), until), (_("Drawn up"), text(timezone.now()))], tables=tables,
        texts=[(_("Decided and by whom until when"), "\n\n\n")], to_sign=[_("Management"), _("Quality")],
    )


def told(value: float | None, unit: str) -> str:
    """A figure on paper."""
    if value is None:
        return "–"
    shown = number_format(value, 0 if value == int(value) else 1, use_l10n=True, force_grouping=True)
    return f"{shown} {unit}".strip()
