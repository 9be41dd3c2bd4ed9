"""Quality planning of the boards: what may fail, what is watched because of it, a product on its way."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from demo.data import ground, planning
from plant.commands import signatures
from plant.models import MaterialDefinition, Partner, PartnerKind, Person
from qms.commands import apqp, apqp_gates, fmea_actions, fmea_lines, fmeas, plan_lines, plans
from qms.models import ApqpProject, ControlPlan, ControlPlanLine, Fmea, FmeaLine, ProductFamily
from qms.queries import apqp as projects
from qms.queries import fmeas as reading

DAY = timedelta(days=1)
CHAIN = ("element", "function", "effect", "severity", "mode", "cause", "prevention", "occurrence", "detection_control",
         "detection", "special", "characteristic")


def fill(engineer: Person, manager: Person, now: datetime) -> None:
    """Everything, as of two months ago and up to now."""
    process = process_fmea(engineer, manager, now - 55 * DAY)
    act_on(process, engineer, now)
    design_fmea(engineer, now - 20 * DAY)
    link(process)
    next_plan(engineer, now - DAY)
    project(engineer, manager, now)


def write(fmea: Fmea, chains: list[tuple[Any, ...]], by: Person, at: datetime) -> None:
    """The rows of a worksheet."""
    for chain in chains:
        values = dict(zip(CHAIN, chain, strict=False))
        fmea_lines.save(fmea=fmea, key=uuid.uuid4(), version=0, values=values, by=by, at=at)


def process_fmea(engineer: Person, manager: Person, at: datetime) -> Fmea:
    """The process FMEA of the family, in effect."""
    code, name, name_zh, members = planning.FAMILY
    family = ProductFamily.objects.create(code=code, name=name, name_zh=name_zh)
    family.materials.set(MaterialDefinition.objects.filter(code__in=members))
    fmea = fmeas.create(
        kind="PFMEA", code="PF-CB", name="Controller boards 控制板", family=family, routing=planning.ROUTING,
        team="Zhang Hui 张慧, Chen Gang 陈刚, Gao Feng 高峰", by=engineer, at=at,
    )
    write(fmea, planning.CHAINS, engineer, at)
    fmeas.submit(fmea=fmea, by=engineer, at=at)
    seen = signatures.content_hash(reading.seen(fmea))
    return fmeas.approve(
        fmea=fmea, reason="Read with the team 已与小组评审", password=ground.PASSWORD, seen_hash=seen, by=manager,
        at=at + DAY,
    )


def act_on(fmea: Fmea, engineer: Person, now: datetime) -> None:
    """Actions: one to come, one overdue, one done."""
    lines = reading.lines(fmea)
    for place, text, kind, owner, days, done in planning.ACTIONS:
        person = Person.objects.get(number=owner)
        due = now + days * DAY
        action = fmea_actions.plan(
            line=lines[place], text=text, kind=kind, owner=person, due_at=due, by=engineer, at=now - 40 * DAY
        )
        if done:
            taken, severity, occurrence, detection = done
            fmea_actions.finish(
                action=action, taken=taken, severity=severity, occurrence=occurrence, detection=detection, by=person,
                at=due - DAY,
            )


def design_fmea(engineer: Person, at: datetime) -> None:
    """A design FMEA that is still being written."""
    board = MaterialDefinition.objects.get(code="CB-200")
    fmea = fmeas.create(kind="DFMEA", code="DF-CB-200", name="CB-200", material=board, by=engineer, at=at)
    write(fmea, planning.DESIGN, engineer, at)


def link(fmea: Fmea) -> None:
    """The plans in effect were drawn from these chains."""
    for chain in FmeaLine.objects.filter(fmea=fmea, characteristic__isnull=False):
        ControlPlanLine.objects.filter(
            plan__code__in=[f"CP-{code}" for code in planning.FAMILY[3]], operation=chain.element,
            characteristic=chain.characteristic,
        ).update(fmea_line=chain)


def next_plan(engineer: Person, at: datetime) -> None:
    """The next revision of a plan awaits its signature: it asks operators to look at first pieces."""
    operation, characteristic, trigger, instruction, instruction_zh = planning.ADDED
    plan = plans.revise(
        plan=ControlPlan.objects.get(code="CP-CB-100"), reason="Scratches were missed 漏检划伤", by=engineer, at=at
    )
    values = {"operation": operation, "characteristic": characteristic, "method": "OPERATOR", "trigger": trigger,
              "blocking": True, "reaction": instruction, "reaction_zh": instruction_zh}
    line = plan_lines.save(plan=plan, key=uuid.uuid4(), version=0, values=values, by=engineer, at=at)
    chain = FmeaLine.objects.get(fmea__code="PF-CB", element=operation, characteristic__code=characteristic)
    ControlPlanLine.objects.filter(pk=line.pk).update(fmea_line=chain)
    plans.submit(plan=plan, by=engineer, at=at)


def project(engineer: Person, manager: Person, now: datetime) -> ApqpProject:
    """A project whose first gate is passed; some of the second phase is overdue."""
    gates = [now + days * DAY for days in (-30, 5, 40, 80, 120)]
    made = apqp.create(
        name="CB-200 for pump drives CB-200 水泵驱动", material=MaterialDefinition.objects.get(code="CB-200"),
        customer=Partner.objects.filter(kind=PartnerKind.CUSTOMER).first(), level=3, owner=engineer, gates=gates,
        by=engineer, at=now - 60 * DAY,
    )
    first, second = made.phases.order_by("number")[:2]
    for number, one in enumerate(first.deliverables.all(), start=1):
        apqp.deliver(deliverable=one, evidence=f"CB-200-{number:02}", by=engineer, at=now - 35 * DAY)
    apqp_gates.pass_gate(
        phase=first, reason="Complete 齐全", password=ground.PASSWORD,
        seen_hash=signatures.content_hash(projects.seen(first)), by=manager, at=now - 31 * DAY,
    )
    owners = [Person.objects.get(number=number) for number in ("engineer", "planner", "leader")]
    for place, one in enumerate(second.deliverables.all()):
        due = now + (3 * place - 6) * DAY
        apqp.assign(deliverable=one, owner=owners[place % 3], due_at=due, by=engineer, at=now - 29 * DAY)
        if one.proof:
            prove(one, engineer, now - 3 * DAY)
    return made


def prove(one: Any, engineer: Person, at: datetime) -> None:
    """A test that failed, and the one that replaced it."""
    told = {"title": "Load step 负载阶跃", "requirement": "Drop below 100 mV 跌落小于 100 mV",
            "samples": 5, "by": engineer}
    failed = apqp_gates.report(
        deliverable=one, number="DV-01", result="FAIL", finding="130 mV on two of five 五件中两件 130 mV", at=at, **told
    )
    apqp_gates.report(
        deliverable=one, number="DV-02", result="PASS", finding="Worst 72 mV 最差 72 mV", replaces=failed, at=at + DAY,
        **told,
    )
