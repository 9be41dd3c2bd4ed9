"""Routing, recipe, bill of materials, control plan, charts."""

from datetime import datetime, timedelta
from decimal import Decimal
from math import sqrt

from psycopg2.extras import DateTimeTZRange

from demo.data import ground, process
from demo.seeds import drawings
from mes.models import MaterialSpecification, ParameterSpecification, RejectLimit, Segment, Substitute, WorkMaster
from plant.models import Equipment, MaterialDefinition, Parameter, Person, Qualification
from qms.models import Characteristic, ControlPlan, ControlPlanLine, ReactionPlan, ReactionStep
from spc.commands import limits
from spc.engine import rules
from spc.models import ControlChart
from traceability.models import Stream

RULES = {
    "steady": [rules.Rule(kind="beyond", zone=3.0), rules.Rule(kind="zone", k=2, m=3, zone=2.0)],
    "trend": [rules.Rule(kind="beyond", zone=3.0), rules.Rule(kind="trend", k=7)],
}
PRODUCTS = {"CB-100": 20, "CB-200": 1}


def parameters() -> None:
    """What is measured."""
    for code, name, name_zh, kind, unit, resolution in process.PARAMETERS:
        Parameter.objects.create(
            code=code, name=name, name_zh=name_zh, kind=kind, unit_id=unit, resolution=Decimal(resolution)
        )


def routings(at: datetime) -> None:
    """One effective routing for each product."""
    for code, lot_size in PRODUCTS.items():
        material = MaterialDefinition.objects.get(code=code)
        master = WorkMaster.objects.create(
            code=f"R-{code}", revision=1, material=material, name=material.name, lot_size=lot_size,
            status="EFFECTIVE", effective=DateTimeTZRange(at - timedelta(days=60), None),
        )
        for fields in process.SEGMENTS:
            operation(master, *fields)


def operation(
    master: WorkMaster, sequence: int, code: str, name: str, name_zh: str, skill: str | None, rework: bool, seconds: str
) -> None:
    """One operation with its stations, materials and recipe."""
    english, chinese = process.INSTRUCTIONS[code]
    segment = Segment.objects.create(
        work_master=master, sequence=sequence, code=code, name=name, name_zh=name_zh, rework_entry=rework,
        seconds_per_piece=Decimal(seconds), instruction=english, instruction_zh=chinese,
        qualification=Qualification.objects.get(code=skill) if skill else None,
    )
    segment.stations.set(Equipment.objects.filter(code__endswith=f"-{code}"))
    if code == "SCREW":
        drawings.show(segment)
    MaterialSpecification.objects.bulk_create(
        MaterialSpecification(
            segment=segment, material=MaterialDefinition.objects.get(code=material), quantity_per=Decimal(quantity),
            positions=process.PLACES.get(material, ""),
        )
        for at_operation, material, quantity in process.BILL
        if at_operation == code
    )
    Substitute.objects.bulk_create(
        Substitute(line=line, material=MaterialDefinition.objects.get(code=instead))
        for listed, instead in process.SUBSTITUTES
        for line in segment.materials.filter(material__code=listed)
    )
    ParameterSpecification.objects.bulk_create(
        golden(segment, parameter, low=low, target=target, high=high)
        for at_operation, parameter, low, target, high in process.RECIPE
        if at_operation == code
    )


def golden(segment: Segment, parameter: str, **window: float) -> ParameterSpecification:
    """One golden parameter with what follows when a live value leaves its window."""
    reaction, ramp, english, chinese = process.GOLDEN.get(parameter, ("ALARM", None, "", ""))
    return ParameterSpecification(
        segment=segment, parameter=Parameter.objects.get(code=parameter), reaction=reaction, ramp=ramp,
        instruction=english, instruction_zh=chinese, **window,
    )


def reject_limits() -> None:
    """From which share of bad pieces on people are reminded."""
    RejectLimit.objects.create(percent=Decimal(5), minimum=20)
    RejectLimit.objects.create(operation="AOI", percent=Decimal(3), minimum=20)


def control_plans(at: datetime) -> None:
    """Characteristics, and for each product a control plan with its reaction plans."""
    for code, name, name_zh, parameter, importance, lower, target, upper in process.CHARACTERISTICS:
        Characteristic.objects.create(
            code=code, name=name, name_zh=name_zh, parameter=Parameter.objects.get(code=parameter),
            importance=importance, lower=lower, target=target, upper=upper,
        )
    for code, name, name_zh, parameter in process.LOOKED_AT:
        Characteristic.objects.create(
            code=code, name=name, name_zh=name_zh, parameter=Parameter.objects.get(code=parameter), is_counted=True,
        )
    for product in PRODUCTS:
        plan = control_plan(product, f"Control plan 控制计划 {product}", at)
        for fields in process.PLAN:
            plan_line(plan, *fields)
    for material, lines in process.INCOMING:
        plan = control_plan(material, f"Incoming inspection 来料检验 {material}", at)
        for fields in lines:
            plan_line(plan, *fields)


def control_plan(material: str, name: str, at: datetime) -> ControlPlan:
    """An effective plan of one material, in force for two months."""
    return ControlPlan.objects.create(
        code=f"CP-{material}", revision=1, name=name, status="EFFECTIVE",
        material=MaterialDefinition.objects.get(code=material),
        effective=DateTimeTZRange(at - timedelta(days=60), None),
    )


def plan_line(
    plan: ControlPlan, operation: str, characteristic: str, method: str, size: int, frequency: str, blocking: bool
) -> None:
    """One line of a control plan, and what happens when it fails."""
    line = ControlPlanLine.objects.create(
        plan=plan, operation=operation, characteristic=Characteristic.objects.get(code=characteristic),
        method=method, sample_size=size, frequency=frequency, blocking=blocking,
        **process.BY_AQL.get(characteristic, {}),
    )
    ReactionPlan.objects.bulk_create(
        ReactionPlan(
            line=line, rule=rule, hold_lots=hold, stop_equipment=stop, open_nonconformance=ncr,
            respond_minutes=minutes, instruction=english, instruction_zh=chinese,
        )
        for code, rule, hold, stop, ncr, minutes, english, chinese in process.REACTIONS
        if code == characteristic
    )
    ReactionStep.objects.bulk_create(
        ReactionStep(reaction=reaction, position=n, text=english, text_zh=chinese, required=required)
        for reaction in line.reactions.all()
        for n, (english, chinese, required) in enumerate(process.STEPS.get(characteristic, []), 1)
    )


def charts(by: Person, at: datetime) -> None:
    """The control charts of the line, with limits from the qualification run."""
    plan = ControlPlan.objects.get(code=f"CP-{next(iter(PRODUCTS))}")
    for code, stream, characteristic, kind, size, rule_set, center, sigma in process.CHARTS:
        chart = ControlChart.objects.create(
            code=code, stream=Stream.objects.get(code=stream), kind=kind, subgroup_size=size,
            line=plan.lines.get(characteristic__code=characteristic), evaluated_at=at, evaluated_seq=0,
            rules=[rule.to_dict() for rule in RULES[rule_set]],
        )
        limits.enter(
            chart=chart, center=center, sigma=sigma / sqrt(size), reason="Qualification run 机器资格认证", by=by, at=at,
            valid_from=at - timedelta(days=31),
        )


def site() -> Equipment:
    """The demonstration site."""
    return Equipment.objects.get(code=ground.SITE[0])
