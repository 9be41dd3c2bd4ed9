"""The records of a stretch by the way in which they came in: readings, results of inspections, collected values."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count, Max, Q
from django.urls import reverse

from mes.models import CaptureWay, CheckValue, DataKind, DataValue, JobOrder, Segment
from plant import scoping
from plant.models import Person, RevisionStatus
from qms.models import InspectionResult
from traceability.models import Source, Stream

MOST = 500  # newest readings of a stream that are looked at
SOURCES = """
SELECT s.id, r.source, count(*), max(r.at) FROM unnest(%s::bigint[]) AS s(id)
CROSS JOIN LATERAL (
  SELECT source, at FROM traceability_reading WHERE stream_id = s.id AND at > %s AND at <= %s ORDER BY at DESC LIMIT %s
) AS r GROUP BY s.id, r.source
"""
TYPED = Q(stream__isnull=True)  # no instrument told it
WAYS = {Source.AUTO: CaptureWay.AUTO, Source.API: CaptureWay.API, Source.MANUAL: CaptureWay.HAND}


@dataclass(frozen=True, slots=True)
class Came:
    """One characteristic at one operation: so many values came in this way, the last one at this moment."""

    operation: str
    line: int | None
    line_code: str
    key: str
    name: str
    way: CaptureWay
    values: int
    last_at: datetime
    url: str


def of(person: Person, since: datetime, until: datetime) -> Iterator[Came]:
    """Everything that came in within somebody's reach."""
    yield from readings(person, since, until)
    yield from inspections(person, since, until)
    yield from collected(person, since, until)
    yield from checked(person, since, until)


def operations() -> dict[int, list[str]]:
    """The operations that each station does under routings in effect."""
    rows = Segment.objects.filter(work_master__status=RevisionStatus.EFFECTIVE, stations__isnull=False)
    found: dict[int, set[str]] = defaultdict(set)
    for station, code in rows.values_list("stations", "code"):
        found[station].add(code)
    return {station: sorted(codes) for station, codes in found.items()}


def readings(person: Person, since: datetime, until: datetime) -> Iterator[Came]:
    """What streams told; a machine without an operation stands under its own code."""
    rows = Stream.objects.filter(active=True).select_related("equipment__parent", "parameter")
    known = {stream.pk: stream for stream in scoping.visible(rows, person)}
    done = operations()
    with connection.cursor() as cursor:
        cursor.execute(SOURCES, [list(known), since, until, MOST])
        found = cursor.fetchall()
    for pk, source, many, last in found:
        stream = known[pk]
        place = stream.equipment
        url = reverse("traceability:equipment-history", args=[place.code])
        for code in done.get(place.pk, [place.code]):
            yield Came(code, place.parent_id, place.parent.code if place.parent else "", f"stream {pk}",
                       f"{place.code} · {stream.parameter.title}", WAYS[Source(source)], many, last, url)


def inspections(person: Person, since: datetime, until: datetime) -> Iterator[Came]:
    """Results of inspections at operations."""
    rows = InspectionResult.objects.filter(at__gt=since, at__lte=until).exclude(item__inspection__operation="")
    grouped = scoping.visible(rows, person).order_by().values_list(
        "item__inspection__operation", "item__inspection__job_order", "item__characteristic__code", "source"
    ).annotate(Count("pk"), Max("at"), Max("item__inspection__number"))
    found = list(grouped)
    jobs = JobOrder.objects.filter(number__in={row[1] for row in found}).select_related("line")
    lines = {job.number: job.line for job in jobs}
    for operation, job, code, source, many, last, number in found:
        line = lines.get(job)
        yield Came(operation, line.pk if line else None, line.code if line else "", f"result {code}", code,
                   WAYS[Source(source)], many, last, reverse("qms:inspection-detail", args=[number]))


def collected(person: Person, since: datetime, until: datetime) -> Iterator[Came]:
    """Values collected of lots at operations: of a device, scanned, or typed."""
    rows = scoping.visible(DataValue.objects.filter(at__gt=since, at__lte=until), person)
    grouped = rows.order_by().annotate(is_typed=TYPED).values_list(
        "job_segment__segment__code", "station__parent", "station__parent__code", "item", "item__name", "item__kind",
        "is_typed",
    ).annotate(Count("pk"), Max("at"), Max("lot__number"))
    for operation, line, line_code, item, name, kind, is_typed, many, last, lot in grouped:
        url = reverse("traceability:lot-detail", args=[lot]) + "?tab=measurements"
        yield Came(operation, line, line_code or "", f"item {item}", name, way(kind, is_typed), many, last, url)


def checked(person: Person, since: datetime, until: datetime) -> Iterator[Came]:
    """The same of operator checks."""
    rows = scoping.visible(CheckValue.objects.filter(at__gt=since, at__lte=until), person)
    grouped = rows.order_by().annotate(is_typed=TYPED).values_list(
        "check_due__job_segment__segment__code", "check_due__station__parent", "check_due__station__parent__code",
        "item", "item__name", "item__kind", "is_typed",
    ).annotate(Count("pk"), Max("at"), Max("check_due"))
    for operation, line, line_code, item, name, kind, is_typed, many, last, check in grouped:
        url = reverse("mes:check-detail", args=[check])
        yield Came(operation, line, line_code or "", f"item {item}", name, way(kind, is_typed), many, last, url)


def way(kind: str, is_typed: bool) -> CaptureWay:
    """How a collected value came: from a device's stream, by a scan, or typed."""
    if not is_typed:
        return CaptureWay.AUTO
    return CaptureWay.SCAN if kind == DataKind.SCAN else CaptureWay.HAND
