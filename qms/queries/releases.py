"""What a control plan changes on the shop floor when it comes into effect, against the one that is in effect now."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from plant.models import MaterialDefinition, ReviewStatus
from qms import floor
from qms.floor import Change
from qms.models import CheckMethod, ControlPlan, ControlPlanLine, ReactionPlan
from qms.queries import plans

ADDED, CHANGED, DROPPED, KEPT, MISSING = "ADDED", "CHANGED", "DROPPED", "KEPT", "MISSING"
INSPECTED = ("sample_size", "sampling", "standard", "level", "aql", "clearance", "frequency", "blocking", "gauge_type")
REACTED = (
    "hold_lots", "stop_equipment", "stops", "open_nonconformance", "owner_role", "respond_minutes", "close_minutes",
    "instruction", "instruction_zh",
)
Key = tuple[str, int]


def of(fresh: ControlPlan, at: datetime) -> list[Change]:
    """Every change: inspections, what those above make of the plan, reactions."""
    former = in_effect(fresh.code)
    new = {key_of(line): line for line in plans.lines_of(fresh)}
    old = {key_of(line): line for line in plans.lines_of(former)} if former else {}
    return [*_inspections(new, old), *floor.changes(fresh, former, at), *_reactions(new, old)]


def open_on_floor(plan: ControlPlan, at: datetime) -> list[Change]:
    """What the floor lacks of a plan in effect, because its routing changed since; a chart without a sensor aside."""
    return [
        one for one in floor.changes(plan, plan, at)
        if one.verb != KEPT and not (one.verb == MISSING and one.noun == "CHART")
    ]


def of_routing(material: MaterialDefinition | None, routing: str) -> list[ControlPlan]:
    """The plans in effect that a routing carries: those that name it, else those of its material that name none."""
    rows = ControlPlan.objects.filter(status=ReviewStatus.EFFECTIVE).select_related("approved_by", "written_by")
    own = Q(routing=routing) | (Q(routing="", material=material) if material else Q(pk__in=[]))
    return list(rows.filter(own).select_related("material").order_by("code"))


def url(plan: ControlPlan) -> str:
    return reverse("qms:control-plan-detail", args=[plan.pk])


def in_effect(code: str) -> ControlPlan | None:
    """The revision of a code that is in effect."""
    return ControlPlan.objects.filter(code=code, status=ReviewStatus.EFFECTIVE).select_related("material").first()


def key_of(line: ControlPlanLine) -> Key:
    """By what a line is found again in another revision."""
    return line.operation, line.characteristic_id


def _inspections(new: dict[Key, ControlPlanLine], old: dict[Key, ControlPlanLine]) -> Iterator[Change]:
    now = {key: line for key, line in new.items() if line.method == CheckMethod.INSPECTION}
    was = {key: line for key, line in old.items() if line.method == CheckMethod.INSPECTION}
    for key, line in now.items():
        about = line.operation, line.characteristic.code
        if key not in was:
            yield Change("INSPECTION", ADDED, *about, details=_first(line, INSPECTED))
        elif details := differing(was[key], line, INSPECTED):
            yield Change("INSPECTION", CHANGED, *about, details=details)
    for key, line in was.items():
        if key not in now:
            yield Change("INSPECTION", DROPPED, line.operation, line.characteristic.code)


def _reactions(new: dict[Key, ControlPlanLine], old: dict[Key, ControlPlanLine]) -> Iterator[Change]:
    now, was = _by_rule(new.values()), _by_rule(old.values())
    for key, (line, reaction) in now.items():
        about = f"{line.characteristic.code} {reaction.rule or '*'}"
        if key not in was:
            yield Change("REACTION", ADDED, line.operation, about, _first(reaction, REACTED))
            continue
        former = was[key][1]
        details = differing(former, reaction, REACTED)
        if _steps(former) != _steps(reaction):
            details += (("steps", str(len(_steps(former))), str(len(_steps(reaction)))),)
        if details:
            yield Change("REACTION", CHANGED, line.operation, about, details)
    for key, (line, reaction) in was.items():
        if key not in now:
            yield Change("REACTION", DROPPED, line.operation, f"{line.characteristic.code} {reaction.rule or '*'}")


def _by_rule(lines: Iterable[ControlPlanLine]) -> dict[tuple[Key, str], tuple[ControlPlanLine, ReactionPlan]]:
    return {(key_of(line), one.rule): (line, one) for line in lines for one in line.reactions.all()}


def _steps(reaction: ReactionPlan) -> list[tuple[Any, ...]]:
    return [(one.position, one.text, one.text_zh, one.required) for one in reaction.steps.all()]


def differing(old: Any, new: Any, fields: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
    """The fields that are not the same in two rows, with what they were and are."""
    return tuple(
        (name, said(getattr(old, name)), said(getattr(new, name)))
        for name in fields if getattr(old, name) != getattr(new, name)
    )


def _first(row: Any, fields: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
    values = ((name, getattr(row, name)) for name in fields)
    return tuple((name, "", said(value)) for name, value in values if value not in (None, "", False, 0))


def said(value: Any) -> str:
    """A value as it is signed: the same in every language."""
    if isinstance(value, bool):
        return "1" if value else "0"
    return "" if value is None else str(getattr(value, "code", value))


def seen(plan: ControlPlan, changes: Iterable[Change]) -> dict[str, Any]:
    """What a person sees and signs: the plan, and what it changes on the floor."""
    return {**plans.seen(plan), "floor": [change.told for change in changes if change.verb != KEPT]}
