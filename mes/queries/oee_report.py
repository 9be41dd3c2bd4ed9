"""The report on OEE: chosen stations and days, added up as one asks, and the events behind each figure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from mes import oee
from mes.oee import ZERO, Key, Loss, Oee
from mes.queries import floor
from mes.queries import oee as reading
from mes.queries.oee import StationTime
from mes.slices import Slice
from mes.stretches import Piece
from plant.models import Equipment, Person, ReasonCode, ReasonUse

LONGEST = timedelta(days=92)
NAMES: dict[str, tuple[Any, str]] = {
    Loss.OUTSIDE: (_("No shift"), "unknown"), Loss.BREAK: (_("Break"), "waiting"),
    Loss.PLANNED: (_("Planned stop"), "waiting"), Loss.FAILURE: (_("Breakdown"), "failed"),
    Loss.SETUP: (_("Setup and adjustment"), "warning"), Loss.WAITING: (_("Waiting"), "warning"),
    Loss.OTHER: (_("Other stop"), "warning"), Loss.UNEXPLAINED: (_("Unexplained"), "failed"),
    Loss.SILENT: (_("No signal"), "unknown"), Loss.MINOR: (_("Minor stops"), "warning"),
    Loss.SPEED: (_("Lost speed"), "warning"), Loss.UNRATED: (_("No standard time"), "unknown"),
    Loss.QUALITY: (_("Bad pieces"), "failed"), Loss.GOOD: (_("Good production"), "done"),
    Loss.RUN: (_("Running"), "running"),
}
OF_PRODUCTION = (Loss.SPEED, Loss.UNRATED, Loss.QUALITY, Loss.GOOD)  # behind these stand pieces made, not stretches
BY = {
    "station": _("Station"), "line": _("Line"), "product": _("Product"), "shift": _("Shift"), "day": _("Day"),
    "week": _("Week"), "month": _("Month"),
}


@dataclass(frozen=True)
class Asked:
    """Which stations and days, and by what they are added up."""

    first: date
    last: date
    line: str = ""
    station: str = ""
    by: str = "station"


@dataclass(frozen=True)
class LossRow:
    """One step of the waterfall: a loss, or what is left of it, with its place between nought and all time."""

    loss: Loss
    reason: int
    label: str
    tone: str
    minutes: int
    start: float
    percent: float


@dataclass(frozen=True)
class Group:
    """One row of the table."""

    label: str
    oee: Oee


@dataclass(frozen=True)
class Report:
    """Figures of some stations on some days."""

    asked: Asked
    times: list[StationTime]
    silent: list[Equipment]
    total: Oee
    losses: list[LossRow]
    groups: list[Group]

    @property
    def by_word(self) -> str:
        return str(BY[self.asked.by])

    @property
    def minutes(self) -> int:
        return sum(row.minutes for row in self.losses)


def stations(person: Person, asked: Asked) -> list[Equipment]:
    """The stations that were asked for and that a person reaches."""
    lines = [one for one in floor.lines_of(person) if asked.line in ("", one.code)]
    rows = Equipment.objects.filter(parent__in=lines, active=True, stores_material=False)
    if asked.station:
        rows = rows.filter(code=asked.station)
    return list(rows.select_related("parent").order_by("parent__code", "code"))


def report(person: Person, asked: Asked, *, at: datetime) -> Report:
    """The report; stations whose machines never said anything are named and left out of the figures."""
    found = reading.days_of(stations(person, asked), asked.first, asked.last, at)
    times = [one for one in found if one.reports]
    total = oee.total(one.oee for one in times)
    return Report(
        asked, times, [one.station for one in found if not one.reports], total, losses(total), groups(times, asked.by)
    )


def losses(total: Oee) -> list[LossRow]:
    """The waterfall: from all time down to good production, in whole minutes that add up."""
    names, order = reasons(), list(Loss)
    minutes, all_time, start, found = total.minutes, total.all_time, 0.0, []
    for key in sorted(total.times, key=lambda one: (order.index(one[0]), -total.times[one])):
        share = 100 * (total.times[key] / all_time) if all_time else 0.0
        found.append(LossRow(key[0], key[1], label(key, names), NAMES[key[0]][1], minutes[key], start, share))
        start += share
    return found


def label(key: Key, names: dict[int, str]) -> str:
    """What a loss is called: its kind, and the reason where somebody gave one."""
    kind = str(NAMES[key[0]][0])
    return f"{kind} · {names.get(key[1], '?')}" if key[1] else kind


def reasons() -> dict[int, str]:
    """Every reason for downtime by its name in the reader's language."""
    return {one.pk: one.title for one in ReasonCode.objects.filter(use=ReasonUse.DOWNTIME)}


