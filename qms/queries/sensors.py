"""Which sensors are due, whose readings are in doubt, and in which stretches they were."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Least
from django.utils.translation import gettext_lazy as _

from plant import scoping
from plant.models import Person, Role
from qms.models import FOUND_OUT, Calibration, CalibrationResult, Instrument, Sensor
from traceability.models import MaterialLot, Stream, Visit
from traceability.queries.surroundings import streams_near

OVERDUE, FAILED, BEFORE_FAILED = "OVERDUE", "FAILED", "BEFORE_FAILED"
WORDS: dict[str, Any] = {
    OVERDUE: _("Calibration overdue"), FAILED: _("Calibration failed"),
    BEFORE_FAILED: _("Before a failed calibration"),
}
# After it was due: the owner at once, then those further up.
LATER = (timedelta(0), timedelta(days=1), timedelta(days=3))
MOST_VISITS = 500


@dataclass(frozen=True, slots=True)
class Doubt:
    """A stretch in which a sensor's readings are in doubt, and why; `to_at` is open while it lasts."""

    sensor: Sensor
    from_at: datetime
    to_at: datetime | None
    cause: str

    @property
    def word(self) -> Any:
        return WORDS[self.cause]

    def meets(self, from_at: datetime, to_at: datetime | None) -> bool:
        """Whether it reaches into a stretch."""
        return (to_at is None or self.from_at < to_at) and (self.to_at is None or self.to_at > from_at)


@dataclass(frozen=True, slots=True)
class Suspect:
    """A stay of a lot beside a sensor that was in doubt then."""

    visit: Visit
    stream: Stream
    doubt: Doubt


def doubts(sensor: Sensor, calibrations: Sequence[Calibration]) -> list[Doubt]:
    """The stretches of a sensor in doubt, from its calibrations in the order of their days.

    From the day one ran out until the next that passed; from one that failed until the next that passed; and, as
    nobody knows when it went wrong, from the last that passed until the one that failed.
    """
    found: list[Doubt] = []
    passed: Calibration | None = None
    since: tuple[datetime, str] | None = None
    for one in calibrations:
        overdue = passed and not since and passed.next_due_at and passed.next_due_at < one.at
        if overdue and passed and passed.next_due_at:
            since = passed.next_due_at, OVERDUE
        if one.result in FOUND_OUT and passed is not None:
            found.append(Doubt(sensor, passed.at, since[0] if since else one.at, BEFORE_FAILED))
        if one.result == CalibrationResult.FAILED:
            if since is None or since[1] == OVERDUE:
                found += [Doubt(sensor, since[0], one.at, OVERDUE)] if since else []
                since = one.at, FAILED
            passed = None
        else:
            found += [Doubt(sensor, since[0], one.at, since[1])] if since else []
            passed, since = one, None
    if calibrations and (since or (passed and passed.next_due_at)):
        last = since or (passed.next_due_at, OVERDUE)  # type: ignore[union-attr]
        found.append(Doubt(sensor, last[0], None, last[1]))  # type: ignore[arg-type]
    return found


def since(stream_ids: Collection[int], at: datetime) -> dict[int, datetime]:
    """From when until `at` each stream is in doubt: one statement; what the readings' store asks."""
    late = Q(sensor__due_at__lte=at) | Q(sensor__failed_at__lte=at)
    rows = Sensor.streams.through.objects.filter(late, stream_id__in=list(stream_ids), sensor__active=True)
    found: dict[int, datetime] = {}
    for stream, *moments in rows.values_list("stream_id", "sensor__due_at", "sensor__failed_at"):
        start = min(moment for moment in moments if moment is not None)
        found[stream] = min(found.get(stream, start), start)
    return found


def listing() -> "QuerySet[Sensor]":
    """Every sensor, with the moment from which its readings are in doubt."""
    return Sensor.objects.select_related("equipment", "owner").annotate(start=Least("due_at", "failed_at"))


def by_code(code: str) -> Sensor:
    """A sensor by its code."""
    return Sensor.objects.select_related("equipment", "owner").get(code=code)


