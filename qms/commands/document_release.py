"""A document's way into force and out of it: handed in, sent back or signed, in effect from its day, looked over."""

from datetime import datetime

from django.utils.translation import gettext as _
from psycopg2.extras import DateTimeTZRange

from plant import live, policies
from plant.commands import desks, journal, signatures
from plant.locks import lock
from plant.models import Meaning, NoticeKind, Person
from plant.queries.persons import system
from plant.transactions import command
from qms.commands.documents import DocumentRefused, draft
from qms.models import Document, DocumentReview, DocumentStatus
from qms.queries import documents as reading


@command
def hand_in(*, document: Document, by: Person, at: datetime) -> Document:
    """Hand a draft in for review; from now on nobody changes it."""
    policies.check(by, "document.write")
    fresh = draft(document, by)
    if not fresh.key:
        raise DocumentRefused(_("Give the document its file first."))
    journal.move(fresh, to=DocumentStatus.REVIEW, by=by)
    return fresh


@command
def send_back(*, document: Document, reason: str, by: Person, at: datetime) -> Document:
    """Send what was handed in back to its author, who changes it."""
    policies.check(by, "document.approve")
    if not reason.strip():
        raise DocumentRefused(_("Say what is to be changed."), facts={"field": "reason"})
    fresh = _locked(document)
    if fresh.status != DocumentStatus.REVIEW:
        raise DocumentRefused(_("%(document)s is not in review.") % {"document": fresh})
    journal.move(fresh, to=DocumentStatus.DRAFT, by=by, reason=reason)
    _tell(fresh, fresh.author, _("%(document)s was sent back to you") % {"document": fresh}, by, at)
    return fresh


@command
def approve(
    *, document: Document, effective_from: datetime | None, reason: str, password: str, seen_hash: str, by: Person,
    at: datetime,
) -> Document:
    """Sign a revision into force, now or from a day that leaves time to read it; the one before it ends then."""
    policies.check(by, "document.approve")
    rows = lock(Document.objects.filter(code=document.code))
    fresh = next(row for row in rows if row.pk == document.pk)
    check_approvable(fresh, by)
    begins = max(effective_from or at, at)
    signatures.sign(
        subject=fresh, meaning=Meaning.APPROVED, content=reading.seen(fresh), seen_hash=seen_hash, password=password,
        reason=reason, by=by, at=at,
    )
    for former in rows:
        if former.status == DocumentStatus.EFFECTIVE:
            _end(former, begins)
    is_now = begins <= at
    status = DocumentStatus.EFFECTIVE if is_now else DocumentStatus.APPROVED
    for former in rows if is_now else []:
        if former.status == DocumentStatus.EFFECTIVE:
            journal.move(former, to=DocumentStatus.OBSOLETE, by=by)
    journal.move(
        fresh, to=status, by=by, reason=reason, data={"effective from": begins}, approved_by=by, approved_at=at,
        effective=DateTimeTZRange(begins, None), due_at=reading.review_due(fresh, begins),
    )
    live.push("news", "document", {"document": str(fresh)})
    return fresh


def check_approvable(document: Document, by: Person) -> None:
    """Only what is in review, and never by its author."""
    if document.status != DocumentStatus.REVIEW:
        message = _("%(document)s is “%(status)s”. Only what is in review can be approved.")
        raise DocumentRefused(message % {"document": document, "status": document.get_status_display()})
    if document.author_id == by.pk:
        message = _("You wrote %(document)s. Somebody else approves it.")
        raise DocumentRefused(message % {"document": document}, code="own-work")


def _end(former: Document, ends: datetime) -> None:
    began = former.effective.lower
    former.effective = DateTimeTZRange(began, ends) if began < ends else DateTimeTZRange(empty=True)
    former.save(update_fields=["effective"])


@command
def turn(*, document: Document, at: datetime) -> bool:
    """Its day has come: the approved revision is in effect, the one before it obsolete; whether anything turned."""
    by = system("qms")
    policies.check(by, "document.turn")
    rows = lock(Document.objects.filter(code=document.code))
    fresh = next(row for row in rows if row.pk == document.pk)
    if fresh.status != DocumentStatus.APPROVED or fresh.effective.lower > at:
        return False
    for former in rows:
        if former.status == DocumentStatus.EFFECTIVE:
            journal.move(former, to=DocumentStatus.OBSOLETE, by=by)
    journal.move(fresh, to=DocumentStatus.EFFECTIVE, by=by)
    live.push("news", "document", {"document": str(fresh)})
    return True


@command
def retire(*, document: Document, reason: str, by: Person, at: datetime) -> Document:
    """Take a revision out of force with none to follow it; its file opens stamped as obsolete from now on."""
    policies.check(by, "document.approve")
    if not reason.strip():
        raise DocumentRefused(_("Say in a few words why."), facts={"field": "reason"})
    rows = lock(Document.objects.filter(code=document.code))
    fresh = next(row for row in rows if row.pk == document.pk)
    if fresh.status not in (DocumentStatus.APPROVED, DocumentStatus.EFFECTIVE):
        raise DocumentRefused(_("%(document)s is not in force.") % {"document": fresh})
    follower = next((row for row in rows if row.status == DocumentStatus.APPROVED and row.pk != fresh.pk), None)
    if follower is not None:
        message = _("%(follower)s follows it already on its day. Retire that one first.")
        raise DocumentRefused(message % {"follower": follower})
    is_waiting = fresh.status == DocumentStatus.APPROVED
    _end(fresh, fresh.effective.lower if is_waiting else at)
    for former in rows if is_waiting else []:
        if former.status == DocumentStatus.EFFECTIVE:
            former.effective = DateTimeTZRange(former.effective.lower, None)
            former.save(update_fields=["effective"])
    journal.move(fresh, to=DocumentStatus.OBSOLETE, by=by, reason=reason)
    return fresh


@command
def look_over(*, document: Document, finding: str, by: Person, at: datetime) -> DocumentReview:
    """Say that a document in effect was looked over and may stay; the next time is so many months from now."""
    policies.check(by, "document.write")
    fresh = _locked(document)
    if fresh.status != DocumentStatus.EFFECTIVE:
        raise DocumentRefused(_("Only what is in effect is looked over."))
    if not finding.strip():
        raise DocumentRefused(_("Say what you found."), facts={"field": "finding"})
    made = DocumentReview.objects.create(document=fresh, finding=finding.strip(), by=by, at=at)
    due = reading.review_due(fresh, at)
    Document.objects.filter(pk=fresh.pk).update(due_at=due, escalations=0)
    journal.record("document.looked-over", subject=fresh, by=by, reason=finding, data={"next": due})
    return made


def _locked(document: Document) -> Document:
    return lock(Document.objects.filter(pk=document.pk))[0]


def _tell(document: Document, person: Person, title: str, by: Person, at: datetime) -> None:
    desks.tell(person=person, kind=NoticeKind.NEWS, title=title, url=reading.url(document), by=by, at=at)

