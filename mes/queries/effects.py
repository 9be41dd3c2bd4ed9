"""What every revision of a recipe did: why it was approved, what it changed, and how the pieces made by it came out."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from mes import before_after
from mes.before_after import Verdict
from mes.models import Deviation, JobResponse, ParameterSpecification, WorkMaster
from plant.models import Meaning, Signature

Target = tuple[str, str, float]  # operation, parameter, target
TOLD: dict[Verdict, Any] = {
    Verdict.BETTER: _("Better than before"), Verdict.WORSE: _("Worse than before"),
    Verdict.ALIKE: _("No difference shown"), Verdict.TOO_FEW: _("Too few pieces to say"),
}


@dataclass(frozen=True, slots=True)
class Effect:
    """One revision: its reason, its changed targets as (operation, parameter, before, after), and its results."""

    master: WorkMaster
    effective_at: datetime | None
    reason: str
    changes: list[tuple[str, str, float | None, float | None]]
    good: float
    bad: float
    deviations: int
    before: "Effect | None" = None  # the last revision before it by which anything was made

    @property
    def verdict(self) -> Verdict | None:
        """How the pieces made by it compare with those before; nothing for the first, and before any was made."""
        if self.before is None or not self.made:
            return None
        return before_after.judge(self.before.counted, self.counted)

    @property
    def told(self) -> Any:
        """The verdict in words."""
        return TOLD[self.verdict] if self.verdict else ""

    @property
    def counted(self) -> tuple[int, int]:
        """Good and bad pieces, whole ones."""
        return round(self.good), round(self.bad)

    @property
    def made(self) -> bool:
        return self.good + self.bad > 0

    @property
    def percent_good(self) -> float | None:
        """Good pieces of all reported, in percent; nothing before any was."""
        return 100 * self.good / (self.good + self.bad) if self.good + self.bad > 0 else None


def of_routing(master: WorkMaster) -> list[Effect]:
    """Every revision of a routing, the newest first."""
    masters = list(WorkMaster.objects.filter(code=master.code).order_by("revision"))
    made, strayed, reasons = _made(masters), _strayed(masters), _reasons(masters)
    targets, found = _targets(masters), list[Effect]()
    before: dict[tuple[str, str], float] = {}
    for one in masters:
        now = targets.get(one.pk, {})
        changed = [(*key, before.get(key), now.get(key)) for key in sorted({*before, *now})
                   if before.get(key) != now.get(key)] if found else []
        good, bad = made.get(one.pk, (0.0, 0.0))
        since = one.effective.lower if one.effective else None
        last = next((earlier for earlier in found[::-1] if earlier.made), None)
        found.append(Effect(
            one, since, reasons.get(str(one.pk), ""), changed, good, bad, strayed.get(one.pk, 0), last
        ))
        before = now
    return found[::-1]


def _made(masters: list[WorkMaster]) -> dict[int, tuple[float, float]]:
    rows = JobResponse.objects.filter(job_segment__job_order__work_master__in=masters)
    told = rows.values_list("job_segment__job_order__work_master").annotate(
        good=Sum("good"), scrap=Sum("scrap"), rework=Sum("rework")
    )
    return {pk: (float(good), float(scrap + rework)) for pk, good, scrap, rework in told}


def _strayed(masters: list[WorkMaster]) -> dict[int, int]:
    rows = Deviation.objects.filter(standard__segment__work_master__in=masters)
    return dict(rows.values_list("standard__segment__work_master").annotate(many=Count("pk")))


def _reasons(masters: list[WorkMaster]) -> dict[str, str]:
    rows = Signature.objects.filter(
        subject_kind="workmaster", subject_id__in=[str(one.pk) for one in masters], meaning=Meaning.APPROVED
    )
    return dict(rows.order_by("at").values_list("subject_id", "reason"))


def _targets(masters: list[WorkMaster]) -> dict[int, dict[tuple[str, str], float]]:
    found: dict[int, dict[tuple[str, str], float]] = {}
    rows: Any = ParameterSpecification.objects.filter(segment__work_master__in=masters)
    for pk, code, parameter, target in rows.values_list(
        "segment__work_master", "segment__code", "parameter__code", "target"
    ):
        found.setdefault(pk, {})[code, parameter] = target
    return found
