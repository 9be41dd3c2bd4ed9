"""The figures about orders as tables: their columns, a row for each key, and where the parts of a row are listed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mes.queries import figures, floor, promises
from mes.queries.figures import Asked
from plant.lists.sheets import Plain
from plant.models import Equipment, Person
from plant.web import list_files

HOUR = timedelta(hours=1)
STATES = {
    "LATE": (_("Overdue"), "failed", "clock-exclamation"), "AT_RISK": (_("Will be late"), "warning", "alert-triangle"),
    "UNKNOWN": (_("Not all dispatched"), "unknown", "help-circle"), "IN_TIME": (_("In time"), "done", "check"),
}


class Col(NamedTuple):
    """A column: its word, and whether it holds a text, a number, a real number, a percentage, a moment or a state."""

    label: Any
    kind: str = "text"


class Bar(NamedTuple):
    """A part of a whole, both in percent, with its meaning."""

    start: float
    percent: float
    tone: str
    word: Any


class Stat(NamedTuple):
    """One number above the table."""

    label: Any
    value: str
    unit: str = ""
    tone: str = ""
    icon: str = ""


@dataclass
class Row:
    """A row: its cells, where its parts are listed, and for times how they divide."""

    cells: list[Any]
    href: str = ""
    tone: str = ""
    bars: tuple[Bar, ...] = ()


@dataclass
class Table:
    """What a figure shows."""

    hint: Any
    columns: list[Col]
    rows: list[Row]
    stats: list[Stat] = field(default_factory=list)
    by: list[tuple[str, Any]] = field(default_factory=list)
    has_days: bool = True

    def plain(self, row: Row) -> Iterator[Plain]:
        """The cells of a row as a file takes them."""
        for column, value in zip(self.columns, row.cells, strict=True):
            if column.kind == "moment":
                yield list_files.moment(value)
            elif column.kind == "state":
                yield str(STATES[value][0])
            else:
                yield round(value, 2) if isinstance(value, float) else value

    def drawn(self, most: int) -> list[tuple[Row, list[tuple[Col, Any]]]]:
        """The first rows with their cells beside their columns, states as words."""
        return [
            (row, [(col, STATES[cell] if col.kind == "state" else cell) for col, cell in zip(
                self.columns, row.cells, strict=True
            )]) for row in self.rows[:most]
        ]


def jobs_url(**words: Any) -> str:
    """The list of work orders behind a figure."""
    return f"{reverse('mes:job-order-list')}?{urlencode({key: value for key, value in words.items() if value})}"


def late(person: Person, asked: Asked, at: datetime) -> Table:
    """Open production orders by promise date, with what the queues forecast."""
    found = promises.promises(person, floor.lines_of(person), at=at, line=asked.line)
    counts = {state: sum(one.state == state for one in found) for state in STATES}
    tones = {"LATE": "failed", "AT_RISK": "warning"}
    rows = [
        Row([one.order.number, str(one.order.customer or ""), one.order.material.code, one.order.quantity,
             one.progress.good, float(one.progress.attainment), one.order.due_at, one.ends_at, one.delay / HOUR,
             one.state],
            reverse("mes:work-request-detail", args=[one.order.number]), tones.get(one.state, ""))
        for one in found
    ]
    columns = [
        Col(_("Production order")), Col(_("Customer")), Col(_("Material")), Col(_("Quantity"), "number"),
        Col(_("Good"), "number"), Col(_("Attainment"), "percent"), Col(_("Promised"), "moment"),
        Col(_("Forecast"), "moment"), Col(_("Late by, hours"), "real"), Col(_("State"), "state"),
    ]
    stats = [Stat(word, str(counts[key]), tone=tone, icon=icon) for key, (word, tone, icon) in STATES.items()]
    hint = _("Forecast: when the last of its stations is through, if each works its queue in order by the calendar.")
    return Table(hint, columns, rows, stats, has_days=False)


def attainment(person: Person, asked: Asked, at: datetime) -> Table:
    """Good pieces of what was due, by line, day, week or product."""
    found = figures.attained(person, asked)
    planned, good, punctual = (sum(getattr(one, key) for one in found) for key in ("planned", "good", "punctual"))
    rows = [
        Row([one.key or now("Not on a line yet"), one.jobs, one.planned, one.good, one.rate, one.punctual,
             one.punctual_rate],
            jobs_url(line=one.key if asked.by == "line" else asked.line, due_from=one.first, due_to=one.last,
                     material=one.key if asked.by == "product" else ""),
            "warning" if one.last < at.date() and one.rate < 100 else "")
        for one in found
    ]
    columns = [
        Col(dict(BY)[asked.by if asked.by in dict(BY) else "day"]), Col(_("Work orders"), "number"),
        Col(_("Due pieces"), "number"), Col(_("Good"), "number"), Col(_("Attainment"), "percent"),
        Col(_("Good in time"), "number"), Col(_("Attainment in time"), "percent"),
    ]
    share = [
        Stat(_("Attainment"), percent(good, planned), "%"),
        Stat(_("Attainment in time"), percent(punctual, planned), "%"),
    ]
    hint = _("Good pieces of the work orders that were due then, over their quantity.")
    return Table(hint, columns, rows, share, list(BY))


SPENT = {
    "queue": (_("Queue"), "waiting"), "run": (pgettext_lazy("lead time", "Run"), "running"),
    "wait": (_("Wait"), "warning"),
}
BY = (("day", _("Day")), ("week", _("Week")), ("line", _("Line")), ("product", _("Product")))
OF = (("person", _("Person")), ("station", _("Station")))


def percent(part: Any, whole: Any) -> str:
    """A share in percent, or a dash."""
    return f"{100 * part / whole:.1f}" if whole else "—"


def lead(person: Person, asked: Asked, at: datetime) -> Table:
    """Lead times of the work orders that ended, split into queue, run and wait."""
    found, rows = figures.leads(person, asked, at=at), []
    for one in found:
        bars, start = [], 0.0
        for key, (word, tone) in SPENT.items():
            share = one.share(getattr(one, key))
            bars.append(Bar(start, share, tone, word))
            start += share
        hours = [seconds / 3600 for seconds in (one.lead, one.queue, one.run, one.wait)]
        cells = [one.job.number, one.job.work_request.material.code, one.lots, one.quantity, one.job.ended_at, *hours]
        rows.append(Row(cells, reverse("mes:job-order-detail", args=[one.job.number]), bars=tuple(bars)))
    columns = [
        Col(_("Work order")), Col(_("Material")), Col(_("Lots"), "number"), Col(_("Pieces"), "number"),
        Col(_("Ended"), "moment"), Col(_("Lead time, h"), "real"), Col(_("Queue, h"), "real"),
        Col(_("Run, h"), "real"), Col(_("Wait, h"), "real"),
    ]
    whole = sum(one.lead for one in found)
    stats = [Stat(_("Lead time on average"), f"{whole / len(found) / 3600:.1f}" if found else "—", "h")]
    stats += [
        Stat(word, percent(sum(getattr(one, key) for one in found), whole), "%") for key, (word, _tone) in SPENT.items()
    ]
    hint = _("From a lot's making to the end of its last operation: queue before each one, run in it, wait after it.")
    return Table(hint, columns, rows, stats)


def steps(person: Person, asked: Asked, at: datetime) -> Table:
    """What happened to the pieces at each operation."""
    rows = [
        Row([one.operation, one.line, one.jobs, one.lots, one.pieces, one.good, one.scrap, one.rework, one.share_good,
             one.each, one.standard_each],
            f"{reverse('mes:wip-lots')}?{urlencode({'operation': one.operation, 'line': one.line})}",
            "warning" if (one.share_good or 100) < 95 else "")
        for one in figures.steps(person, asked)
    ]
    columns = [
        Col(_("Operation")), Col(_("Line")), *(Col(word, "number") for word in (
            _("Work orders"), _("Lots"), _("Pieces"), _("Good"), _("Scrap"), _("Rework"),
        )),
        Col(_("Share good"), "percent"), Col(_("Seconds a piece"), "real"),
        Col(_("Standard, seconds"), "real"),
    ]
    return Table(_("What became of the pieces at each step in these days, as it was reported."), columns, rows)


def labour(person: Person, asked: Asked, at: datetime) -> Table:
    """Hours with a lot in work over hours signed on."""
    lines = [one for one in floor.lines_of(person) if asked.line in ("", one.code)]
    stations = Equipment.objects.filter(parent__in=lines).values_list("pk", flat=True)
    found = figures.labour(list(stations), asked, at=at)
    rows = [
        Row([f"{one.key} {one.name}", one.sessions, one.signed_on / 3600, one.in_work / 3600, one.rate])
        for one in found
    ]
    columns = [
        Col(dict(OF)[asked.by if asked.by in dict(OF) else "person"]), Col(_("Sign-ons"), "number"),
        Col(_("Signed on, h"), "real"), Col(_("With a lot in work, h"), "real"), Col(_("Utilisation"), "percent"),
    ]
    busy, there = sum(one.in_work for one in found), sum(one.signed_on for one in found)
    stats = [
        Stat(_("Utilisation"), percent(busy, there), "%"), Stat(_("Signed on"), f"{there / 3600:.1f}", "h"),
    ]
    hint = _("Time with a lot in work at the station, over the time signed on there.")
    return Table(hint, columns, rows, stats, list(OF))
