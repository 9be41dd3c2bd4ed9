"""From risks to control plans and back: what a plan should watch, what it leaves out, where a line comes from."""

from dataclasses import dataclass

from django.db.models import Q

from plant.models import ReviewStatus
from qms import action_priority
from qms.models import ControlPlan, ControlPlanLine, Fmea, FmeaKind, FmeaLine
from qms.queries import fmeas

WANTED = (action_priority.HIGH, action_priority.MEDIUM)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A chain that a plan should watch: why, and whether it can be taken over as it is."""

    line: FmeaLine
    priority: str
    is_linked: bool = False

    @property
    def is_ready(self) -> bool:
        """It names the characteristic that is to be watched."""
        return self.line.characteristic_id is not None


def sources(plan: ControlPlan) -> list[Fmea]:
    """The process FMEAs of the plan's product or of its families: of each code what is in effect, else the draft."""
    rows = Fmea.objects.filter(
        Q(material=plan.material_id) | Q(family__materials=plan.material_id), kind=FmeaKind.PROCESS
    ).exclude(status=ReviewStatus.OBSOLETE).distinct().order_by("code", "-revision")
    found: dict[str, Fmea] = {}
    for row in rows:
        if row.code not in found or row.status == ReviewStatus.EFFECTIVE:
            found[row.code] = row
    return list(found.values())


def proposals(plan: ControlPlan) -> list[Proposal]:
    """Chains with a special characteristic or of high and medium priority, the gravest first."""
    linked = set(plan.lines.exclude(fmea_line=None).values_list("fmea_line__key", flat=True))
    rows = fmeas.risks().filter(fmea__in=sources(plan)).filter(Q(ap__in=WANTED) | ~Q(special=""))
    order = {word: place for place, word in enumerate((*action_priority.LEVELS, ""))}
    found = [Proposal(row, row.priority, row.key in linked) for row in rows]
    return sorted(found, key=lambda one: (one.is_linked, order[one.priority], -(one.line.rpn or 0), one.line.pk))


def unwatched(plan: ControlPlan) -> list[Proposal]:
    """Of these, the ones that no line of the plan is drawn from."""
    return [one for one in proposals(plan) if not one.is_linked]


def by_id(pk: int) -> ControlPlanLine | None:
    """One line with all it rests on."""
    rows = ControlPlanLine.objects.select_related(
        "plan__material", "characteristic__parameter__unit", "fmea_line__fmea", "fmea_line__characteristic"
    )
    return rows.prefetch_related("reactions__steps").filter(pk=pk).first()


def newest(line: FmeaLine) -> FmeaLine:
    """The chain as the FMEA in effect has it; itself where that does not have it any more."""
    rows = FmeaLine.objects.filter(key=line.key, fmea__status=ReviewStatus.EFFECTIVE).select_related("fmea")
    return rows.first() or line
