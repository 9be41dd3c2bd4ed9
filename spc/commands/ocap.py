"""Going through the reaction plan of a violation: each step in its turn, done or left out with a word why."""

from datetime import datetime

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.models import Person
from plant.transactions import command
from qms.models import ReactionStep
from spc.commands.violations import locked, told
from spc.models import Violation, ViolationStatus, ViolationStep
from spc.queries import ocap


class NotThisStep(Refusal):
    """A step that is not the one to do now."""

    code = "not-this-step"


@command
def tick(
    *, violation: Violation, step: ReactionStep | None, by: Person, at: datetime, remark: str = "", is_done: bool = True
) -> ViolationStep:
    """Say that the next step is done, or left out and why; the one after it is shown then."""
    policies.check(by, "violation.tick")
    found = locked(violation)
    following = next((line.step for line in ocap.lines(found) if line.is_next), None)
    if found.status != ViolationStatus.ACKNOWLEDGED:
        raise NotThisStep(_("Acknowledge the alarm first: then its steps can be ticked off."))
    if step is None or following != step:
        raise NotThisStep(_("Another step comes next, or this one is done already. Look at the list again."))
    if not is_done and not remark.strip():
        raise NotThisStep(_("Say why this step is left out."), facts={"field": "remark"})
    taken = ViolationStep.objects.create(
        violation=found, step=step, is_done=is_done, remark=remark.strip(), by=by, at=at
    )
    kind = "violation.step-done" if is_done else "violation.step-left-out"
    journal.record(kind, subject=found, by=by, reason=remark, data={"step": step.position, "text": step.text})
    told(found, "step")
    return taken
