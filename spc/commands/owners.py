"""Who looks after an alarm: given to a person, put off for a while, handed up when nobody answers."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from plant import policies, subjects
from plant.commands import desks, journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import NoticeKind, Person, Role
from plant.queries import people, persons
from plant.transactions import command
from qms.queries import plans
from spc.commands.alarms import PATIENCE
from spc.commands.violations import OVERNIGHT, locked, told
from spc.models import Violation, ViolationStatus
from spc.queries.violations import ALIVE

NEXT_ROLE = {
    Role.OPERATOR: Role.TEAM_LEADER, Role.MAINTENANCE: Role.TEAM_LEADER, Role.INSPECTOR: Role.QUALITY_ENGINEER,
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


@command
def assign(*, violation: Violation, to: Person, by: Person, at: datetime, remark: str = "") -> Violation:
    """Give an alarm to somebody and tell them. Until they acknowledge it, its time to answer goes on."""
    policies.check(by, "violation.assign")
    found = locked(violation)
    if found.status not in ALIVE:
        raise CannotOwn(_("It is answered already, so nobody needs to look after it."))
    if not policies.may(to, "violation.acknowledge"):
        raise CannotOwn(
            _("%(person)s has no role that may answer alarms. Choose somebody else.") % {"person": to},
            facts={"field": "to"},
        )
    policies.check(to, "violation.acknowledge", on=found.chart)
    was, found.owner = found.owner, to
    found.save(update_fields=["owner"])
    data = {"from": was.number if was else "", "to": to.number}
    journal.record("violation.assigned", subject=found, by=by, reason=remark, data=data)
    with override(to.language):
        title = _("This alarm is yours: %(what)s") % {"what": f"{found.chart.code} · {found.rule}"}
    url = subjects.of_row(found).url(found)
    desks.tell(person=to, kind=NoticeKind.NEWS, title=title, url=url, by=by, at=at)
    return told(found, "assigned")


@command
def snooze(*, violation: Violation, until: datetime, reason: str, by: Person, at: datetime) -> Violation:
    """Put an unanswered alarm off until a moment: it rests, for all to see, and then asks again."""
    policies.check(by, "violation.snooze")
    found = locked(violation)
    if found.status != ViolationStatus.OPEN:
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
    journal.record("violation.snoozed", subject=found, by=by, reason=reason, data={"until": until})
    return told(found, "snoozed")


@command
def wake(*, violation: Violation, by: Person, at: datetime) -> Violation:
    """Let an alarm that was put off ask again now."""
    policies.check(by, "violation.snooze")
    found = locked(violation)
    if found.snoozed_until is not None:
        found.snoozed_until = None
        found.save(update_fields=["snoozed_until"])
        journal.record("violation.woken", subject=found, by=by)
    return told(found, "snoozed")


def longest(by: Person) -> timedelta:
    """For how long somebody may put an alarm off: as long as the highest of their roles."""
    return max((LONGEST[role] for role in LONGEST if role in by.roles), default=timedelta())


def too_long(violation: Violation, last: datetime) -> str:
    """Say until when it may wait, and why no longer."""
    facts = {"until": timezone.localtime(last).strftime("%m-%d %H:%M")}
    if violation.escalations:
        return _("It was escalated and may not wait beyond its time to answer: choose one up to %(until)s.") % facts
    return _("Your role may put it off until %(until)s at the longest. Choose a time before that.") % facts


@command
def escalate(*, at: datetime) -> list[Violation]:
    """Hand every alarm that nobody answered, or settled, in time to the next role, and ask again."""
    awake = Q(snoozed_until__isnull=True) | Q(snoozed_until__lte=at) | Q(escalations__gt=0)
    late = Violation.objects.filter(awake, status__in=ALIVE, respond_by__lt=at).select_related("chart__line")
    by = persons.system("spc") if late.exists() else None
    return [pass_on(violation, by=by, at=at) for violation in lock(late)] if by else []


def pass_on(violation: Violation, *, by: Person, at: datetime) -> Violation:
    """One alarm that waits too long goes one role up; whoever looks after it keeps it."""
    reaction = plans.reaction_for(line=violation.chart.line, rule=violation.rule)
    is_open = violation.status == ViolationStatus.OPEN
    usual = PATIENCE if is_open else OVERNIGHT
    planned = (reaction.respond_minutes if is_open else reaction.close_minutes) if reaction else usual
    was = violation.owner_role
    violation.owner_role = NEXT_ROLE.get(Role(was), Role.QUALITY_MANAGER)
    violation.respond_by = at + timedelta(minutes=planned)
    violation.escalations += 1
    violation.save(update_fields=["owner_role", "respond_by", "escalations"])
    data = {"from": was, "to": violation.owner_role, "times": violation.escalations, "status": violation.status}
    journal.record("violation.escalated", subject=violation, by=by, data=data)
    text = f"{violation.chart.code} · {violation.rule}"
    told_too = {one.pk: one for one in people.holding(violation.owner_role)}
    if violation.owner is not None:
        told_too[violation.owner.pk] = violation.owner
    desks.escalate(subject=violation, what=lambda: text, people=told_too.values(), by=by, at=at)
    return told(violation, "escalated")
