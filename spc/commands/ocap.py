"""Going through the reaction plan of a violation: each step in its turn, done or left out with a word why."""

from datetime import datetime

from plant import policies
from plant.commands import answering
from plant.models import Person
from plant.transactions import command
from qms.models import ReactionStep
from spc.commands.owners import KIND
from spc.commands.violations import locked
from spc.models import Violation, ViolationStep
from spc.queries import ocap


@command
def tick(
    *, violation: Violation, step: ReactionStep | None, by: Person, at: datetime, remark: str = "", is_done: bool = True
) -> ViolationStep:
    """Say that the next step is done, or left out and why; the one after it is shown then."""
    policies.check(by, "violation.tick")
    found = locked(violation)
    following = answering.next_step(found, ocap.lines(found), step, remark=remark, is_done=is_done)
    taken = ViolationStep.objects.create(
        violation=found, step=following, is_done=is_done, remark=remark.strip(), by=by, at=at
    )
    answering.record_step(KIND, found, following, remark=remark, is_done=is_done, by=by)
    return taken
