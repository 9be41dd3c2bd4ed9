"""Engineering changes of a PLM: each becomes a draft of a routing's next revision."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers as s

from integrations.erp.answers import text, time
from integrations.erp.examples import AT, Example
from integrations.erp.fields import Code, Number, Quantity, Whole
from integrations.erp.fields import text as said
from integrations.erp.words import when
from integrations.nouns.noun import Noun, Words, each
from mes.commands import engineering_changes
from mes.commands.engineering_changes import Step
from mes.models import WorkMaster
from mes.queries import engineering_changes as reading
from plant.models import Equipment, MaterialDefinition, Person


class ChangedLineIn(s.Serializer[Any]):
    """What one piece takes of a material from the change on."""

    material = Code(MaterialDefinition.objects.filter(active=True))
    quantity = Quantity()


class ChangedOperationIn(s.Serializer[Any]):
    """What changes at one operation; words that are left out stay as they are."""

    code = Number(40)
    removed = s.BooleanField(default=False)
    sequence = Whole(min_value=0, max_value=2**31 - 1, allow_null=True, default=None)
    name = said(120, allow_null=True, default=None)
    seconds_per_piece = Quantity(allow_null=True, default=None)
    instruction = said(10_000, allow_null=True, default=None)
    instruction_zh = said(10_000, allow_null=True, default=None)
    stations = s.ListField(
        child=Code(Equipment.objects.filter(level="WORK_UNIT")), max_length=200, allow_null=True, default=None
    )
    materials = s.ListField(child=ChangedLineIn(), max_length=500, allow_null=True, default=None)


class EngineeringChangeIn(s.Serializer[Any]):
    """A change of one routing, from a day on."""

    number = Number(40)
    routing = Number(40)
    reason = said(500)
    effective_from = s.DateTimeField(allow_null=True, default=None)
    operations = s.ListField(child=ChangedOperationIn(), min_length=1, max_length=200)

    def validate_operations(self, operations: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Each operation once."""
        if len({row["code"] for row in operations}) != len(operations):
            raise s.ValidationError(_("Two operations carry one sequence or code. Give each its own."))
        return operations


class EngineeringChange(s.Serializer[Any]):
    number, routing, reason, status = text(), text(), text(), text()
    revision = s.IntegerField()
    effective_from = time()
    in_effect_since = time()


def tell(row: WorkMaster) -> Words:
    """A change and what became of it."""
    proposal = reading.of_master(row)
    since = row.effective.lower if row.effective else None
    return {
        "number": proposal.number if proposal else "", "routing": row.code, "revision": row.revision,
        "reason": proposal.reason if proposal else "", "status": row.status,
        "effective_from": when(proposal.effective_from) if proposal else None, "in_effect_since": when(since),
    }


def take(fields: Words, by: Person, at: datetime) -> tuple[WorkMaster, bool]:
    """Propose the change."""
    steps = [_step(row) for row in fields.pop("operations")]
    return engineering_changes.propose(steps=steps, by=by, at=at, **fields)


def _step(row: Words) -> Step:
    materials = row.pop("materials")
    lines = None if materials is None else [(line["material"], line["quantity"]) for line in materials]
    return Step(seconds=row.pop("seconds_per_piece"), materials=lines, **row)


def every() -> "QuerySet[WorkMaster]":
    return WorkMaster.objects.filter(pk__in=reading.numbers())


def by_number(number: str) -> Words:
    found = reading.by_number(number)
    return {"pk": found.pk if found else None}


def number_of(row: WorkMaster) -> str:
    proposal = reading.of_master(row)
    return proposal.number if proposal else ""


SENT: Words = {
    "number": "ECO-2031", "routing": "BOARD", "reason": "Stronger screw after field failures",
    "effective_from": AT, "operations": [
        {"code": "MOUNT", "instruction": "Tighten to 1.2 Nm.", "materials": [{"material": "SCREW", "quantity": "3"}]},
    ],
}
EXAMPLE: Example = {
    "number": "ECO-2031", "routing": "BOARD", "reason": "Stronger screw after field failures", "status": "DRAFT",
    "revision": 2, "effective_from": AT, "in_effect_since": None,
}
CHANGES = Noun(
    code="engineering-changes", name=_("Engineering change"), key="number", model=WorkMaster, reads="master:read",
    writes="master:write", takes=EngineeringChangeIn, take=take, every=every, tell=each(tell),
    answer=EngineeringChange, sent=SENT, example=EXAMPLE, by_key=by_number, key_of_row=number_of,
    filters={"routing": "code", "status": "status"}, orders={"routing": "code"},
)
NOUNS = (CHANGES,)
