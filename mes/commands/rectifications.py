"""What puts right what a stop was for: asked for, done with evidence, verified by another, handed up when late."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from mes.commands import stoppages
from mes.commands.stoppages import StoppageRefused
from mes.models import Rectification, RectificationStatus, Stoppage, StoppageStatus
from plant import policies, subjects
from plant.commands import desks, journal
from plant.commands.handing_up import hand_up
from plant.locks import lock
from plant.models import NoticeKind, Person
from plant.queries import persons
from plant.transactions import command


@command
def ask(
    *, stoppage: Stoppage, what: str, owner: Person | None, by: Person, at: datetime, due_at: datetime | None = None,
    before_resume: bool = False,
) -> Rectification:
    """Ask somebody for something that puts it right, until a moment; the plant's time for it if none is said."""
    policies.check(by, "rectification.ask", on=stoppage.equipment)
    found = stoppages.locked(stoppage)
    if found.status == StoppageStatus.CLOSED:
        raise StoppageRefused(_("This stop is closed. Stop it again if it is not in order."))
    if not what.strip():
        raise StoppageRefused(_("Say what is to be done."), facts={"field": "what"})
    until = due_at or at + timedelta(hours=settings.RECTIFICATION_HOURS)
    if until <= at:
        raise StoppageRefused(_("Choose a moment that is still to come."), facts={"field": "due_at"})
    made = Rectification.objects.create(
        stoppage=found, what=what.strip(), owner=owner, due_at=until, before_resume=before_resume, at=at
    )
    record("stoppage.rectification-asked", made, by=by, reason=made.what)
    tell(made, by=by, at=at)
    return made


@command
def give(*, rectification: Rectification, to: Person, by: Person, at: datetime) -> Rectification:
    """Give it to somebody and tell them."""
    policies.check(by, "rectification.ask", on=rectification.stoppage.equipment)
    found = locked(rectification)
    if found.status != RectificationStatus.OPEN:
        raise StoppageRefused(_("It is done already."))
    if not policies.may(to, "rectification.do"):
        message = _("%(person)s has no role that may do this. Choose somebody else.")
        raise StoppageRefused(message % {"person": to}, facts={"field": "to"})
    found.owner = to
    found.save(update_fields=["owner"])
    record("stoppage.rectification-given", found, by=by, reason=found.what)
    tell(found, by=by, at=at)
    return found


@command
def finish(*, rectification: Rectification, evidence: str, by: Person, at: datetime) -> Rectification:
    """Say what was done, and what shows it; pictures and papers lie beside the stop."""
    policies.check(by, "rectification.do", on=rectification.stoppage.equipment)
    found = locked(rectification)
    if found.owner_id not in (None, by.pk) and not policies.may(by, "rectification.ask"):
        message = _("This was given to %(person)s. Ask the team leader to give it to you.")
        raise StoppageRefused(message % {"person": found.owner})
    if not evidence.strip():
        raise StoppageRefused(_("Say what was done, and what shows it."), facts={"field": "evidence"})
    journal_move(found, RectificationStatus.DONE, by, evidence, evidence=evidence.strip(), done_by=by, done_at=at)
    return found


@command
def verify(
    *, rectification: Rectification, is_good: bool, by: Person, at: datetime, remark: str = ""
) -> Rectification:
    """Confirm that it is done and works, or send it back with a word; nobody verifies their own."""
    policies.check(by, "rectification.verify", on=rectification.stoppage.equipment)
    found = locked(rectification)
    if found.done_by_id == by.pk:
        raise StoppageRefused(_("Nobody verifies what they did themselves. Ask somebody else."), code="own-work")
    if not is_good and not remark.strip():
        raise StoppageRefused(_("Say what is missing."), code="no-reason", facts={"field": "remark"})
    if is_good:
        journal_move(found, RectificationStatus.VERIFIED, by, remark, verified_by=by, verified_at=at)
    else:
        journal_move(found, RectificationStatus.OPEN, by, remark, done_by=None, done_at=None)
        tell(found, by=by, at=at)
    stoppages.told(stoppages.close_if_done(found.stoppage, by=by))
    return found


@command
def escalate(*, at: datetime) -> list[Rectification]:
    """Hand up what is overdue: to its owner and the team leaders at once, each day after to the managers."""
    late = Rectification.objects.filter(status=RectificationStatus.OPEN, due_at__lt=at)
    return [one for one in late.select_related("stoppage", "owner").order_by("pk") if is_handed_up(one, at)]


def is_handed_up(one: Rectification, at: datetime) -> bool:
    return hand_up(
        row=one, subject=one.stoppage, kind="stoppage.rectification-overdue", reason=one.what,
        what=lambda: f"{one.stoppage.label} · {one.what}", data={"rectification": one.pk}, by=persons.system("mes"),
        at=at,
    )


def locked(rectification: Rectification) -> Rectification:
    """It as it is now, under the lock of its stop."""
    stoppage = stoppages.locked(rectification.stoppage)
    found = lock(Rectification.objects.select_related("owner").filter(pk=rectification.pk))[0]
    found.stoppage = stoppage
    return found


def journal_move(found: Rectification, to: str, by: Person, reason: str, **fields: Any) -> None:
    journal.move(found, to=to, by=by, reason=reason, **fields)
    record(f"stoppage.rectification-{to.lower()}", found, by=by, reason=reason)


def record(kind: str, rectification: Rectification, *, by: Person, reason: str) -> None:
    """Write it under the stop, where people read it."""
    owner = rectification.owner.number if rectification.owner else ""
    data = {"rectification": rectification.pk, "owner": owner, "due_at": rectification.due_at}
    journal.record(kind, subject=rectification.stoppage, by=by, reason=reason, data=data)


def tell(rectification: Rectification, *, by: Person, at: datetime) -> None:
    """Tell the owner."""
    owner, stoppage = rectification.owner, rectification.stoppage
    if owner is not None:
        with override(owner.language):
            title = _("To put right: %(what)s") % {"what": f"{stoppage.label} · {rectification.what}"}
        url = subjects.of_row(stoppage).url(stoppage)
        desks.tell(person=owner, kind=NoticeKind.NEWS, title=title, url=url, by=by, at=at)
