"""Who looks after a chart's alarm: given to a person, put off for a while, handed up when nobody answers."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from plant.commands import answering
from plant.commands.answering import Kind
from plant.models import Person
from plant.transactions import command
from qms.queries import plans
from spc.commands.alarms import PATIENCE
from spc.commands.violations import OVERNIGHT, locked, told
from spc.models import Violation, ViolationStatus


def _rows() -> "QuerySet[Violation]":
    return Violation.objects.select_related("chart__line")


def _patience(violation: Violation) -> int:
    """The minutes to answer, or once acknowledged to settle, as the control plan has them."""
    reaction = plans.reaction_for(line=violation.chart.line, rule=violation.rule)
    if violation.status == ViolationStatus.OPEN:
        return reaction.respond_minutes if reaction else PATIENCE
    return reaction.close_minutes if reaction else OVERNIGHT


KIND = Kind(
    word="violation", system="spc", rows=_rows, locked=locked, told=told, patience=_patience,
    label=lambda violation: f"{violation.chart.code} · {violation.rule}", place=lambda violation: violation.chart,
)


@command
def assign(*, violation: Violation, to: Person, by: Person, at: datetime, remark: str = "") -> Violation:
    """Give an alarm to somebody and tell them. Until they acknowledge it, its time to answer goes on."""
    given: Violation = answering.assign(KIND, violation, to=to, remark=remark, by=by, at=at)
    return given


@command
def snooze(*, violation: Violation, until: datetime, reason: str, by: Person, at: datetime) -> Violation:
    """Put an unanswered alarm off until a moment: it rests, for all to see, and then asks again."""
    resting: Violation = answering.snooze(KIND, violation, until=until, reason=reason, by=by, at=at)
    return resting


@command
def wake(*, violation: Violation, by: Person, at: datetime) -> Violation:
    """Let an alarm that was put off ask again now."""
    awake: Violation = answering.wake(KIND, violation, by=by)
    return awake


@command
def escalate(*, at: datetime) -> list[Violation]:
    """Hand every alarm that nobody answered, or settled, in time to the next role, and ask again."""
    return answering.escalate(KIND, at=at)


def longest(by: Person) -> timedelta:
    """For how long somebody may put an alarm off."""
    return answering.longest(by)
