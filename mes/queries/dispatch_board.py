"""The dispatch board: what waits for a line, and the queue of each station beside the time that its calendar gives."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db.models import F, Min, QuerySet

from mes import queueing
from mes.models import ON_LINE, JobOrder, JobOrderStatus
from mes.queries import calendars, dispatch_cards, floor, kitting, routings
from mes.queries.dispatch_cards import Board, Card, Column, Waiting
from mes.queueing import Clock
from mes.shift_plans import PlannedShift, Span
from plant import scoping
from plant.models import Equipment, Person
from plant.queries import places
from traceability.models import Hold, TargetKind

AHEAD = timedelta(days=21)  # how far calendars are read; what ends later has no forecast
PARTS, MOST_WAITING = 5, 40


def board(person: Person, line: Equipment, *, per: str, at: datetime) -> Board:
    """Everything that the board of a line shows, in a fixed number of statements."""
    states = {one.code: one for one in floor.stations([line])}
    stations = in_flow(Equipment.objects.filter(parent=line, code__in=states))
    there = JobOrder.objects.filter(line=line, status__in=ON_LINE)
    free = JobOrder.objects.filter(status=JobOrderStatus.RELEASED, site=places.site_of(line))
    jobs = list(scoping.visible(there, person).only("number", "site"))
    waiting = list(read(free, person)[:MOST_WAITING])
    short = {kit.job.pk for kit in kitting.kits([*jobs, *waiting], at=at) if kit.short}
    stopped = stopped_jobs(job.number for job in (*jobs, *waiting))
    cards = dispatch_cards.of_stations(stations, {job.number: job.pk for job in jobs})
    for card in cards:
        card.is_stopped, card.is_past, card.is_short = card.number in stopped, card.due_at < at, card.job in short
    columns = [
        Column(one, states[one.code], [card for card in cards if card.station_id == one.pk]) for one in stations
    ]
    forecast(columns, line, per=per, at=at)
    able = routings.able_of(job.work_master_id for job in waiting)
    return Board(line, [
        Waiting(job, able.get(job.work_master_id, ()), job.pk in short, job.number in stopped, job.due_at < at)
        for job in waiting
    ], columns, scoping.visible(free, person).count() if len(waiting) == MOST_WAITING else len(waiting))


def in_flow(stations: "QuerySet[Equipment]") -> list[Equipment]:
    """Stations in the order in which work passes them: by the first operation that routings do there."""
    rows = stations.select_related("parent").annotate(turn=Min("segment__sequence"))
    return list(rows.order_by(F("turn").asc(nulls_last=True), "code"))


def read(rows: "QuerySet[JobOrder]", person: Person) -> "QuerySet[JobOrder]":
    """Work orders that a person sees, the most urgent first."""
    seen = scoping.visible(rows, person).select_related("work_request__material__unit", "line")
    return seen.order_by("work_request__priority", "due_at", "pk")


def forecast(columns: Sequence[Column], line: Equipment, *, per: str, at: datetime) -> None:
    """When each card is through, how full the coming shifts are, and what a station that is out could hand over."""
    shifts = calendars.shifts([line.pk], at, at + AHEAD)[line.pk]
    clock, parts = clock_of(shifts, at), parts_of(shifts, per, at)
    for column in columns:
        ends = queueing.through([card.work for card in column.cards], clock)
        for card in column.cards:
            card.ends_at = ends[card.pk]
        column.ends_at = ends[column.cards[-1].pk] if column.cards else None
        column.parts = queueing.load(column.takes, parts)
    propose_elsewhere(columns)


def clock_of(shifts: Sequence[PlannedShift], at: datetime) -> Clock:
    """The working time of a line from a moment on."""
    return Clock(queueing.working(shifts, at))


def stopped_jobs(numbers: Iterable[str]) -> set[str]:
    """Those of these work orders that a hold stops."""
    rows = Hold.objects.filter(target_kind=TargetKind.JOB_ORDER, target_id__in=list(numbers), released_at__isnull=True)
    return set(rows.values_list("target_id", flat=True))


def parts_of(
    shifts: Sequence[PlannedShift], per: str, at: datetime
) -> list[tuple[str, date, list[Span]]]:
    """The next shifts, or days, in which a line works, each with its working time from now on."""
    told: dict[date | datetime, tuple[str, date, list[Span]]] = {}
    for shift in (one for one in shifts if one.ends_at > at):
        key = shift.day if per == "day" else shift.starts_at
        label = "" if per == "day" else f"{shift.starts_at.astimezone(calendars.zone()):%H:%M}"
        told.setdefault(key, (label, shift.day, []))[2].extend(queueing.working([shift], at))
    return list(told.values())[:PARTS]


def propose_elsewhere(columns: Sequence[Column]) -> None:
    """Where a station is out, name for each of its cards the station that could take over, the least loaded one."""
    free = {column.station.code: column.takes for column in columns if not column.is_out}
    codes = {column.station.pk: column.station.code for column in columns}
    for column in (one for one in columns if one.is_out):
        for card in column.cards:
            card.instead = queueing.elsewhere((codes[pk] for pk in card.able if pk in codes), free) or ""


class Proposed(NamedTuple):
    """A card at the turn that a rule gives it, with the turn that it has, and when it would be through."""

    card: Card
    turn: int
    was: int
    ends_at: datetime | None

    @property
    def is_late(self) -> bool:
        return self.ends_at is not None and self.ends_at > self.card.due_at


def proposal(column: Column, rule: str, *, at: datetime) -> list[Proposed]:
    """The queue of a station in the order that a rule proposes; in its own order for no rule."""
    works, cards = [card.work for card in column.cards], {card.pk: card for card in column.cards}
    was = {one.key: turn for turn, one in enumerate(works, 1)}
    order = queueing.propose(rule, works, at) if rule else works
    line = column.station.parent_id or column.station.pk
    ends = queueing.through(order, clock_of(calendars.shifts([line], at, at + AHEAD)[line], at))
    return [Proposed(cards[one.key], turn, was[one.key], ends[one.key]) for turn, one in enumerate(order, 1)]
