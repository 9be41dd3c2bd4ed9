"""An operation with checks by rule."""

from typing import Any

from mes.commands import operator_checks
from mes.commands.data_values import Entered
from mes.models import CheckRule, DataItem, OperatorCheck, Segment
from plant import fresh
from plant.models import Person
from tests.factories import NOW, person


def rule(trigger: str = "FIRST_PIECE", name: str = "First piece", **fields: Any) -> CheckRule:
    """A check of the operation MOUNT that asks for a length of 4 to 5."""
    fresh.forget_all()
    segment = Segment.objects.get(code="MOUNT")
    made = CheckRule.objects.create(segment=segment, name=name, trigger=trigger, **fields)
    DataItem.objects.create(rule=made, name="Length", kind="NUMBER", low=4, high=5)
    return made


def inspector() -> Person:
    return person("INSP", "INSPECTOR")


def carry_out(check: OperatorCheck, by: Person, value: object = "4.5", **told: Any) -> OperatorCheck:
    item = check.rule.items.get()
    fields = {"is_good": True, "at": NOW, **told}
    return operator_checks.carry_out(check=check, entered=[Entered(item, value)], by=by, **fields)
