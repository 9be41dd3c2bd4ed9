"""The life of an alarm, whatever raised it: given to somebody, put off, gone through step by step, handed up.

A room says once what its alarms are (`Kind`) and calls these inside its own commands. An alarm is a row with `status`
(OPEN, ACKNOWLEDGED, then answered), `owner`, `owner_role`, `respond_by`, `snoozed_until` and `escalations`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from plant import policies, subjects
from plant.commands import desks, journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import NoticeKind, Person, ReasonCode, Role
from plant.queries import people, persons
from plant.queries.reaction_steps import Line

OPEN, ACKNOWLEDGED = "OPEN", "ACKNOWLEDGED"
ALIVE = (OPEN, ACKNOWLEDGED)
NEXT_ROLE = {
    Role.OPERATOR: Role.TEAM_LEADER, Role.MAINTENANCE: Role.TEAM_LEADER, Role.INSPECTOR: Role.QUALITY_ENGINEER,
    Role.WAREHOUSE: Role.TEAM_LEADER,
    Role.TEAM_LEADER: Role.QUALITY_ENGINEER, Role.QUALITY_ENGINEER: Role.QUALITY_MANAGER,
}
# How long each role may put an alarm off.
LONGEST = {
    Role.TEAM_LEADER: timedelta(minutes=30), Role.QUALITY_ENGINEER: timedelta(hours=4),
    Role.QUALITY_MANAGER: timedelta(hours=24),
}


class CannotOwn(Refusal):
    """An alarm for somebody who can't look after it."""

    code = "cannot-own"


class CannotSnooze(Refusal):
    """An alarm that can't be put off, or not for so long."""

    code = "cannot-snooze"


class NothingSaid(Refusal):
    """An alarm answered for good without a cause, an action or a reason."""

    code = "nothing-said"


class StepsOpen(Refusal):
    """An alarm closed before its reaction plan was gone through."""

    code = "steps-open"


class NotThisStep(Refusal):
    """A step that is not the one to do now."""

    code = "not-this-step"


@dataclass(frozen=True, slots=True)
class Kind:
    """What a room's alarms are: the word of their actions and news, who the system is, how they are read and told.

    `locked` locks an alarm as it is now; `told` tells open pages of an event and gives the alarm back; `label` names it
    in few words; `place` is what its owner must reach; `patience` are the minutes until it is handed up, as it stands.
    """

    word: str
    system: str
    rows: Callable[[], QuerySet[Any]]
    locked: Callable[[Any], Any]
    told: Callable[[Any, str], Any]
    label: Callable[[Any], str]
    place: Callable[[Any], Model]
    patience: Callable[[Any], int]


def assign(kind: Kind, alarm: Any, *, to: Person, remark: str, by: Person, at: datetime) -> Any:
    """Give an alarm to somebody and tell them. Until they acknowledge it, its time to answer goes on."""
    policies.check(by, f"{kind.word}.assign")
    found = kind.locked(alarm)
    if found.status not in ALIVE:
        raise CannotOwn(_("It is answered already, so nobody needs to look after it."))
    if not policies.may(to, f"{kind.word}.acknowledge"):
        raise CannotOwn(
            _("%(person)s has no role that may answer alarms. Choose somebody else.") % {"person": to},
            facts={"field": "to"},
        )
    policies.check(to, f"{kind.word}.acknowledge", on=kind.place(found))
    was, found.owner = found.owner, to
    found.save(update_fields=["owner"])
    data = {"from": was.number if was else "", "to": to.number}
    journal.record(f"{kind.word}.assigned", subject=found, by=by, reason=remark, data=data)
    with override(to.language):
        title = _("This alarm is yours: %(what)s") % {"what": kind.label(found)}
    url = subjects.of_row(found).url(found)
    desks.tell(person=to, kind=NoticeKind.NEWS, title=title, url=url, by=by, at=at)
    return kind.told(found, "assigned")


def snooze(kind: Kind, alarm: Any, *, until: datetime, reason: str, by: Person, at: datetime) -> Any:
    """Put an unanswered alarm off until a moment: it rests, for all to see, and then asks again."""
    policies.check(by, f"{kind.word}.snooze")
    found = kind.locked(alarm)
    if found.status != OPEN:
        raise CannotSnooze(_("Only an alarm that nobody has acknowledged yet can be put off."))
    if not reason.strip():
        raise CannotSnooze(_("Say why it may wait."), facts={"field": "reason"})
    last = at + longest(by)
    if found.escalations:
        last = min(last, found.respond_by)
    if not at < until <= last:
        raise CannotSnooze(too_long(found, last), facts={"field": "until"})
    found.snoozed_until = until
    found.save(update_fields=["snoozed_until"])
    journal.record(f"{kind.word}.snoozed", subject=found, by=by, reason=reason, data={"until": until})
    return kind.told(found, "snoozed")


