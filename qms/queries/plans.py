"""Control plans: what is checked where, and what follows when a rule fires."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from plant.models import MaterialDefinition, RevisionStatus
from qms.models import CheckMethod, ControlPlan, ControlPlanLine, ReactionPlan, ReactionStep


def lines_for(*, material: MaterialDefinition, operation: str, method: str, at: datetime) -> list[ControlPlanLine]:
    """What the plan effective at a moment asks for at an operation of a material."""
    rows = ControlPlanLine.objects.filter(
        plan__material=material, plan__status=RevisionStatus.EFFECTIVE, plan__effective__contains=at,
        operation=operation, method=method,
    )
    return list(rows.select_related("characteristic__parameter__unit", "plan").order_by("pk"))


def by_kind(lines: Sequence[ControlPlanLine], usual: str) -> list[tuple[str, str, list[ControlPlanLine]]]:
    """The lines of one event as tasks: the usual kind, and each kind that lines name with a mark for its trigger."""
    found: dict[str, list[ControlPlanLine]] = {}
    for line in lines:
        found.setdefault(line.inspection_kind or usual, []).append(line)
    return [(kind, "" if kind == usual else f":{kind}", group) for kind, group in found.items()]


def askable(material: MaterialDefinition, at: datetime) -> list[ControlPlanLine]:
    """Every line of the plan in effect that can be inspected when somebody asks."""
    rows = ControlPlanLine.objects.filter(
        plan__material=material, plan__status=RevisionStatus.EFFECTIVE, plan__effective__contains=at,
        method=CheckMethod.INSPECTION,
    )
    return list(rows.select_related("characteristic", "plan").order_by("operation", "pk"))


def charted_lines() -> QuerySet[ControlPlanLine]:
    """The lines of plans in effect that are watched by a control chart."""
    rows = ControlPlanLine.objects.filter(plan__status=RevisionStatus.EFFECTIVE, method=CheckMethod.SPC)
    return rows.select_related("plan", "characteristic__parameter").order_by("plan", "operation", "pk")


def reaction_for(*, line: ControlPlanLine, rule: str) -> ReactionPlan | None:
    """The reaction to this rule, else the line's reaction to any rule, else none: then it is only an alarm."""
    rows = ReactionPlan.objects.filter(Q(rule=rule) | Q(rule=""), line=line)
    return rows.order_by("-rule").first()


def steps_of(reaction: ReactionPlan | None) -> list[ReactionStep]:
    """What is to be done about an alarm, in order; nothing where the plan names no steps."""
    return list(reaction.steps.order_by("position")) if reaction else []


def listing() -> QuerySet[ControlPlan]:
    """Every control plan, newest revision first."""
    return ControlPlan.objects.select_related("material").order_by("code", "-revision")


def why_not_submit(plan: ControlPlan) -> str:
    """Why a draft can't be handed in, or nothing."""
    return "" if plan.lines.exists() else _("There is no line yet. Write the first row.")


def revisions(plan: ControlPlan) -> list[ControlPlan]:
    """Every revision of the same code, the newest first."""
    return list(ControlPlan.objects.filter(code=plan.code).order_by("-revision"))


def lines_of(plan: ControlPlan) -> list[ControlPlanLine]:
    """The lines of a plan with their reactions, by operation."""
    rows = plan.lines.select_related("characteristic__parameter__unit", "gauge_type", "changed_by", "fmea_line__fmea")
    return list(rows.prefetch_related("reactions__steps").order_by("position", "operation", "pk"))


def seen(plan: ControlPlan) -> dict[str, Any]:
    """What a person sees and signs when approving a plan."""
    return {
        "plan": str(plan), "name": plan.name, "material": plan.material.code, "stage": plan.stage,
        "routing": plan.routing,
        "lines": [
            [line.operation, line.characteristic.code, line.method,
             line.gauge_type.code if line.gauge_type else "", line.sampling, line.aql,
             line.sample_size, line.frequency, line.trigger, line.every, line.blocking,
             *([line.inspection_kind] if line.inspection_kind else []),
             line.characteristic.lower, line.characteristic.upper, str(line.fmea_line.key) if line.fmea_line else "",
             [[one.rule, one.hold_lots, one.stop_equipment, one.open_nonconformance,
               *([one.stops] if one.stops else []),
               [[step.position, step.text, step.text_zh, step.required] for step in one.steps.all()]]
              for one in line.reactions.all()]]
            for line in lines_of(plan)
        ],
    }
