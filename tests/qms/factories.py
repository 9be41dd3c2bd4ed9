"""Things to decide about, built by the plant's own commands."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from psycopg2.extras import DateTimeTZRange

from plant.commands import signatures
from plant.models import Parameter, Person, Role
from plant.queries import persons
from qms.commands import capas, containments, nonconformances
from qms.models import (
    Characteristic,
    CheckMethod,
    ControlPlan,
    ControlPlanLine,
    CorrectiveAction,
    Nonconformance,
    NonconformanceSource,
    ReactionPlan,
)
from qms.queries import capas as capa_queries
from qms.queries import nonconformances as queries
from tests.factories import NOW, material, person, station
from traceability.commands import lots, visits
from traceability.models import MaterialLot

PASSWORD = "correct horse battery"


def engineer(number: str = "QE") -> Person:
    return person(number, Role.QUALITY_ENGINEER)


def characteristic(code: str = "ZONE3", **limits: float) -> Characteristic:
    unit = material().unit
    parameter, _ = Parameter.objects.get_or_create(code=code, defaults={"name": "Zone 3", "unit": unit})
    fields = {"name": "Zone 3", "parameter": parameter, **(limits or {"lower": 235.0, "upper": 245.0})}
    return Characteristic.objects.get_or_create(code=code, defaults=fields)[0]


def plan_line(code: str = "ZONE3", **fields: Any) -> ControlPlanLine:
    plan, _ = ControlPlan.objects.get_or_create(
        code="CP", revision=1,
        defaults={"material": material(), "name": "Board", "status": "EFFECTIVE",
                  "effective": DateTimeTZRange(NOW - timedelta(days=1), None)},
    )
    defaults = {"method": CheckMethod.SPC, **fields}
    return ControlPlanLine.objects.get_or_create(
        plan=plan, operation="REFLOW", characteristic=characteristic(code), defaults=defaults
    )[0]


def reaction(rule: str = "", **fields: Any) -> ReactionPlan:
    wanted = {"hold_lots": True, "stop_equipment": True, "open_nonconformance": True, "instruction": "Call quality."}
    return ReactionPlan.objects.get_or_create(line=plan_line(), rule=rule, defaults={**wanted, **fields})[0]


def board(number: str, quantity: int = 10, *, at_oven: bool = True) -> MaterialLot:
    """A lot that a work order made, standing at the oven since an hour."""
    lot = lots.make(
        material=material("BOARD"), quantity=Decimal(quantity), number=number, job_order="WO1", operation="REFLOW",
        site=station().parent.parent, by=operator(), at=NOW,
    )
    if at_oven:
        visits.arrive(lot=lot, equipment=station(), by=operator(), at=NOW - timedelta(hours=1))
    return MaterialLot.objects.get(pk=lot.pk)


def operator() -> Person:
    return person("OP", Role.OPERATOR)


def contain(source_id: str = "7", **fields: Any) -> containments.Containment:
    asked = {
        "source_kind": NonconformanceSource.VIOLATION, "source_id": source_id, "line": plan_line(), "rule": "nelson-1",
        "equipment": station(), "suspect_from": NOW - timedelta(minutes=10), "suspect_to": NOW, "at": NOW,
        "title": "Zone 3 drifts", "by": persons.system("spc"), **fields,
    }
    return containments.contain(**asked)


def report(*suspect: MaterialLot, **fields: Any) -> Nonconformance:
    """A nonconformance reported by an operator."""
    asked = {"title": "Solder balls", "lots": suspect, "by": operator(), "at": NOW, **fields}
    return nonconformances.open(**asked)


def dispose(case: Nonconformance, *lines: tuple[Any, ...], **fields: Any) -> Any:
    """Decide what was seen: (lot, decision, quantity[, operation]) each."""
    asked = [(line[0], line[1], Decimal(line[2]), line[3] if len(line) > 3 else "", *line[4:]) for line in lines]
    case.refresh_from_db()
    wanted = {"reason": "Looked at under the microscope", "password": PASSWORD, "at": NOW, "by": engineer(),
              "seen_hash": signatures.content_hash(queries.seen(case)), **fields}
    return nonconformances.dispose(nonconformance=case, lines=asked, **wanted)


def capa(case: Nonconformance, **fields: Any) -> CorrectiveAction:
    asked = {"title": "Oven drifts", "problem": "Thermocouple ages", "owner": engineer(), "by": engineer(), "at": NOW,
             "due_at": NOW + timedelta(days=7), "check_due_at": NOW + timedelta(days=30), **fields}
    return capas.open(nonconformance=case, **asked)


def checked(one: CorrectiveAction, by: Person, **fields: Any) -> CorrectiveAction:
    """The effectiveness check, signed."""
    asked = {"effective": True, "finding": "No repeat in a month", "password": PASSWORD,
             "at": NOW + timedelta(days=31), "seen_hash": signatures.content_hash(capa_queries.seen(one)), **fields}
    return capas.check(capa=one, by=by, **asked)
