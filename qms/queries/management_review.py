"""What quality counts for the management's review: of a period, within what its reader sees."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plant import policies, scoping
from plant.models import Partner, PartnerKind, Person
from qms.models import (
    Answer,
    Audit,
    AuditAnswer,
    Calibration,
    CalibrationResult,
    CapaAction,
    Complaint,
    ControlPlan,
    CorrectiveAction,
    Document,
    DocumentTraining,
    Fmea,
    FmeaAction,
    ImpactReview,
    Inspection,
    InspectionStatus,
    Nonconformance,
    QualityObjective,
    Rma,
    Satisfaction,
    SupplierRequest,
    Verdict,
)
from qms.quality_costs import Bucket, between
from qms.queries import objectives, quality_cost, scorecard
from qms.review_inputs import LESS, MORE, TOPICS, Input, of, register

INSTANT = timedelta(microseconds=1)
Count = Callable[[Person, datetime, datetime], float | None]


def within(model: Any, field: str, **more: Any) -> Count:
    """How many records came into a period by one of their moments."""
    def count(person: Person, since: datetime, until: datetime) -> float:
        rows = model._default_manager.filter(**{f"{field}__gte": since, f"{field}__lt": until}, **more)
        return scoping.visible(rows, person).count()

    return count


def left(rows: Callable[[datetime], "QuerySet[Any]"]) -> Count:
    """How many were open or late when the period ended, or are now."""
    def count(person: Person, since: datetime, until: datetime) -> float:
        return scoping.visible(rows(min(until, timezone.now())), person).count()

    return count


def open_cases(at: datetime) -> "QuerySet[Nonconformance]":
    return Nonconformance.objects.filter(opened_at__lt=at).filter(Q(closed_at__isnull=True) | Q(closed_at__gte=at))


def open_capas(at: datetime) -> "QuerySet[CorrectiveAction]":
    return CorrectiveAction.objects.filter(opened_at__lt=at).filter(Q(closed_at__isnull=True) | Q(closed_at__gte=at))


def late_actions(at: datetime) -> "QuerySet[CapaAction]":
    return CapaAction.objects.filter(due_at__lt=at).filter(Q(done_at__isnull=True) | Q(done_at__gte=at))


def late_risk_actions(at: datetime) -> "QuerySet[FmeaAction]":
    return FmeaAction.objects.filter(due_at__lt=at).filter(Q(ended_at__isnull=True) | Q(ended_at__gte=at))


def passed(person: Person, since: datetime, until: datetime) -> float | None:
    """Of the inspections that were decided, how many passed (percent)."""
    rows = Inspection.objects.filter(
        status=InspectionStatus.DECIDED, decided_at__gte=since, decided_at__lt=until, repeats__isnull=True
    )
    rows = scoping.visible(rows, person)
    whole = rows.count()
    return 100.0 * rows.filter(verdict=Verdict.PASS).count() / whole if whole else None


def content(person: Person, since: datetime, until: datetime) -> float | None:
    """What customers say, from 0 to 10."""
    rows = scoping.visible(Satisfaction.objects.filter(at__gte=since, at__lt=until), person)
    found: float | None = rows.aggregate(mean=Avg("score"))["mean"]
    return found


def reached(person: Person, since: datetime, until: datetime) -> float | None:
    """Of the months of all objectives that could be judged, how many reached their target (percent)."""
    said = [
        month.is_reached for one in QualityObjective.objects.filter(active=True)
        for month in objectives.of(one, person, until - INSTANT).months
        if month.begins >= since and month.is_reached is not None
    ]
    return 100.0 * sum(said) / len(said) if said else None


def supplied(name: str) -> Count:
    """A figure of all suppliers together, by the scorecard's own count, in whole months."""
    def count(person: Person, since: datetime, until: datetime) -> float | None:
        rows = scoping.visible(Partner.objects.filter(kind=PartnerKind.SUPPLIER), person)
        keys, total = list(rows.values_list("pk", flat=True)), scorecard.Tally()
        first, last = timezone.localdate(since).replace(day=1), timezone.localdate(until - INSTANT)
        for tally in scorecard.tallies(keys, first, last, at=min(until, timezone.now())).values():
            total.add(tally)
        return total.figure(name)

    return count


def cost(*buckets: str) -> Count:
    """What was spent in some of the four buckets."""
    def count(person: Person, since: datetime, until: datetime) -> float:
        sums = quality_cost.totals(between(person, since, until)).sums
        return float(sum(sums[bucket] for bucket in buckets))

    return count


