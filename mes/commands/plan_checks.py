"""Operator checks that a control plan asks for: begun, changed and ended as it is released.

A check that changes is ended and begun anew, so that work that was planned before keeps the one it had.
"""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Q
from django.urls import reverse

from mes.models import CheckRule, DataItem, DataKind, Segment, WorkMaster
from mes.queries import routings
from plant.commands import journal
from plant.models import MaterialDefinition, Person, RevisionStatus
from qms import floor
from qms.floor import Change, Made, Operation
from qms.models import CheckMethod, ControlPlan, ControlPlanLine, GaugeType

POSITION = 100  # behind the checks that the routing itself brings
MOST_VALUES = 10
GOOD_OR_NOT = "OK\n!NG"


@floor.register_operations
def operations(material: MaterialDefinition | None, routing: str, at: datetime) -> list[Operation]:
    """The operations of a routing by its code, else of the one by which a material is made."""
    master = _master(material, routing, at)
    if master is None:
        return []
    rows = master.segments.prefetch_related("stations").order_by("sequence")
    return [Operation(row.code, row.title, tuple(station.pk for station in row.stations.all())) for row in rows]


def _master(material: MaterialDefinition | None, routing: str, at: datetime) -> WorkMaster | None:
    if routing:
        rows = WorkMaster.objects.filter(code=routing, status=RevisionStatus.EFFECTIVE, effective__contains=at)
        return rows.filter(based_on__isnull=True).first()
    return routings.effective(material, at) if material else None


@floor.register_changes
def changes(fresh: ControlPlan, former: ControlPlan | None, at: datetime) -> Iterator[Change]:
    """What a release does to the operator checks of the routing in effect, and of its drafts."""
    rows = fresh.lines.filter(method=CheckMethod.OPERATOR).select_related(
        "characteristic__parameter__unit", "characteristic__gauge_type", "gauge_type", "plan"
    )
    wanted = list(rows.prefetch_related("reactions").order_by("position", "pk"))
    standing = {(rule.segment_id, key_of(rule.plan_line)): rule for rule in _standing(fresh) if rule.plan_line}
    for line in wanted:
        segments = _segments(fresh, line.operation, at)
        if not segments:
            yield Change("CHECK", "MISSING", line.operation, line.characteristic.code)
        for segment in segments:
            yield _of_line(line, segment, standing.pop((segment.pk, key_of(line)), None))
    for rule in standing.values():
        yield Change("CHECK", "DROPPED", rule.segment.code, rule.name, carry_out=partial(_end, rule))


def key_of(line: ControlPlanLine) -> tuple[str, int]:
    """By what a line is found again in another revision."""
    return line.operation, line.characteristic_id


def _standing(plan: ControlPlan) -> list[CheckRule]:
    rows = CheckRule.objects.filter(
        plan_line__plan__code=plan.code, until__isnull=True, segment__work_master__based_on__isnull=True
    ).exclude(segment__work_master__status=RevisionStatus.OBSOLETE)
    rows = rows.select_related("plan_line", "segment__work_master").prefetch_related("items__gauge_type")
    return list(rows.order_by("pk"))


def _segments(plan: ControlPlan, operation: str, at: datetime) -> list[Segment]:
    master = _master(plan.material, plan.routing, at)
    if master is None:
        return []
    drafts = Q(work_master__code=master.code, work_master__status=RevisionStatus.DRAFT)
    rows = Segment.objects.filter(Q(work_master=master) | drafts, code=operation)
    return list(rows.filter(work_master__based_on__isnull=True).select_related("work_master").order_by("pk"))


def _of_line(line: ControlPlanLine, segment: Segment, rule: CheckRule | None) -> Change:
    about = segment.code, line.characteristic.code
    new = content(line)
    if rule is None:
        details = tuple((name, "", value) for name, value in new.items() if value)
        return Change("CHECK", "ADDED", *about, details=details, carry_out=partial(_begin, line, segment))
    old = standing_content(rule)
    details = tuple((name, old[name], new[name]) for name in new if old[name] != new[name])
    if not details:
        carry = partial(_carry, rule, line) if rule.plan_line_id != line.pk else None
        return Change("CHECK", "KEPT", *about, carry_out=carry)
    return Change("CHECK", "CHANGED", *about, details=details, carry_out=partial(_replace, rule, line, segment))


