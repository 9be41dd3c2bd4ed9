"""Control plans: what is checked where, and what follows when a rule fires."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from plant.models import MaterialDefinition, RevisionStatus
from qms.models import CheckMethod, ControlPlan, ControlPlanLine, ReactionPlan, ReactionStep


def lines_for(*, material: MaterialDefinition, operation: str, method: str, at: datetime) -> list[ControlPlanLine]:
    """What the plan effective at a moment asks for at an operation of a material."""
    rows = ControlPlanLine.objects.filter(
        plan__material=material, plan__status=RevisionStatus.EFFECTIVE, plan__effective__contains=at,
        operation=operation, method=method,
    )
    return list(rows.select_related("characteristic__parameter__unit", "plan").order_by("pk"))


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


def lines_of(plan: ControlPlan) -> list[ControlPlanLine]:
    """The lines of a plan with their reactions, by operation."""
    rows = plan.lines.select_related("characteristic__parameter__unit").prefetch_related("reactions__steps")
    return list(rows.order_by("operation", "pk"))


def seen(plan: ControlPlan) -> dict[str, Any]:
    """What a person sees and signs when approving a plan."""
    return {
        "plan": str(plan), "name": plan.name, "material": plan.material.code,
        "lines": [
            [line.operation, line.characteristic.code, line.method, line.sample_size, line.frequency, line.blocking,
             line.characteristic.lower, line.characteristic.upper,
             [[one.rule, one.hold_lots, one.stop_equipment, one.open_nonconformance,
               *([one.stops] if one.stops else []),
               [[step.position, step.text, step.text_zh, step.required] for step in one.steps.all()]]
              for one in line.reactions.all()]]
            for line in lines_of(plan)
        ],
    }
