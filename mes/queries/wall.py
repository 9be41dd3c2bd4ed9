"""What the wall of a line shows: OEE of the shift, output against plan, what is in process and what is stopped.

OEE is that of mes/oee.py, over the shift until now; a line's is that of its stations that report a state, added up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Greatest

from mes.models import ON_LINE, JobOrder, JobResponse, MachineCount, Segment
from mes.oee import Oee, total
from mes.queries import oee, orders
from plant.models import Equipment, EquipmentLevel
from plant.queries import places
from plant.shifts import Shift
from traceability.models import Hold

LAST = 10**9  # stations of no routing stand at the end


@dataclass(frozen=True)
class StationRow:
    """A station on the wall."""

    station: Equipment
    oee: Oee
    good: int
    reject: int


@dataclass(frozen=True)
class Wall:
    """A line at one moment."""

    line: Equipment
    shift: Shift
    oee: Oee
    stations: list[StationRow]
    jobs: list[tuple[JobOrder, orders.Progress]]
    holds: list[Hold]
    good: Decimal
    scrap: Decimal

    @property
    def percent(self) -> dict[str, str]:
        """The line's figures as whole percents; a dash where nothing was reported."""
        return self.oee.percent


def lines(site: Equipment | None = None) -> list[Equipment]:
    """Every line, or those of one site."""
    rows = Equipment.objects.filter(level=EquipmentLevel.WORK_CENTER, active=True, stores_material=False)
    if site is not None:
        rows = rows.filter(pk__in=[place.pk for place in places.within(site)])
    return list(rows.order_by("code"))


def of_line(line: Equipment, *, shift: Shift, at: datetime) -> Wall:
    """Everything the wall of a line shows, in a fixed number of statements."""
    stations = list(Equipment.objects.filter(parent=line, active=True, stores_material=False).order_by("code"))
    rows = station_rows(stations, shift=shift, at=at)
    jobs = list(orders.jobs(line=line.code).filter(status__in=ON_LINE)[:6])
    progress = orders.progress_of_jobs(jobs)
    good, scrap = output(line, shift=shift, at=at)
    return Wall(
        line=line, shift=shift, oee=together(rows), stations=rows,
        jobs=[(job, progress[job.pk]) for job in jobs],
        holds=holds_near([line, *stations]), good=good, scrap=scrap,
    )


def output(line: Equipment, *, shift: Shift, at: datetime) -> tuple[Decimal, Decimal]:
    """What left the last operation as good, and what any operation scrapped, since the shift began."""
    made = JobResponse.objects.filter(job_segment__job_order__line=line, at__gte=shift.starts_at, at__lte=at)
    master, sequence = OuterRef("job_segment__segment__work_master"), OuterRef("job_segment__segment__sequence")
    is_last = ~Exists(Segment.objects.filter(work_master=master, sequence__gt=sequence))
    return tally(made.filter(is_last)).good, tally(made).scrap


@dataclass(frozen=True)
class Tally:
    """Pieces that people reported."""

    good: Decimal
    scrap: Decimal
    rework: Decimal

    @property
    def share_good(self) -> Decimal | None:
        """Share good in percent: good of all reported, also of what came again; None when nothing was."""
        total = self.good + self.scrap + self.rework
        return round(100 * self.good / total, 1) if total else None


def tally(reports: QuerySet[JobResponse]) -> Tally:
    """Some reports together, in one statement."""
    sums = of_lots(reports).aggregate(good=Sum("kept"), scrap=Sum("lost"), rework=Sum("again"))
    return Tally(**{name: value or Decimal(0) for name, value in sums.items()})


def of_lots(reports: QuerySet[JobResponse], *keys: str) -> Any:
    """Reports by lot and operation; what quality takes later from a lot of an earlier shift lowers nothing here."""
    kept = Greatest(Sum("good"), Value(Decimal(0)))
    rows = reports.order_by().values(*keys, "job_segment", "lot")
    return rows.annotate(kept=kept, lost=Sum("scrap"), again=Sum("rework"))


def station_rows(stations: list[Equipment], *, shift: Shift, at: datetime) -> list[StationRow]:
    """OEE and counts of stations since the shift began, in the order of work; what no machine counts, people did."""
    ids = [station.pk for station in stations]
    until = max(shift.starts_at, min(at, shift.ends_at))
    times = {one.station.pk: one.oee for one in oee.measure(stations, shift.starts_at, until)}
    counts = MachineCount.objects.filter(equipment__in=ids, minute_at__gte=shift.starts_at, minute_at__lte=at)
    sums = counts.values_list("equipment").annotate(Sum("good"), Sum("reject"))
    made = {pk: (good, reject) for pk, good, reject in sums}
    steps = Segment.objects.filter(stations__in=ids).values_list("stations")
    order = dict(steps.annotate(Min("sequence")))
    by_hand = reported(ids, shift.starts_at, at)
    rows = [
        StationRow(station, times.get(station.pk, Oee()), *made.get(station.pk, by_hand.get(station.pk, (0, 0))))
        for station in stations
    ]
    return sorted(rows, key=lambda row: order.get(row.station.pk, LAST))


def together(rows: Iterable[StationRow]) -> Oee:
    """The stations that report a state, added up."""
    return total(row.oee for row in rows if not row.oee.is_silent)


def reported(ids: list[int], from_at: datetime, to_at: datetime) -> dict[int, tuple[int, int]]:
    """Station → pieces that people reported there as good, and as scrap."""
    found: dict[int, tuple[Decimal, Decimal]] = {}
    rows = JobResponse.objects.filter(station__in=ids, at__gte=from_at, at__lte=to_at)
    for row in of_lots(rows, "station"):
        good, scrap = found.get(row["station"], (Decimal(0), Decimal(0)))
        found[row["station"]] = good + row["kept"], scrap + row["lost"]
    return {pk: (round(good), round(scrap)) for pk, (good, scrap) in found.items()}


def holds_near(standing: list[Equipment]) -> list[Hold]:
    """Open holds on these places, and on lots that stand there or were made there last, the newest first."""
    near = Q(target_kind="EQUIPMENT", target_id__in=[place.code for place in standing])
    near |= Q(lot__visits__equipment__in=standing)
    return list(Hold.objects.filter(near, released_at__isnull=True).distinct().order_by("-placed_at")[:12])