def history(sensors: Iterable[Sensor]) -> dict[int, list[Doubt]]:
    """The stretches in doubt of some sensors."""
    known = {sensor.pk: sensor for sensor in sensors}
    calibrations: dict[int, list[Calibration]] = defaultdict(list)
    for one in Calibration.objects.filter(sensor__in=known).order_by("at", "pk"):
        calibrations[one.sensor_id or 0].append(one)
    return {pk: doubts(known[pk], found) for pk, found in calibrations.items()}


def of_streams(streams: Iterable[int], from_at: datetime, to_at: datetime | None) -> dict[int, list[Doubt]]:
    """The doubts about each of these streams that reach into a stretch."""
    found: dict[int, list[Doubt]] = defaultdict(list)
    rows = Sensor.streams.through.objects.filter(stream_id__in=list(streams))
    pairs = list(rows.values_list("stream_id", "sensor_id"))
    known = history(Sensor.objects.filter(pk__in={sensor for _stream, sensor in pairs})) if pairs else {}
    for stream, sensor in pairs:
        found[stream] += [one for one in known.get(sensor, []) if one.meets(from_at, to_at)]
    return found


def of_lots(lots: Sequence[MaterialLot], now: datetime) -> list[Suspect]:
    """Where lots stood beside a sensor in doubt, the newest stay first."""
    rows = Visit.objects.filter(lot__in=lots).select_related("lot", "equipment").order_by("-during")
    visits = list(rows[:MOST_VISITS])
    if not visits:
        return []
    near = streams_near({visit.equipment_id for visit in visits})
    ids = {stream.pk for streams in near.values() for stream in streams}
    start = min(visit.during.lower for visit in visits)
    known = of_streams(ids, start, now)
    return [
        Suspect(visit, stream, doubt)
        for visit in visits
        for stream in near[visit.equipment_id]
        for doubt in known.get(stream.pk, [])
        if doubt.from_at <= now and doubt.meets(visit.during.lower, visit.during.upper or now)
    ]


def troubled(equipment_ids: Collection[int], now: datetime) -> list[Sensor]:
    """The sensors of some machines whose readings are in doubt now."""
    there = Q(equipment__in=equipment_ids) | Q(streams__equipment__in=equipment_ids)
    late = Q(due_at__lte=now) | Q(failed_at__lte=now)
    return list(Sensor.objects.filter(there, late, active=True).distinct())


def stage_of(sensor: Instrument, at: datetime) -> int:
    """How far it should have been told: 1 before it is due, 2 when it is, 3 and 4 further up."""
    start = sensor.doubtful_from
    if start is None or not sensor.active:
        return 0
    late = sum(at >= start + after for after in LATER)
    soon = sensor.due_at is not None and at >= sensor.due_at - timedelta(days=sensor.warn_days)
    return late + 1 if late else int(soon)


def to_tell(at: datetime) -> "QuerySet[Sensor]":
    """The sensors that may have a step to take."""
    soon = Q(due_at__lte=at + F("warn_days") * timedelta(days=1)) | Q(failed_at__lte=at)
    return Sensor.objects.filter(soon, active=True, stage__lt=len(LATER) + 1).order_by("pk")


def waiting(person: Person) -> list[Sensor]:
    """Sensors that are due or failed, for their owner or the role that it goes to."""
    mine = Q(owner=person) | Q(owner=None, owner_role__in=list(person.roles)) | Q(stage__gte=3) & further_up(person)
    rows = Sensor.objects.filter(mine, active=True, stage__gte=1).select_related("equipment").order_by("due_at")
    return list(scoping.visible(rows, person)[:50])


def further_up(person: Person) -> Q:
    """Those who hear of it when its owner lets it lie."""
    above = {3: Role.QUALITY_ENGINEER, 4: Role.QUALITY_MANAGER}
    steps = [step for step, role in above.items() if role in person.roles]
    return Q(stage__gte=min(steps)) if steps else Q(pk__in=[])
