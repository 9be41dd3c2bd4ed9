"""A process on one page: on the screen, and as PDF to be signed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from plant import printing
from plant.printing import Sheet, text
from plant.web.access import needs
from spc import drawing
from spc.models import ControlChart
from spc.queries import chart_data, charts, sixpack
from spc.queries.sixpack import Page
from spc.web import windows


@needs("chart.read")
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The six pictures in the reader's colours."""
    chart, shown = charts.by_code(code), windows.shown(request)
    found = sixpack.of(chart, shown.from_at, shown.to_at, drawing.SCREEN)
    return render(request, "spc/chart/sixpack.html", {
        "chart": chart, "title": chart_data.title(chart), "shown": shown, "page": found,
        "unit": chart.stream.parameter.unit.symbol,
        "pictures": [(title, SafeString(picture)) for title, picture in found.pictures],
        "lengths": [(name, word) for name, (word, _length) in windows.LENGTHS.items()],
    })


@needs("chart.read")
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The same on A4, with a title block and lines to sign on."""
    chart, shown = charts.by_code(code), windows.shown(request)
    found = sixpack.of(chart, shown.from_at, shown.to_at, drawing.PAPER)
    sheet = sheet_of(chart, found, shown)
    data = printing.pdf(sheet, printed_by=request.user.name, printed_at=text(timezone.now()))
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="sixpack-{chart.pk}.pdf"'
    return answer


@needs("chart.read")
def histogram(request: HttpRequest, code: str) -> HttpResponse:
    """How the values of a stretch lie in their tolerance, beside the chart."""
    chart, shown = charts.by_code(code), windows.shown(request)
    picture = sixpack.histogram(chart, shown.from_at, shown.to_at, drawing.SCREEN)
    return render(request, "spc/chart/histogram.html", {"picture": SafeString(picture)})


def sheet_of(chart: ControlChart, found: Page, shown: windows.Shown) -> Sheet:
    """The page as a sheet of paper."""
    characteristic, limits = chart.line.characteristic, found.limits
    unit = chart.stream.parameter.unit.symbol
    tolerance = " … ".join("–" if one is None else f"{one:g}" for one in (characteristic.lower, characteristic.upper))
    version = "–"
    if limits is not None:
        version = f"{limits.version} ({sixpack.named(limits.estimator)}, {text(limits.valid_from)})"
    facts = [
        (_("Equipment"), str(chart.stream.equipment)), (_("Control plan"), str(chart.line.plan)),
        (_("Operation"), chart.line.operation), (_("Tolerance"), f"{tolerance} {unit}"), (_("Limit version"), version),
        (_("Sample"), _("%(n)s readings") % {"n": found.readings}),
        (_("Readings from"), text(shown.from_at)), (_("Readings to"), text(shown.to_at)), *found.facts,
    ]
    notes = [found.answer.refused, *found.answer.warnings] if found.answer.refused else list(found.answer.warnings)
    return Sheet(
        kind=_("Capability sixpack"), number=chart.code, title=f"{chart_data.title(chart)} [{unit}]",
        state=str(_("In control") if found.answer.in_control else _("Out of control")), facts=facts,
        texts=[(_("To be known"), "\n".join(map(str, notes)))] if notes else [], pictures=found.pictures,
        to_sign=[_("Made by"), _("Checked by"), _("Approved by")],
    )
