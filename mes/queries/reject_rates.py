"""How many pieces or lots were bad, and from which share on people are reminded."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from mes.models import JobResponse, JobSegment, RejectKind, RejectLimit, RejectReminder, RejectStatus
from mes.models.reject_rate import DEFAULT_MINIMUM, DEFAULT_PERCENT
from plant import scoping
from plant.errors import Refusal
from plant.models import Person
from qms.models import Inspection, InspectionKind, InspectionStatus, Verdict
from traceability.models import MaterialLot

LAST_LOTS = 10  # incoming lots of a supplier and material that are looked at
ZERO = Decimal(0)
# Pieces made from each raw lot: those that left the operation that consumed it, and the bad ones there or later.
MADE_FROM = """
SELECT c.parent_id, sum(c.made), least(sum(c.bad), sum(c.made)) FROM (
  SELECT l.parent_id, l.child_id,
    coalesce(sum(r.good + r.scrap + r.rework) FILTER (WHERE s.code = l.operation), 0) AS made,
    coalesce(sum(r.scrap + r.rework), 0) AS bad
  FROM (SELECT DISTINCT k.parent_id, k.child_id, k.operation FROM traceability_link k
        WHERE k.parent_id = ANY(%s) AND k.reverses_id IS NULL
          AND NOT EXISTS (SELECT 1 FROM traceability_link b WHERE b.reverses_id = k.id)) AS l
  JOIN mes_jobresponse r ON r.lot_id = l.child_id
  JOIN mes_jobsegment js ON js.id = r.job_segment_id JOIN mes_segment s ON s.id = js.segment_id
  GROUP BY l.parent_id, l.child_id
) AS c GROUP BY c.parent_id HAVING sum(c.made) > 0
"""


class UnknownReminder(Refusal):
    """A number that no reminder carries."""

    code = "unknown-reminder"


class Count(NamedTuple):
    """So many bad ones of so many."""

    bad: Decimal
    total: Decimal

    def exceeds(self, limit: RejectLimit) -> bool:
        """Whether there are enough to judge, and more bad ones than the limit allows."""
        return self.total >= limit.minimum and self.bad * 100 > limit.percent * self.total


def limit_for(material_id: int, operation: str) -> RejectLimit:
    """The limit of this product and operation, else of the product, else of the operation, else the plant's."""
    rows = RejectLimit.objects.filter(Q(material=material_id) | Q(material=None), operation__in=[operation, ""])
    found = sorted(rows, key=lambda row: (row.material_id is None, not row.operation))
    return found[0] if found else RejectLimit(percent=Decimal(DEFAULT_PERCENT), minimum=DEFAULT_MINIMUM)


def of_operation(row: JobSegment, lot: MaterialLot | None) -> Count:
    """What was reported of a lot at an operation, or of everything there where each piece is a lot of its own."""
    rows = JobResponse.objects.filter(job_segment=row)
    if lot is not None:
        rows = rows.filter(lot=lot)
    told = rows.aggregate(good=Sum("good"), scrap=Sum("scrap"), rework=Sum("rework"))
    bad = (told["scrap"] or ZERO) + (told["rework"] or ZERO)
    return Count(bad, bad + (told["good"] or ZERO))


def made_from(lot_ids: Iterable[int]) -> dict[int, Count]:
    """For each raw lot, the bad pieces of those made from it."""
    with connection.cursor() as cursor:
        cursor.execute(MADE_FROM, [list(lot_ids)])
        return {parent: Count(bad, made) for parent, made, bad in cursor.fetchall()}


def failed_incoming(since: datetime) -> list[Inspection]:
    """Incoming inspections that rejected a supplier's lot lately, and were not reminded of."""
    told = RejectReminder.objects.filter(kind=RejectKind.INCOMING).values("lot")
    rows = Inspection.objects.filter(
        kind=InspectionKind.INCOMING, verdict=Verdict.FAIL, decided_at__gte=since, lot__supplier__isnull=False
    )
    rows = rows.exclude(lot__in=told).select_related("lot__material", "lot__supplier")
    return list(rows.order_by("decided_at", "pk"))


def incoming(lot: MaterialLot, until: datetime | None) -> Count:
    """The rejected lots among the last ones of this lot's supplier and material."""
    rows = Inspection.objects.filter(
        kind=InspectionKind.INCOMING, status=InspectionStatus.DECIDED, lot__supplier=lot.supplier_id,
        lot__material=lot.material_id,
    )
    if until is not None:
        rows = rows.filter(decided_at__lte=until)
    verdicts = list(rows.order_by("-decided_at", "-pk").values_list("verdict", flat=True)[:LAST_LOTS])
    return Count(Decimal(verdicts.count(Verdict.FAIL)), Decimal(len(verdicts)))


def listing() -> QuerySet[RejectReminder]:
    """Every reminder with what its row shows."""
    return RejectReminder.objects.select_related("lot__material", "lot__supplier", "job_order", "answered_by")


def by_id(pk: int) -> RejectReminder:
    """One reminder."""
    found = listing().filter(pk=pk).first()
    if found is None:
        raise UnknownReminder(_("There is no reminder %(number)s.") % {"number": pk})
    return found


def waiting(person: Person) -> list[RejectReminder]:
    """The reminders that nobody has answered, where a person sees them."""
    return list(scoping.visible(listing().filter(status=RejectStatus.OPEN).order_by("-at"), person)[:50])


def reports(reminder: RejectReminder) -> list[JobResponse]:
    """The reports that the figures were counted from, the newest first."""
    rows = JobResponse.objects.select_related("lot", "job_segment__segment", "person", "reason", "station")
    if reminder.kind == RejectKind.RAW:
        made = MaterialLot.objects.filter(parent_links__parent=reminder.lot)
        rows = rows.filter(lot__in=made)
    elif reminder.kind == RejectKind.LOT:
        rows = rows.filter(job_segment__job_order=reminder.job_order, job_segment__segment__code=reminder.operation)
        rows = rows if reminder.key.startswith("JOB:") else rows.filter(lot=reminder.lot)
    else:
        return []
    return list(rows.order_by("-at", "-pk")[:100])


def inspections(reminder: RejectReminder) -> list[Any]:
    """The incoming inspections that the figures were counted from, the newest first."""
    if reminder.kind != RejectKind.INCOMING:
        return []
    rows = Inspection.objects.filter(
        kind=InspectionKind.INCOMING, status=InspectionStatus.DECIDED, lot__supplier=reminder.lot.supplier_id,
        lot__material=reminder.lot.material_id, decided_at__lte=reminder.at,
    )
    return list(rows.select_related("lot").order_by("-decided_at", "-pk")[:LAST_LOTS])
