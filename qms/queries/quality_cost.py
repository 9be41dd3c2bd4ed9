"""The cost of quality from the plant's own records: what was spent on what, added up by month, line or material."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Count
from django.urls import reverse
from django.utils.timezone import localdate, localtime

from plant import scoping
from plant.models import Person
from qms import quality_costs
from qms.models import (
    Audit,
    Calibration,
    CapaAction,
    CapaActionKind,
    CaseCost,
    Complaint,
    ComplaintStatus,
    CostRate,
    InspectionCount,
    InspectionResult,
    NonconformanceSource,
    RateOf,
    Rma,
    RmaDecision,
    RmaStatus,
)
from qms.quality_costs import Bucket, Entry
from qms.queries import costs

PREVENTIVE = (CapaActionKind.PREVENTIVE, CapaActionKind.DEPLOYMENT)
GIVEN_AGAIN = (RmaDecision.REPLACE, RmaDecision.CREDIT)
ZERO = Decimal(0)


@dataclass
class Row:
    """One month, line or material with its four sums."""

    key: str
    sums: dict[str, Decimal]

    @property
    def total(self) -> Decimal:
        """All four."""
        return sum(self.sums.values(), ZERO)

    def cells(self) -> list[tuple[str, Decimal]]:
        """The buckets in their order, each with its sum."""
        return [(bucket, self.sums.get(bucket, ZERO)) for bucket in Bucket.values]


def rates() -> dict[str, list[CostRate]]:
    """Every rate, the newest first."""
    found: dict[str, list[CostRate]] = {}
    for one in CostRate.objects.order_by("-valid_from"):
        found.setdefault(one.of, []).append(one)
    return found


def rate(known: dict[str, list[CostRate]], of: str, at: datetime) -> Decimal:
    """What one cost on a day; nothing where no rate was entered."""
    day = localdate(at)
    return next((one.amount for one in known.get(of, []) if one.valid_from <= day), ZERO)


def group(entries: Iterable[Entry], by: str) -> list[Row]:
    """The entries added up by month, line or material."""
    found: dict[str, Row] = {}
    for one in entries:
        key = {"line": one.line, "material": one.material}.get(by, f"{localtime(one.at):%Y-%m}")
        row = found.setdefault(key, Row(key, {}))
        row.sums[one.bucket] = row.sums.get(one.bucket, ZERO) + one.amount
    return sorted(found.values(), key=lambda row: row.key) if by == "month" else sorted(
        found.values(), key=lambda row: -row.total
    )


def totals(entries: Sequence[Entry]) -> Row:
    """All of them together."""
    rows = group(entries, "all-months")
    sums = {bucket: sum((row.sums.get(bucket, ZERO) for row in rows), ZERO) for bucket in Bucket.values}
    return Row("", sums)


@quality_costs.register
def of_cases(person: Person, since: datetime, until: datetime) -> Iterable[Entry]:
    """What nonconformances cost: those that customers found outside, all others inside."""
    rows = CaseCost.objects.filter(at__gte=since, at__lt=until).select_related(
        "nonconformance__material", "nonconformance__equipment__parent"
    )
    for row in scoping.visible(rows, person):
        case = row.nonconformance
        outside = case.source_kind == NonconformanceSource.CUSTOMER
        place = case.equipment
        line = place.parent if place and place.level == "WORK_UNIT" else place
        yield Entry(
            Bucket.EXTERNAL if outside else Bucket.INTERNAL, row.at, row.amount, f"{case.number} {row.note}",
            reverse("qms:nonconformance-detail", args=[case.number]), row.get_kind_display(),
            case.material.code if case.material else "", line.code if line else "",
        )


@quality_costs.register
def of_inspections(person: Person, since: datetime, until: datetime) -> Iterable[Entry]:
    """Samples that people measured or judged, by day and inspection, at the rate of one."""
    known = rates()
    for model, path in ((InspectionResult, "at"), (InspectionCount, "at")):
        rows = scoping.visible(model._default_manager.filter(**{f"{path}__gte": since, f"{path}__lt": until}), person)
        found = rows.values(
            "item__inspection__number", "item__inspection__created_at", "item__inspection__lot__material__code",
            "item__inspection__kind", "item__inspection__equipment__parent__code",
        ).annotate(n=Count("pk"))
        for one in found:
            at = max(one["item__inspection__created_at"], since)
            number = one["item__inspection__number"]
            yield Entry(
                Bucket.APPRAISAL, at, one["n"] * rate(known, RateOf.SAMPLE, at), f"{number} · {one['n']}",
                reverse("qms:inspection-detail", args=[number]), RateOf.SAMPLE.label,
                one["item__inspection__lot__material__code"] or "",
                one["item__inspection__equipment__parent__code"] or "",
            )


@quality_costs.register
def of_calibrations(person: Person, since: datetime, until: datetime) -> Iterable[Entry]:
    """Calibrations of gauges and sensors."""
    known = rates()
    for row in scoping.visible(Calibration.objects.filter(at__gte=since, at__lt=until), person):
        yield Entry(
            Bucket.APPRAISAL, row.at, rate(known, RateOf.CALIBRATION, row.at), row.certificate or str(row.pk),
            "", RateOf.CALIBRATION.label,
        )


@quality_costs.register
def of_complaints(person: Person, since: datetime, until: datetime) -> Iterable[Entry]:
    """Complaints by the rate of handling one, and goods that were replaced or credited at their standard cost."""
    known = rates()
    rows = Complaint.objects.filter(opened_at__gte=since, opened_at__lt=until).exclude(status=ComplaintStatus.DECLINED)
    for one in scoping.visible(rows, person).select_related("material"):
        yield Entry(
            Bucket.EXTERNAL, one.opened_at, rate(known, RateOf.COMPLAINT, one.opened_at), f"{one.number} {one.title}",
            reverse("qms:complaint-detail", args=[one.number]), RateOf.COMPLAINT.label,
            one.material.code if one.material else "",
        )
    given = Rma.objects.filter(
        decision__in=GIVEN_AGAIN, status=RmaStatus.CLOSED, closed_at__gte=since, closed_at__lt=until
    )
    for rma in scoping.visible(given, person).select_related("lot__material"):
        at, material = rma.closed_at or since, rma.lot.material
        yield Entry(
            Bucket.EXTERNAL, at, rma.quantity * (costs.standard(material.pk, at) or ZERO),
            f"{rma.number} {rma.lot.number}", reverse("qms:rma-detail", args=[rma.number]), rma.get_decision_display(),
            material.code,
        )


@quality_costs.register
def of_prevention(person: Person, since: datetime, until: datetime) -> Iterable[Entry]:
    """Audits by their hours, and preventive actions."""
    known = rates()
    audits = scoping.visible(Audit.objects.filter(reported_at__gte=since, reported_at__lt=until), person)
    for audit in audits:
        at = audit.reported_at or since
        amount = (audit.hours or ZERO) * rate(known, RateOf.AUDIT_HOUR, at)
        yield Entry(
            Bucket.PREVENTION, at, amount, f"{audit.number} {audit.title}",
            reverse("qms:audit-detail", args=[audit.number]), RateOf.AUDIT_HOUR.label,
        )
    actions = CapaAction.objects.filter(kind__in=PREVENTIVE, done_at__gte=since, done_at__lt=until)
    for action in scoping.visible(actions, person).select_related("capa__material", "place"):
        at = action.done_at or since
        yield Entry(
            Bucket.PREVENTION, at, rate(known, RateOf.PREVENTION, at),
            f"{action.capa.number} {action.description[:80]}",
            reverse("qms:capa-detail", args=[action.capa.number]), RateOf.PREVENTION.label,
            action.capa.material.code if action.capa.material else "", action.place.code if action.place else "",
        )
