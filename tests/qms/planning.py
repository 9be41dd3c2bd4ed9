"""FMEAs and control plans to plan with, built by the plant's own commands."""

import uuid
from datetime import timedelta
from typing import Any

from plant.commands import signatures
from plant.models import Person
from qms.commands import fmea_actions, fmea_lines, fmeas, plan_lines, plans
from qms.models import ControlPlan, ControlPlanLine, Fmea, FmeaAction, FmeaLine
from qms.queries import fmeas as reading
from qms.queries import releases
from tests.factories import NOW, material
from tests.qms.factories import PASSWORD, characteristic, engineer

CHAIN: dict[str, Any] = {
    "element": "REFLOW", "function": "Melt the solder", "effect": "Board fails in the field", "severity": 8,
    "mode": "Cold joint", "cause": "Zone 3 too cold", "prevention": "Recipe", "occurrence": 4,
    "detection_control": "Control chart", "detection": 6,
}


def author() -> Person:
    return engineer("AUTHOR")


def fmea(code: str = "F", **fields: Any) -> Fmea:
    asked = {"kind": "PFMEA", "code": code, "name": "Reflow", "by": author(), "at": NOW, **fields}
    if not asked.get("family"):
        asked.setdefault("material", material("BOARD"))
    return fmeas.create(**asked)


def chain(of: Fmea, by: Person | None = None, key: uuid.UUID | None = None, **values: Any) -> FmeaLine:
    """One more row, whole."""
    told = {"key": key or uuid.uuid4(), "version": 0, "values": {**CHAIN, **values}}
    return fmea_lines.save(fmea=of, **told, by=by or author(), at=NOW)


def action(line: FmeaLine, **fields: Any) -> FmeaAction:
    asked = {"text": "Second thermocouple", "owner": author(), "due_at": NOW + timedelta(days=7), "by": author(),
             "at": NOW, **fields}
    return fmea_actions.plan(line=line, **asked)


def handed_in(of: Fmea) -> Fmea:
    return fmeas.submit(fmea=of, by=author(), at=NOW)


def approved(of: Fmea, by: Person | None = None, **fields: Any) -> Fmea:
    """In effect, signed by somebody else."""
    seen = signatures.content_hash(reading.seen(of))
    asked = {"reason": "Read", "password": PASSWORD, "seen_hash": seen, "by": by or engineer("OTHER"),
             "at": NOW + timedelta(hours=1), **fields}
    return fmeas.approve(fmea=of, **asked)


def in_effect(code: str = "F", **values: Any) -> Fmea:
    made = fmea(code)
    chain(made, **values)
    return approved(handed_in(made))


def plan(code: str = "CP-B", **fields: Any) -> ControlPlan:
    asked = {"code": code, "name": "Board", "material": material("BOARD"), "by": author(), "at": NOW, **fields}
    return plans.create(**asked)


def plan_row(of: ControlPlan, by: Person | None = None, **values: Any) -> ControlPlanLine:
    """One more line, whole."""
    code = values.get("characteristic", "ZONE3")
    if code != "NONE":
        characteristic(code)
    told = {"operation": "REFLOW", "characteristic": code, "method": "INSPECTION", "sample_size": "1", **values}
    return plan_lines.save(plan=of, key=uuid.uuid4(), version=0, values=told, by=by or author(), at=NOW)


def revision(of: ControlPlan) -> ControlPlan:
    return plans.revise(plan=of, reason="Better", by=author(), at=NOW)


def plan_handed_in(of: ControlPlan) -> ControlPlan:
    return plans.submit(plan=of, by=author(), at=NOW)


def plan_hash(of: ControlPlan) -> str:
    """What whoever approves has seen."""
    return signatures.content_hash(releases.seen(of, releases.of(of, NOW + timedelta(hours=1))))


def released(of: ControlPlan, by: Person | None = None, **fields: Any) -> ControlPlan:
    """In effect, signed by somebody else."""
    asked = {"reason": "Reviewed", "password": PASSWORD, "seen_hash": plan_hash(of), "by": by or engineer("OTHER"),
             "at": NOW + timedelta(hours=1), **fields}
    return plans.approve(plan=of, **asked)
