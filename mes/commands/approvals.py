"""Putting a routing with its golden parameters into effect, under a signature, now or on the day of its change."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from mes.models import OPEN_JOBS, DueRevision, JobOrder, WorkMaster
from mes.queries import engineering_changes, library
from plant import policies
from plant.commands import desks, journal, revisions, signatures
from plant.commands.revisions import RevisionRefused
from plant.locks import lock
from plant.models import Meaning, NoticeKind, Person, RevisionStatus
from plant.queries import persons
from plant.transactions import command

TOLD = {"noun": "workmaster"}


@command
def approve(
    *, work_master: WorkMaster, reason: str, password: str, seen_hash: str, by: Person, at: datetime
) -> WorkMaster:
    """Make a draft effective; the revision before it ends then, and running orders keep the one they pin.

    A draft of an engineering change that counts from a later day waits for it, and comes into effect by the clock.
    """
    policies.check(by, "golden.approve", row=str(work_master))
    lock(WorkMaster.objects.filter(code=work_master.code))
    signatures.sign(
        subject=work_master, meaning=Meaning.APPROVED, content=library.seen(work_master), seen_hash=seen_hash,
        password=password, reason=reason, by=by, at=at,
    )
    begins = engineering_changes.begins(work_master)
    if begins is not None and begins > at:
        return lay_ready(work_master, begins, by=by, at=at)
    why = library.why_not_effective(work_master, at)
    fresh: WorkMaster = revisions.put_into_effect(
        row=work_master, why_not=why, by=by, at=at, action="golden.approve", **TOLD
    )
    DueRevision.objects.filter(work_master=fresh).delete()
    return fresh


def lay_ready(master: WorkMaster, begins: datetime, *, by: Person, at: datetime) -> WorkMaster:
    """Keep an approved draft for its day."""
    why = library.why_not_fit(master, begins)
    fresh = WorkMaster.objects.get(pk=master.pk)
    if why or fresh.status != RevisionStatus.DRAFT:
        raise RevisionRefused(why or _("%(row)s is not a draft any more. Copy it as a new revision.") % {"row": fresh})
    DueRevision.objects.update_or_create(
        work_master=fresh,
        defaults={"begins_at": begins, "digest": digest(fresh), "approved_by": by, "approved_at": at},
    )
    journal.record("workmaster.laid-ready", subject=fresh, by=by, data={"effective from": begins})
    return fresh


def digest(master: WorkMaster) -> str:
    """What was signed, and all that the operations say."""
    return signatures.content_hash(library.seen(master))


@command
def turn(*, due: DueRevision, at: datetime) -> bool:
    """The day of an approved draft has come: it is in effect, unless it is another by now; whether it turned."""
    by = persons.system("mes")
    policies.check(by, "golden.turn")
    lock(WorkMaster.objects.filter(code=due.work_master.code))
    row = DueRevision.objects.select_related("work_master", "approved_by").filter(pk=due.pk).first()
    if row is None or row.begins_at > at:
        return False
    master = row.work_master
    former = engineering_changes.former(master)
    why = library.why_not_effective(master, at)
    if master.status != RevisionStatus.DRAFT or row.digest != digest(master):
        why = _("It was changed after it was approved. Look at it, and approve it again.")
    row.delete()
    if why:
        journal.record("workmaster.not-turned", subject=master, by=by, reason=why)
        _tell(row.approved_by, _("%(row)s is not in effect: %(why)s") % {"row": master, "why": why}, master, by, at)
        return False
    revisions.put_into_effect(row=master, why_not="", by=by, at=at, action="golden.turn", **TOLD)
    left = JobOrder.objects.filter(work_master=former, status__in=OPEN_JOBS).count() if former else 0
    words = {"row": master, "former": former or "—", "left": left}
    title = _("%(row)s is in effect. Open work orders that still follow %(former)s: %(left)s") % words
    _tell(row.approved_by, title, former or master, by, at)
    return True


def _tell(person: Person, title: str, about: WorkMaster, by: Person, at: datetime) -> None:
    url = reverse("mes:routing-detail", args=[about.pk])
    desks.tell(person=person, kind=NoticeKind.NEWS, title=title, url=url, by=by, at=at)