def wake(kind: Kind, alarm: Any, *, by: Person) -> Any:
    """Let an alarm that was put off ask again now."""
    policies.check(by, f"{kind.word}.snooze")
    found = kind.locked(alarm)
    if found.snoozed_until is not None:
        found.snoozed_until = None
        found.save(update_fields=["snoozed_until"])
        journal.record(f"{kind.word}.woken", subject=found, by=by)
    return kind.told(found, "snoozed")


def longest(by: Person) -> timedelta:
    """For how long somebody may put an alarm off: as long as the highest of their roles."""
    return max((LONGEST[role] for role in LONGEST if role in by.roles), default=timedelta())


def too_long(alarm: Any, last: datetime) -> str:
    """Say until when it may wait, and why no longer."""
    facts = {"until": timezone.localtime(last).strftime("%m-%d %H:%M")}
    if alarm.escalations:
        return _("It was escalated and may not wait beyond its time to answer: choose one up to %(until)s.") % facts
    return _("Your role may put it off until %(until)s at the longest. Choose a time before that.") % facts


def escalate(kind: Kind, *, at: datetime) -> list[Any]:
    """Hand every alarm that nobody answered, or settled, in time to the next role, and ask again."""
    awake = Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=at) | Q(escalations__gt=0)
    late = kind.rows().filter(awake, status__in=ALIVE, respond_by__lt=at)
    by = persons.system(kind.system) if late.exists() else None
    return [pass_on(kind, alarm, by=by, at=at) for alarm in lock(late)] if by else []


def pass_on(kind: Kind, alarm: Any, *, by: Person, at: datetime) -> Any:
    """One alarm that waits too long goes one role up; whoever looks after it keeps it."""
    was = alarm.owner_role
    alarm.owner_role = NEXT_ROLE.get(Role(was), Role.QUALITY_MANAGER)
    alarm.respond_by = at + timedelta(minutes=kind.patience(alarm))
    alarm.escalations += 1
    alarm.save(update_fields=["owner_role", "respond_by", "escalations"])
    data = {"from": was, "to": alarm.owner_role, "times": alarm.escalations, "status": alarm.status}
    journal.record(f"{kind.word}.escalated", subject=alarm, by=by, data=data)
    told_too = {one.pk: one for one in people.holding(alarm.owner_role)}
    if alarm.owner is not None:
        told_too[alarm.owner.pk] = alarm.owner
    desks.escalate(subject=alarm, what=lambda: kind.label(alarm), people=told_too.values(), by=by, at=at)
    return kind.told(alarm, "escalated")


def next_step(alarm: Any, lines: list[Line], asked: Any, *, remark: str, is_done: bool) -> Any:
    """The step that somebody does or leaves out now; refused for any other."""
    following = next((line.step for line in lines if line.is_next), None)
    if alarm.status != ACKNOWLEDGED:
        raise NotThisStep(_("Acknowledge the alarm first: then its steps can be ticked off."))
    if asked is None or following != asked:
        raise NotThisStep(_("Another step comes next, or this one is done already. Look at the list again."))
    if not is_done and not remark.strip():
        raise NotThisStep(_("Say why this step is left out."), facts={"field": "remark"})
    return following


def record_step(kind: Kind, alarm: Any, step: Any, *, remark: str, is_done: bool, by: Person) -> None:
    """Write down that a step was done or left out, and tell the open pages."""
    word = f"{kind.word}.step-done" if is_done else f"{kind.word}.step-left-out"
    journal.record(word, subject=alarm, by=by, reason=remark, data={"step": step.position, "text": step.text})
    kind.told(alarm, "step")


def check_steps(alarm: Any, lines: list[Line]) -> None:
    """Refuse to close an alarm whose reaction plan has steps left that must be gone through."""
    left = [line for line in lines if line.taken is None and line.step.required]
    if left and alarm.status == ACKNOWLEDGED:
        raise StepsOpen(
            _("%(count)s steps of the reaction plan are still open. Tick them off, or leave each out and say why.")
            % {"count": len(left)}
        )


def coded(cause: ReasonCode | None, use: str) -> ReasonCode | None:
    """The kind of cause, one that can be counted; a plant that keeps no list of them has none to choose from."""
    known = ReasonCode.objects.filter(use=use, active=True)
    if cause is not None and known.filter(pk=cause.pk).exists():
        return cause
    if known.exists():
        raise NothingSaid(_("Choose the kind of cause from the list; your own words stand beside it."))
    return None
