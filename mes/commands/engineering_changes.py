"""An engineering change of another system becomes a draft of the next revision; people approve it as any other."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from mes import revision_parts
from mes.models import MaterialSpecification, Segment, WorkMaster
from mes.queries import engineering_changes as reading
from plant import policies
from plant.commands import journal, revisions
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, MaterialDefinition, Person, RevisionStatus
from plant.transactions import command

BEYOND = 10  # between the last operation and a new one


class ChangeRefused(Refusal):
    """A change that can't become a proposal."""

    code = "change-refused"


@dataclass(frozen=True, slots=True)
class Step:
    """What a change says of one operation; None: it stays as it is."""

    code: str
    removed: bool = False
    sequence: int | None = None
    name: str | None = None
    seconds: Decimal | None = None
    instruction: str | None = None
    instruction_zh: str | None = None
    stations: Sequence[Equipment] | None = None
    materials: Sequence[tuple[MaterialDefinition, Decimal]] | None = None


@command
def propose(
    *, number: str, routing: str, reason: str, steps: Sequence[Step], by: Person, at: datetime,
    effective_from: datetime | None = None,
) -> tuple[WorkMaster, bool]:
    """Make the draft of a change, once; the same change again changes nothing. The draft and whether it is new."""
    policies.check(by, "master.edit", routing=routing)
    lock(WorkMaster.objects.filter(code=routing))
    digest = digested([routing, reason, effective_from, [said(step) for step in steps]])
    if (known := reading.by_number(number)) is not None:
        proposal = reading.of_master(known)
        if proposal is not None and proposal.digest != digest:
            here = {"number": number, "draft": str(known)}
            other = _("Engineering change %(number)s is here as %(draft)s and says something else. Send a new number.")
            raise ChangeRefused(other % here, facts=here)
        return known, False
    draft = revisions.revise(
        source=effective(routing), parts=revision_parts.OF_ROUTING, by=by, noun="workmaster", action="master.edit"
    )
    for step in steps:
        apply(draft, step)
    data: dict[str, Any] = {"change": number, "digest": digest, "effective_from": effective_from, "at": at}
    journal.record(reading.KIND, subject=draft, by=by, reason=reason, data=data)
    return draft, True


def effective(routing: str) -> WorkMaster:
    """The revision that counts."""
    found = WorkMaster.objects.filter(code=routing, status=RevisionStatus.EFFECTIVE, based_on__isnull=True).first()
    if found is None:
        message = _("Routing “%(code)s” has no revision in effect. Send the routing first.")
        raise ChangeRefused(message % {"code": routing}, facts={"field": "routing"})
    return found


def said(step: Step) -> dict[str, Any]:
    """A step as plain values."""
    told = {name: value for name, value in plain_values(step).items() if value is not None}
    if step.stations is not None:
        told["stations"] = sorted(station.code for station in step.stations)
    if step.materials is not None:
        told["materials"] = [[material.code, str(each.normalize())] for material, each in step.materials]
    return told


def plain_values(step: Step) -> dict[str, Any]:
    names = ("code", "removed", "sequence", "name", "seconds", "instruction", "instruction_zh")
    return {name: getattr(step, name) for name in names}


def digested(words: Any) -> str:
    text = json.dumps(words, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def apply(draft: WorkMaster, step: Step) -> None:
    """Write one step into the draft."""
    row = Segment.objects.filter(work_master=draft, code=step.code).first()
    if step.removed:
        if row is None:
            message = _("The routing has no operation “%(code)s” that could be removed.")
            raise ChangeRefused(message % {"code": step.code}, facts={"operation": step.code})
        remove(row)
        return
    row = row or Segment(work_master=draft, code=step.code, name=step.name or step.code, sequence=after_all(draft))
    fields = {
        "sequence": step.sequence, "name": step.name, "seconds_per_piece": step.seconds,
        "instruction": step.instruction, "instruction_zh": step.instruction_zh,
    }
    for name, value in fields.items():
        if value is not None:
            setattr(row, name, value)
    row.save()
    if step.stations is not None:
        row.stations.set(step.stations)
    if step.materials is not None:
        take(row, step.materials)


def after_all(draft: WorkMaster) -> int:
    last = Segment.objects.filter(work_master=draft).order_by("-sequence").first()
    return (last.sequence if last else 0) + BEYOND


def take(row: Segment, materials: Sequence[tuple[MaterialDefinition, Decimal]]) -> None:
    """The bill of one operation as the change says it; a line that stays keeps its substitutes."""
    wanted = {material.pk: each for material, each in materials}
    for line in MaterialSpecification.objects.filter(segment=row):
        if line.material_id not in wanted:
            line.substitutes.all().delete()
            line.delete()
            continue
        line.quantity_per = wanted.pop(line.material_id)
        line.save(update_fields=["quantity_per"])
    for material, each in materials:
        if material.pk in wanted:
            MaterialSpecification.objects.create(segment=row, material=material, quantity_per=each)


def remove(row: Segment) -> None:
    """Take an operation out of a draft, with all that was copied for it."""
    below(row, revision_parts.OF_OPERATION)
    row.delete()


def below(row: Any, parts: Any) -> None:
    for name, inner in parts.items():
        for part in getattr(row, name).all():
            below(part, inner)
            part.delete()