def content(line: ControlPlanLine) -> dict[str, str]:
    """What a line asks of operators, as text."""
    reaction = next((one for one in line.reactions.all() if not one.rule), None)
    one = line.characteristic
    return {
        "trigger": line.trigger, "every": str(line.every or ""), "blocking": "1" if line.blocking else "",
        "sample_size": str(min(line.sample_size, MOST_VALUES)), "gauge_type": getattr(gauge_of(line), "code", ""),
        "lower": "" if one.lower is None else f"{one.lower:g}", "upper": "" if one.upper is None else f"{one.upper:g}",
        "stops": reaction.stops if reaction else "", "instruction": reaction.instruction if reaction else "",
    }


def standing_content(rule: CheckRule) -> dict[str, str]:
    """What a standing check asks of operators, in the same words."""
    items = list(rule.items.all())
    low, high = (items[0].low, items[0].high) if items else (None, None)
    return {
        "trigger": rule.trigger, "every": str(rule.every or ""), "blocking": "1" if rule.is_blocking else "",
        "sample_size": str(len(items)),
        "gauge_type": items[0].gauge_type.code if items and items[0].gauge_type else "",
        "lower": "" if low is None else f"{float(low):g}",
        "upper": "" if high is None else f"{float(high):g}", "stops": rule.stops, "instruction": rule.instruction,
    }


def _begin(line: ControlPlanLine, segment: Segment, by: Person, at: datetime) -> None:
    one = line.characteristic
    reaction = next((found for found in line.reactions.all() if not found.rule), None)
    rule = CheckRule.objects.create(
        segment=segment, position=POSITION, name=_name(segment, one.name), name_zh=one.name_zh, trigger=line.trigger,
        every=line.every, is_blocking=line.blocking, stops=reaction.stops if reaction else "", plan_line=line,
        instruction=reaction.instruction if reaction else "",
        instruction_zh=reaction.instruction_zh if reaction else "", since=at,
    )
    DataItem.objects.bulk_create(_items(rule, line))
    data = {"operation": segment.code, "routing": str(segment.work_master), "plan": str(line.plan)}
    journal.record("checkrule.created", subject=rule, by=by, data=data)


def _name(segment: Segment, name: str) -> str:
    """A name that no check of the operation has."""
    taken = set(CheckRule.objects.filter(segment=segment, until__isnull=True).values_list("name", flat=True))
    return next(one for one in (name[:110], *(f"{name[:110]} ({n})" for n in range(2, 1000))) if one not in taken)


def _items(rule: CheckRule, line: ControlPlanLine) -> list[DataItem]:
    one, count = line.characteristic, min(line.sample_size, MOST_VALUES)
    fields: dict[str, Any] = {"kind": DataKind.CHOICE, "options": GOOD_OR_NOT}
    if not one.is_counted:
        fields = {"kind": DataKind.NUMBER, "low": _decimal(one.lower), "high": _decimal(one.upper),
                  "unit": one.parameter.unit, "gauge_type": gauge_of(line)}
    return [
        DataItem(
            rule=rule, position=10 * place, name=f"{one.name[:110]} {place}" if count > 1 else one.name,
            name_zh=f"{one.name_zh[:110]} {place}" if count > 1 and one.name_zh else one.name_zh, **fields,
        )
        for place in range(1, count + 1)
    ]


def gauge_of(line: ControlPlanLine) -> GaugeType | None:
    """What its values are measured with, by the line, else by its characteristic; nothing where the eye judges."""
    one = line.characteristic
    return None if one.is_counted else line.gauge_type or one.gauge_type


def _decimal(limit: float | None) -> Decimal | None:
    return None if limit is None else Decimal(repr(limit)).quantize(Decimal("0.000001"))


def _end(rule: CheckRule, by: Person, at: datetime) -> None:
    CheckRule.objects.filter(pk=rule.pk).update(until=at)
    journal.record("checkrule.ended", subject=rule, by=by, data={"operation": rule.segment.code})


def _replace(rule: CheckRule, line: ControlPlanLine, segment: Segment, by: Person, at: datetime) -> None:
    _end(rule, by, at)
    _begin(line, segment, by, at)


def _carry(rule: CheckRule, line: ControlPlanLine, by: Person, at: datetime) -> None:
    CheckRule.objects.filter(pk=rule.pk).update(plan_line=line)


@floor.register_made
def made(line: ControlPlanLine) -> list[Made]:
    """The operator checks that stand because of a line, in whichever revision they were begun."""
    rules = (rule for rule in _standing(line.plan) if rule.plan_line and key_of(rule.plan_line) == key_of(line))
    url = reverse("mes:check-list")
    return [
        Made("CHECK", rule.title, url, f"{rule.segment.work_master} {rule.segment.code} · {rule.get_trigger_display()}")
        for rule in rules
    ]
