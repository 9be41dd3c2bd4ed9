"""Nonconformances: lists, one with all that belongs to it, and what a person signs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from plant.errors import Refusal
from plant.models import Signature
from plant.statements import kept
from qms.models import (
    Decision,
    Disposition,
    Inspection,
    Nonconformance,
    NonconformanceLot,
    NonconformanceSource,
    NonconformanceStatus,
    Verdict,
)
from traceability.gate import Cause
from traceability.models import CauseKind, Hold, LotBalance, MaterialLot

OPEN = (NonconformanceStatus.OPEN, NonconformanceStatus.REVIEW, NonconformanceStatus.DISPOSED)


class UnknownNonconformance(Refusal):
    """A number that no nonconformance carries."""

    code = "unknown-nonconformance"


@dataclass(frozen=True)
class LotLine:
    """One lot of a nonconformance as a person sees it before deciding."""

    row: NonconformanceLot
    lot: MaterialLot
    left: Decimal
    balances: list[LotBalance]
    holds: list[Hold]

    @property
    def others(self) -> list[Hold]:
        """The holds that stand for another reason than this nonconformance."""
        number = self.row.nonconformance.number
        return [hold for hold in self.holds if (hold.cause_kind, hold.cause_id) != (CauseKind.NONCONFORMANCE, number)]


def by_number(number: str) -> Nonconformance:
    """The nonconformance with this number."""
    rows = Nonconformance.objects.select_related(
        "site", "equipment", "characteristic", "owner", "reported_by", "material", "defect", "cause", "partner",
        "repeat_of", "board",
    )
    case = rows.filter(number=number).first()
    if case is None:
        raise UnknownNonconformance(_("There is no nonconformance “%(number)s”.") % {"number": number[:40]})
    return case


def of_inspection(task: Inspection) -> Nonconformance | None:
    """The nonconformance that a rejected lot is held by."""
    rows = Nonconformance.objects.filter(source_kind=NonconformanceSource.INSPECTION, source_id=task.number)
    return rows.first() if task.verdict == Verdict.FAIL else None


def listing(*, statuses: Iterable[str] = ()) -> QuerySet[Nonconformance]:
    """Nonconformances with their number of lots and what is left to decide."""
    lots = NonconformanceLot.objects.filter(nonconformance=OuterRef("pk")).order_by().values("nonconformance")
    rows = Nonconformance.objects.select_related(
        "equipment", "owner", "characteristic", "material", "defect"
    ).annotate(
        lot_count=Coalesce(Subquery(lots.values(n=Count("pk"))), 0),
        left=Subquery(lots.values(left=Sum(F("quantity") - F("disposed")))),
    )
    return rows.filter(status__in=list(statuses)) if statuses else rows


def marked_late(rows: Sequence[Nonconformance], at: datetime) -> Sequence[Nonconformance]:
    """The rows, each with whether nobody took it on in time as `is_late`."""
    for row in rows:
        is_late = row.status == NonconformanceStatus.OPEN and row.due_at is not None and row.due_at < at
        row.is_late = is_late  # type: ignore[attr-defined]
    return rows


def cause_of(case: Nonconformance) -> Cause:
    """The cause that this nonconformance's holds carry."""
    return Cause(CauseKind.NONCONFORMANCE, case.number)


def open_holds(case: Nonconformance) -> list[Hold]:
    """The holds of this nonconformance that stand, on lots and on equipment."""
    rows = Hold.objects.filter(cause_kind=CauseKind.NONCONFORMANCE, cause_id=case.number, released_at__isnull=True)
    return list(rows.select_related("lot").order_by("pk"))


def lot_lines(case: Nonconformance) -> list[LotLine]:
    """The lots with their present amounts and holds, direct ones first."""
    rows = list(
        case.lots.select_related("lot__material__unit", "lot__supplier", "nonconformance").order_by("-direct", "lot")
    )
    ids = [row.lot_id for row in rows]
    balances: dict[int, list[LotBalance]] = {}
    for balance in LotBalance.objects.filter(lot__in=ids, quantity__gt=0).order_by("bucket", "place"):
        balances.setdefault(balance.lot_id, []).append(balance)
    held: dict[int, list[Hold]] = {}
    for hold in Hold.objects.filter(lot__in=ids, released_at__isnull=True).order_by("placed_at"):
        held.setdefault(hold.lot_id or 0, []).append(hold)
    return [
        LotLine(row, row.lot, row.quantity - row.disposed, balances.get(row.lot_id, []), held.get(row.lot_id, []))
        for row in rows
    ]


def dispositions(case: Nonconformance) -> list[Disposition]:
    """What was decided, newest first."""
    rows = case.dispositions.select_related(
        "lot__material__unit", "rework_lot", "to_material", "concession", "by", "signature", "return_line"
    ).prefetch_related("rechecks__by")
    return list(rows.order_by("-pk"))


def signatures(case: Nonconformance) -> list[Signature]:
    """Every signature under this nonconformance."""
    rows = Signature.objects.filter(subject_kind="nonconformance", subject_id=str(case.pk))
    return list(rows.select_related("person").order_by("pk"))


def rechecks_due(case: Nonconformance) -> list[Disposition]:
    """What was reworked or repaired and not looked at since."""
    rows = case.dispositions.filter(decision__in=[Decision.REWORK, Decision.REPAIR], quantity__gt=0)
    rows = rows.filter(rechecks__isnull=True).select_related("lot__material__unit", "rework_lot", "by")
    passed = Inspection.objects.filter(
        lot=OuterRef("rework_lot"), verdict=Verdict.PASS, decided_at__gt=OuterRef("at")
    )
    return list(rows.filter(~Exists(passed)).order_by("pk"))


def under_repair(case: Nonconformance) -> set[int]:
    """Lots that stay held until what was repaired was looked at."""
    return {
        one.rework_lot_id for one in rechecks_due(case) if one.decision == Decision.REPAIR and one.rework_lot_id
    }


def equipment_holds(case: Nonconformance) -> list[Hold]:
    """The stopped machines of this nonconformance that have not been restarted."""
    return [hold for hold in open_holds(case) if hold.lot_id is None]


def seen(case: Nonconformance) -> dict[str, Any]:
    """What a person sees and signs: the case and how much of each lot is decided."""
    rows = case.lots.select_related("lot").order_by("lot")
    return {
        "number": case.number, "title": kept(case.title), "severity": case.severity, "status": case.status,
        "lots": [[row.lot.number, plain(row.quantity), plain(row.disposed)] for row in rows],
        "stopped": [hold.target_id for hold in equipment_holds(case)],
    }


def plain(quantity: Decimal) -> str:
    """A quantity in one spelling, whatever the database's trailing zeros."""
    return format(quantity.normalize(), "f")
