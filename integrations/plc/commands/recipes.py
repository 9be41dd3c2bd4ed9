"""Writing an approved recipe to a machine: off unless switched on, interlocked, read back, each value audited."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from integrations.models import RecipeOutcome, RecipeWrite
from integrations.plc.commands import setpoints
from integrations.plc.queries import recipes
from integrations.plc.queries.recipes import Line
from mes.models import ON_LINE, JobOrder, JobSegment
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.models import Equipment, EquipmentState, Person, RevisionStatus

STANDS = (EquipmentState.IDLE, EquipmentState.OFF)


class RecipeRefused(Refusal):
    """A recipe that may not go to this machine now; nothing was written."""

    code = "recipe-refused"


class RecipeNotVerified(Refusal):
    """A recipe of which the machine does not hold every value afterwards."""

    code = "recipe-not-verified"


def write(*, job_order: JobOrder, machine: Equipment, by: Person, reason: str, at: datetime) -> list[RecipeWrite]:
    """Write every value of a work order's approved recipe to its machine, and read each back.

    All of it is checked before the first value goes. Not within a transaction, for that would be tried again.
    """
    if connection.in_atomic_block:
        raise RuntimeError("a recipe is never written inside a transaction")
    policies.check(by, "recipe.write", on=machine)
    found = recipes.lines(job_order, machine)
    check(found, job_order, machine, reason, at=at)
    done = [_write(line, job_order, by=by, reason=reason.strip(), at=at) for line in found]
    wrong = [one for one in done if one.outcome != RecipeOutcome.VERIFIED]
    data = {"job_order": job_order.number, "values": len(done), "wrong": [one.tag.name for one in wrong]}
    word = "equipment.recipe-not-verified" if wrong else "equipment.recipe-written"
    journal.record(word, subject=machine, by=by, reason=reason, data=data)
    if wrong:
        names = ", ".join(one.tag.name for one in wrong)
        message = _("%(machine)s does not hold every value of the recipe: %(tags)s. Do not start; look at the machine.")
        raise RecipeNotVerified(message % {"machine": machine.code, "tags": names}, facts={"tags": names})
    return done


def check(found: Sequence[Line], job: JobOrder, machine: Equipment, reason: str, *, at: datetime) -> None:
    """Refuse before anything is written: every condition, and every value."""
    if not found:
        raise RecipeRefused(_("No setpoint of %(machine)s takes a golden parameter of this work order. "
                              "Add recipe tags in the console.") % {"machine": machine.code})
    off = next((line.tag.plc for line in found if not line.tag.plc.writes_recipes), None)
    if off is not None:
        message = _("Writing recipes to %(plc)s is switched off. An administrator switches it on in the console.")
        raise RecipeRefused(message % {"plc": off.code}, code="recipe-off")
    if job.work_master.status == RevisionStatus.DRAFT:
        raise RecipeRefused(_("The recipe is a draft. Have it approved first."), code="recipe-draft")
    is_there = JobSegment.objects.filter(job_order=job, station=machine).exists()
    if job.status not in ON_LINE or not is_there:
        message = _("Work order %(job)s is not at %(machine)s. Dispatch it there first.")
        raise RecipeRefused(message % {"job": job.number, "machine": machine.code}, code="recipe-no-job")
    now = Equipment.objects.get(pk=machine.pk)
    if now.state not in STANDS:
        message = _("%(machine)s is “%(state)s”. A recipe is written only while the machine stands idle or off.")
        raise RecipeRefused(
            message % {"machine": now.code, "state": now.get_state_display()}, code="recipe-machine-runs"
        )
    for line in found:
        setpoints.check_allowed(line.tag, line.standard.target, reason)
        setpoints.check_interlocks(line.tag, at=at)


def _write(line: Line, job: JobOrder, *, by: Person, reason: str, at: datetime) -> RecipeWrite:
    """One value: what was there, what is there now, and whether that is right."""
    before, after, target = recipes.held(line.tag), None, line.standard.target
    try:
        told = setpoints.write(tag=line.tag, value=target, by=by, reason=reason, at=at, action="recipe.write")
        after = None if told is None else float(told)
        outcome = RecipeOutcome.VERIFIED if line.is_met(after) else RecipeOutcome.MISMATCH
    except setpoints.NotWrittenError:
        outcome = RecipeOutcome.UNCONFIRMED
    return RecipeWrite.objects.create(
        job_order=job, standard=line.standard, tag=line.tag, before=before, wanted=target, after=after, outcome=outcome,
        reason=reason[:200], by=by, at=at,
    )