def groups(times: Sequence[StationTime], by: str) -> list[Group]:
    """The same time added up by station, line, product, shift or period."""
    named = NAMED[by]
    found: dict[Any, list[Oee]] = {}
    for one in times:
        for part in one.slices:
            found.setdefault(named(one.station, part), []).append(part.oee)
    return [Group(key[1], oee.total(parts)) for key, parts in sorted(found.items(), key=lambda item: item[0])]


def _week(day: date) -> tuple[str, str]:
    year, week, _day = day.isocalendar()
    return f"{year}-{week:02d}", now("Week %(week)s of %(year)s") % {"week": week, "year": year}


def _shift(part: Slice) -> tuple[str, str]:
    if part.shift is None:
        return "9", str(NAMES[Loss.OUTSIDE][0])
    return f"1{part.shift.name}", part.shift.title


NAMED: dict[str, Callable[[Equipment, Slice], tuple[str, str]]] = {
    "station": lambda station, part: (f"{station.parent_id} {station.code}", str(station)),
    "line": lambda station, part: (str(station.parent), str(station.parent)),
    "product": lambda station, part: (part.product or "~", part.product or now("No work order")),
    "shift": lambda station, part: _shift(part),
    "day": lambda station, part: (part.day.isoformat(), date_format(part.day, "SHORT_DATE_FORMAT")),
    "week": lambda station, part: _week(part.day),
    "month": lambda station, part: (f"{part.day:%Y-%m}", f"{part.day:%Y-%m}"),
}


@dataclass(frozen=True)
class Event:
    """A stretch of a station's time, to be looked at and explained."""

    station: Equipment
    piece: Piece
    label: str
    tone: str
    goes_on: bool = False

    @property
    def address(self) -> str:
        """Where this stretch is explained; one that goes on is left open."""
        piece, base = self.piece, reverse("mes:oee-station", args=[self.station.code])
        words = {"begin": piece.from_at.isoformat(timespec="seconds")}
        return f"{base}?{urlencode(words if self.goes_on else {**words, 'end': _later(piece.to_at)})}"

    @property
    def may_be_explained(self) -> bool:
        """It is a stop within a shift."""
        return self.piece.loss not in (Loss.RUN, Loss.OUTSIDE, Loss.BREAK)


def _later(moment: datetime) -> str:
    """The end of a stretch, up to the next whole second."""
    return (moment + timedelta(microseconds=-moment.microsecond % 1_000_000)).isoformat(timespec="seconds")


def events(times: Sequence[StationTime], loss: str, reason: int, *, at: datetime) -> list[Event]:
    """The stretches of a kind, the newest first; every stop where no kind is asked for."""
    names, shown = reasons(), []
    for one in times:
        for piece in one.pieces:
            wanted = piece.loss == loss if loss else piece.loss not in (Loss.RUN, Loss.OUTSIDE, Loss.BREAK)
            if wanted and reason in (0, piece.reason) and piece.length > ZERO:
                named = label((piece.loss, piece.reason), names)
                shown.append(Event(one.station, piece, named, NAMES[piece.loss][1], piece.to_at >= at))
    return sorted(shown, key=lambda event: event.piece.from_at, reverse=True)


def production(times: Sequence[StationTime]) -> list[tuple[Equipment, Slice]]:
    """What was made by shift and work order, the newest first."""
    found = [(one.station, part) for one in times for part in one.slices if part.shift and part.oee.run]
    return sorted(found, key=lambda row: row[1].shift.starts_at if row[1].shift else row[1].day, reverse=True)
