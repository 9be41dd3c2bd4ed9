"""Findings of spot checks: given to somebody, answered with a reason, confirmed by another, handed up when late."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import override

from mes.commands import spot_checks
from mes.commands.spot_plans import SpotRefused
from mes.models import SpotCheck, SpotFinding, SpotFindingStatus
from mes.queries import spot_checks as reading
from plant import policies, subjects
from plant.commands import desks, journal
from plant.commands.handing_up import hand_up
from plant.locks import lock
from plant.models import NoticeKind, Person
from plant.queries import persons
from plant.transactions import command


@command
def give(*, finding: SpotFinding, to: Person, by: Person, at: datetime) -> SpotFinding:
    """Give it to somebody, and tell them."""
    policies.check(by, "spot-check.assign", on=finding)
    found = locked(finding)
    if found.status != SpotFindingStatus.OPEN:
        raise SpotRefused(_("It is answered already."))
    if not policies.may(to, "spot-check.answer"):
        message = _("%(person)s has no role that may answer findings. Choose somebody else.")
        raise SpotRefused(message % {"person": to}, facts={"field": "to"})
    found.owner = to
    found.save(update_fields=["owner"])
    journal.record("spotfinding.given", subject=found, by=by, data={"to": to.number})
    tell(found, to, by=by, at=at)
    return found


@command
def answer(*, finding: SpotFinding, cause: str, answer: str, by: Person, at: datetime) -> SpotFinding:
    """Say why it was missing, and what was done about it."""
    policies.check(by, "spot-check.answer", on=finding)
    found = locked(finding)
    if found.owner_id not in (None, by.pk) and not policies.may(by, "spot-check.assign"):
        message = _("This was given to %(person)s. Ask the team leader to give it to you.")
        raise SpotRefused(message % {"person": found.owner}, code="not-own")
    for field, text in (("cause", cause), ("answer", answer)):
        if not text.strip():
            raise SpotRefused(_("Say why it was missing, and what was done about it."), facts={"field": field})
    journal.move(
        found, to=SpotFindingStatus.ANSWERED, by=by, reason=cause.strip(), data={"done": answer.strip()},
        cause=cause.strip(), answer=answer.strip(), answered_by=by, answered_at=at,
    )
    return found


@command
def close(*, finding: SpotFinding, by: Person, at: datetime, remark: str = "") -> SpotFinding:
    """Confirm the answer; whether it is there now is looked up, and what is not needs a word why it may stay so."""
    policies.check(by, "spot-check.close", on=finding)
    found = locked(finding)
    check_other(found, by)
    is_mended = not reading.is_missing(found, now=at)
    if not is_mended and not remark.strip():
        message = _("It is still missing in the record. Say why it may stay so, or send it back.")
        raise SpotRefused(message, code="still-missing", facts={"field": "remark"})
    journal.move(
        found, to=SpotFindingStatus.CLOSED, by=by, reason=remark.strip(), data={"is_mended": is_mended},
        remark=remark.strip(), is_mended=is_mended, closed_by=by, closed_at=at,
    )
    spot_checks.close_if_done(found.spot_check, by=by, at=at)
    return found


@command
def send_back(*, finding: SpotFinding, remark: str, by: Person, at: datetime) -> SpotFinding:
    """Not enough: it is open again, with a word what is missing."""
    policies.check(by, "spot-check.close", on=finding)
    found = locked(finding)
    check_other(found, by)
    if not remark.strip():
        raise SpotRefused(_("Say what is missing."), code="no-reason", facts={"field": "remark"})
    journal.move(
        found, to=SpotFindingStatus.OPEN, by=by, reason=remark.strip(), remark=remark.strip(), answered_by=None,
        answered_at=None,
    )
    if found.owner is not None:
        tell(found, found.owner, by=by, at=at)
    return found


def check_other(found: SpotFinding, by: Person) -> None:
    """Nobody confirms their own answer."""
    if found.answered_by_id == by.pk:
        raise SpotRefused(_("Nobody confirms what they answered themselves. Ask somebody else."), code="own-work")


@command
def escalate(*, at: datetime) -> list[SpotFinding]:
    """Hand up what is overdue: to its owner and the team leaders at once, each day after to the managers."""
    late = reading.findings().filter(status=SpotFindingStatus.OPEN, due_at__lt=at)
    return [one for one in late.order_by("pk") if is_handed_up(one, at)]


def is_handed_up(one: SpotFinding, at: datetime) -> bool:
    return hand_up(
        row=one, subject=one, kind="spotfinding.overdue", what=lambda: str(one), by=persons.system("mes"), at=at
    )


def locked(finding: SpotFinding) -> SpotFinding:
    """It as it is now, under the lock of its check: the last two that are confirmed at once close it once."""
    check = lock(SpotCheck.objects.select_related("plan").filter(pk=finding.spot_check_id))[0]
    found = lock(reading.findings().filter(pk=finding.pk))[0]
    found.spot_check = check
    return found


def tell(finding: SpotFinding, person: Person, *, by: Person, at: datetime) -> None:
    """Tell somebody that it is theirs."""
    with override(person.language):
        title = _("To answer: %(what)s") % {"what": str(finding)}
    url = subjects.of_row(finding).url(finding)
    desks.tell(person=person, kind=NoticeKind.NEWS, title=title, url=url, by=by, at=at)
