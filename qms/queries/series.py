"""Sampling series read: as the pure rules want them, their lots, and all of them."""

from dataclasses import dataclass

from django.db.models import QuerySet

from qms.models import ControlPlanLine, InspectionItem, SamplingSeries
from qms.sampling import single, skipping, switching


@dataclass(frozen=True)
class Judged:
    """One characteristic of a decided task: what was found."""

    item: InspectionItem
    found: int

    @property
    def is_accepted(self) -> bool:
        """Fewer than the rejection number; in the gap of MIL-STD-105E accepted as well."""
        return self.found < self.item.re


def rule_of(line: ControlPlanLine | InspectionItem) -> skipping.Rule | None:
    """How lots are skipped; None where each is inspected."""
    return skipping.Rule(clearance=line.clearance) if line.clearance else None


def skipping_state(series: SamplingSeries) -> skipping.State:
    """Where a series stands on the ladder of skipping."""
    is_skipping = series.step >= 0
    phase = skipping.Phase.SKIPPING if is_skipping else skipping.Phase.EVERY_LOT
    return skipping.State(phase, max(series.step, 0), series.accepted, series.skipped)


def switching_state(series: SamplingSeries) -> switching.State:
    """Where a series stands between the severities."""
    return switching.State(
        switching.Stage(series.stage), tuple(series.recent), tuple(series.found), series.score, series.rejected,
        switching.Reason(series.reason),
    )


def after(series: SamplingSeries, judged: Judged) -> switching.State:
    """The state after one more lot, by the rules of the standard that sampled it."""
    item = judged.item
    plan = plan_of(item)
    result = switching.result_of(found=judged.found, ac=item.ac, re=item.re, tighter_ac=single.tighter_ac(plan))
    follow = switching.after_105e if plan.standard == "mil-std-105e" else switching.after
    return follow(switching_state(series), result, may_reduce=item.may_reduce)


def plan_of(item: InspectionItem) -> single.Plan:
    """The plan that an item was sampled by, out of its snapshot."""
    return single.find(
        standard=item.standard, lot=max(item.lot_size or 0, 2), aql=item.aql, level=item.level, severity=item.severity
    )


def listing() -> QuerySet[SamplingSeries]:
    """Every series with what it is about."""
    return SamplingSeries.objects.select_related("supplier", "material", "characteristic", "site")


def lots_of(series: SamplingSeries, most: int = 50) -> list[InspectionItem]:
    """The last lots of a series, the newest first."""
    rows = InspectionItem.objects.filter(series=series).select_related("inspection__lot", "inspection__inspector")
    return list(rows.order_by("-pk")[:most])


def one_of(series: SamplingSeries) -> int:
    """One lot of how many is inspected now; 1 where every lot is."""
    return skipping.Rule().ladder[series.step] if series.step >= 0 else 1