CASES, CAPAS = ("qms:nonconformance-list", "nonconformance.read"), ("qms:capa-list", "capa.read")
INSPECTIONS, GAUGES = ("qms:inspection-list", "inspection.read"), ("qms:gauge-list", "gauge.read")
AUDITS, SUPPLIERS = ("qms:audit-list", "audit.read"), ("qms:supplier-list", "supplier.read")
COSTS, GOALS = ("qms:quality-cost", "quality-cost.read"), ("qms:objectives", "quality-cost.read")
FAILED = {"result": CalibrationResult.FAILED}
register(
    Input("a", _("CAPAs open at the end"), *CAPAS, left(open_capas), LESS),
    Input("a", _("Actions of CAPAs overdue at the end"), *CAPAS, left(late_actions), LESS),
    Input("b", _("Documents put into effect"), "qms:document-list", "document.read",
          within(Document, "effective__startswith")),
    Input("b", _("Control plans put into effect"), "qms:control-plan-list", "control-plan.read",
          within(ControlPlan, "effective__startswith")),
    Input("b", _("FMEAs put into effect"), "qms:fmea-list", "fmea.read", within(Fmea, "effective__startswith")),
    Input("c1", _("Satisfaction of customers, 0 to 10"), "qms:survey-list", "complaint.read", content, MORE),
    Input("c1", _("Complaints"), "qms:complaint-list", "complaint.read", within(Complaint, "opened_at"), LESS),
    Input("c1", _("Returns of customers"), "qms:rma-list", "rma.read", within(Rma, "opened_at"), LESS),
    Input("c2", _("Months in which objectives were reached"), *GOALS, reached, MORE, "%"),
    Input("c3", _("Inspections passed"), *INSPECTIONS, passed, MORE, "%"),
    Input("c3", _("Inspections decided"), *INSPECTIONS, within(Inspection, "decided_at")),
    Input("c4", _("Nonconformances opened"), *CASES, within(Nonconformance, "opened_at"), LESS),
    Input("c4", _("of these there before"), *CASES, within(Nonconformance, "opened_at", repeats__gte=1), LESS),
    Input("c4", _("Nonconformances open at the end"), *CASES, left(open_cases), LESS),
    Input("c4", _("CAPAs opened"), *CAPAS, within(CorrectiveAction, "opened_at")),
    Input("c4", _("CAPAs closed as effective"), *CAPAS, within(CorrectiveAction, "closed_at"), MORE),
    Input("c5", _("Calibrations"), *GAUGES, within(Calibration, "at")),
    Input("c5", _("Calibrations failed"), *GAUGES, within(Calibration, "at", **FAILED), LESS),
    Input("c5", _("Impact reviews opened"), "qms:impact-list", "impact.read", within(ImpactReview, "opened_at"), LESS),
    Input("c6", _("Audits reported"), *AUDITS, within(Audit, "reported_at")),
    Input("c6", _("Major findings"), *AUDITS, within(AuditAnswer, "at", answer=Answer.MAJOR), LESS),
    Input("c6", _("Minor findings"), *AUDITS, within(AuditAnswer, "at", answer=Answer.MINOR), LESS),
    Input("c7", _("Rejected pieces of suppliers (PPM)"), *SUPPLIERS, supplied("PPM"), LESS),
    Input("c7", _("Lots of suppliers accepted"), *SUPPLIERS, supplied("ACCEPTED"), MORE, "%"),
    Input("c7", _("Deliveries on time"), *SUPPLIERS, supplied("DELIVERY"), MORE, "%"),
    Input("c7", _("Requests to suppliers opened"), "qms:supplier-request-list", "supplier-request.read",
          within(SupplierRequest, "opened_at")),
    Input("d", _("Documents read and signed"), "qms:training-matrix", "document.teach", within(DocumentTraining, "at")),
    Input("e", _("Actions against risks done"), "qms:risk-list", "fmea.read", within(FmeaAction, "ended_at"), MORE),
    Input("e", _("Actions against risks overdue at the end"), "qms:risk-list", "fmea.read", left(late_risk_actions),
          LESS),
    Input("f", _("Prevention and appraisal"), *COSTS, cost(Bucket.PREVENTION, Bucket.APPRAISAL)),
    Input("f", _("Failure inside"), *COSTS, cost(Bucket.INTERNAL), LESS),
    Input("f", _("Failure outside"), *COSTS, cost(Bucket.EXTERNAL), LESS),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A figure of the period, the one before it, and whether that is better news."""

    one: Input
    now: float | None
    before: float | None

    @property
    def trend(self) -> str:
        """better, worse, same, or nothing where it can't be said."""
        if not self.one.better or self.now is None or self.before is None:
            return ""
        if self.now == self.before:
            return "same"
        return "better" if (self.now < self.before) == (self.one.better == LESS) else "worse"


def lines(person: Person, since: datetime, until: datetime) -> list[tuple[str, str, list[Line]]]:
    """Every topic with its figures that this person may see, beside those of as many days before."""
    start, found = since - (until - since), []
    for topic, word in TOPICS.items():
        seen = [one for one in of(topic) if policies.may(person, one.action)]
        rows = [
            Line(one, rounded(one.count(person, since, until)), rounded(one.count(person, start, since)))
            for one in seen
        ]
        if rows:
            found.append((topic, str(word), rows))
    return found


def rounded(value: float | None) -> float | None:
    """A figure as it is compared: to one place, and whole where it is."""
    if value is None:
        return None
    return int(value) if value == int(value) else round(value, 1)
