"""OEE on the screen: the waterfall of losses, the table by whatever one asks, and the events behind each figure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from mes.commands import stops
from mes.queries import calendars, floor, oee_report
from mes.queries import stations as station_queries
from mes.queries.oee_report import BY, NAMES, OF_PRODUCTION, Asked
from mes.web import days
from mes.web.stop_forms import StopForm
from plant import policies
from plant.errors import Refusal
from plant.lists.sheets import Plain
from plant.models import Equipment, Person
from plant.web import list_files
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid

MOST_EVENTS = 500


def asked_for(request: HttpRequest, today: date) -> Asked:
    """What the address asks for: today where it names no day, three months at most."""
    words = request.GET
    first, last = days.asked(request, today, longest=oee_report.LONGEST)
    by = words.get("by", "")
    return Asked(
        first, last, words.get("line", "")[:40], words.get("station", "")[:40],
        by if by in BY else "station",
    )


def today_of(person: Person) -> date:
    """The day that production is at."""
    return calendars.day_now((one.pk for one in floor.lines_of(person)), timezone.now())


def around(person: Person, asked: Asked, today: date) -> dict[str, Any]:
    """What the filters offer, and the address that keeps them."""
    lines = floor.lines_of(person)
    here = oee_report.stations(person, Asked(asked.first, asked.last, asked.line))
    return {
        "asked": asked, "lines": [(one.code, one.name) for one in lines], "by": list(BY.items()),
        "stations": [(one.code, str(one)) for one in here],
        "query": _query(asked, asked.first, asked.last),
        "days": f"from={asked.first}&to={asked.last}", "presets": _presets(asked, today),
    }


def _query(asked: Asked, first: date, last: date) -> str:
    """The same stations on these days, as an address says it."""
    return urlencode({"from": first, "to": last, "line": asked.line, "station": asked.station})


def _presets(asked: Asked, today: date) -> list[tuple[str, str, bool]]:
    """Today, the last seven days, the last thirty: address, word, chosen."""
    found = []
    for back, word in ((0, _("Today")), (6, _("7 days")), (29, _("30 days"))):
        first = today - timedelta(days=back)
        is_chosen = (asked.first, asked.last) == (first, today)
        found.append((f"?{_query(asked, first, today)}&by={asked.by}", word, is_chosen))
    return found


@needs("oee.read")
def overview(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The report, as a page or as a file."""
    today = today_of(request.user)
    asked = asked_for(request, today)
    report = oee_report.report(request.user, asked, at=timezone.now())
    kind = request.GET.get("format", "")
    if kind in list_files.KINDS:
        return list_files.table_file(kind, f"oee-{asked.first}-{asked.last}", _("OEE"), heads(asked), cells(report))
    return render(request, "mes/oee/overview.html", {"report": report, **around(request.user, asked, today)})


def heads(asked: Asked) -> list[str]:
    """The columns of the file."""
    shares = [_("Availability"), _("Performance"), pgettext("oee", "Quality"), _("OEE"), _("TEEP")]
    minutes = [_("%(loss)s, minutes") % {"loss": word} for loss, (word, _tone) in NAMES.items() if loss != "RUN"]
    means = [_("Share good, by pieces"), _("Good"), _("Bad"), _("Failures"), _("MTBF, minutes"), _("MTTR, minutes")]
    return [str(BY[asked.by]), *shares, *means, *minutes]


def cells(report: oee_report.Report) -> Iterator[list[Plain]]:
    """The rows of the file, and their sum."""
    for name, one in [*((group.label, group.oee) for group in report.groups), (_("Together"), report.total)]:
        shares = (one.availability, one.effectiveness, one.quality, one.value, one.teep, one.share_good)
        spans = [None if span is None else round(span / timedelta(minutes=1), 1) for span in (one.mtbf, one.mttr)]
        minutes = one.minutes
        by_loss = [sum(n for key, n in minutes.items() if key[0] == loss) for loss in NAMES if loss != "RUN"]
        yield [
            name, *(None if share is None else round(100 * share, 1) for share in shares), round(one.good, 1),
            round(one.bad, 1), one.failures, *spans, *by_loss,
        ]


@needs("oee.read")
def events(
    request: HttpRequest, code: str = "", refusal: Refusal | None = None
) -> HttpResponse | StreamingHttpResponse:
    """The stretches behind a loss, or what was made behind speed and quality; each stop may be explained here."""
    today, dialogs, now = today_of(request.user), Dialogs(request, refusal), timezone.now()
    asked = asked_for(request, today)
    asked = replace(asked, station=code or asked.station)
    report = oee_report.report(request.user, asked, at=now)
    loss, reason = request.GET.get("loss", ""), request.GET.get("reason", "")
    loss = loss if loss in NAMES else ""
    number = int(reason) if reason.isdecimal() and len(reason) < 18 else 0
    shown = oee_report.events(report.times, loss, number, at=now)
    if request.GET.get("format", "") in list_files.KINDS:
        kind, name = request.GET["format"], f"stops-{asked.first}-{asked.last}"
        return list_files.table_file(kind, name, _("Stops"), event_heads(), event_cells(shown))
    context = {
        "report": report, "loss": loss, "reason": reason, "title": NAMES[loss][0] if loss else _("Stops"),
        "events": shown[:MOST_EVENTS], "count": len(shown), "most": MOST_EVENTS, "dialogs": dialogs,
        "production": oee_report.production(report.times)[:MOST_EVENTS] if loss in OF_PRODUCTION else None,
        "losses": [(key, word) for key, (word, _tone) in NAMES.items()],
        "why": policies.why_not(request.user, "stop.explain"), **around(request.user, asked, today),
        **chosen(request, code, dialogs),
    }
    return render(request, "mes/oee/events.html", context, status=dialogs.status)


def chosen(request: HttpRequest, code: str, dialogs: Dialogs) -> dict[str, Any]:
    """The stretch that is to be explained, in a dialog of its own."""
    begin = StopForm.moment(request.GET.get("begin", ""))
    if not code or (begin is None and not dialogs.opened) or not policies.may(request.user, "stop.explain"):
        return {}
    given = {"from_at": begin, "to_at": StopForm.moment(request.GET.get("end", ""))}
    return {"machine": code, "form": dialogs.form("explain", StopForm, initial=given)}


def event_heads() -> list[str]:
    """The columns of the stops as a file."""
    return [_("Station"), _("From"), _("Until"), _("Minutes"), _("What"), _("State"), _("Shift"), _("Work order")]


def event_cells(shown: Iterable[oee_report.Event]) -> Iterator[list[Plain]]:
    """The stops as a file."""
    for one in shown:
        piece = one.piece
        yield [
            one.station.code, list_files.moment(piece.from_at), list_files.moment(piece.to_at),
            round(piece.length / timedelta(minutes=1), 2), one.label, piece.state,
            piece.shift.title if piece.shift else "", piece.job.number if piece.job else "",
        ]


def of_code(code: str) -> Equipment:
    """The station in the address, or a refusal that says where to look."""
    return station_queries.found(code)


@Acts(find=of_code, back="mes:oee-station", page=events, key="code")(
    "stop.explain", done=gettext_lazy("The stop is explained.")
)
def explain(request: HttpRequest, station: Equipment) -> None:
    """Say why a machine stood."""
    form = StopForm(request.POST, by=request.user)
    stops.explain(equipment=station, **valid(form), by=request.user, at=timezone.now())
