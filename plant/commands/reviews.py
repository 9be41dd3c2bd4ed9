"""Documents that are reviewed: handed in by who wrote them, sent back, put into effect by somebody else."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from psycopg2.extras import DateTimeTZRange

from plant import policies
from plant.commands import journal, revisions, signatures
from plant.commands.revisions import Parts
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Meaning, Person, ReviewStatus
from plant.models.revision import UNFINISHED
from plant.queries import authors
from plant.transactions import command


class ReviewRefused(Refusal):
    """A step that a document can't take now."""

    code = "review-refused"


def drafted(row: Any) -> Any:
    """The document under lock while it may still be changed."""
    fresh = lock(type(row)._default_manager.filter(pk=row.pk))[0]
    if fresh.status != ReviewStatus.DRAFT:
        message = _("%(row)s is “%(state)s” and stays as it is. Make a new revision and change that.")
        raise ReviewRefused(message % {"row": fresh, "state": fresh.get_status_display()}, code="not-a-draft")
    return fresh


@command
def submit(*, row: Any, why_not: str, by: Person, at: datetime, action: str) -> Any:
    """Hand a draft in: from now on nobody changes it, and somebody else reads it."""
    policies.check(by, action, row=str(row))
    fresh = drafted(row)
    if why_not:
        raise ReviewRefused(why_not, code="not-ready")
    journal.move(fresh, to=ReviewStatus.REVIEW, by=by, submitted_by=by, submitted_at=at)
    return fresh


@command
def send_back(*, row: Any, reason: str, by: Person, at: datetime, action: str) -> Any:
    """Let a document that was handed in be changed again, saying why."""
    policies.check(by, action, row=str(row))
    fresh = lock(type(row)._default_manager.filter(pk=row.pk))[0]
    if not reason.strip():
        raise ReviewRefused(_("Say what is to be changed."), code="reason-needed", facts={"field": "reason"})
    gone = {"submitted_by": None, "submitted_at": None}
    journal.move(fresh, to=ReviewStatus.DRAFT, by=by, reason=reason.strip(), data={"at": at}, **gone)
    return fresh


@command
def approve(
    *, row: Any, content: Callable[[Any], dict[str, Any]], seen_hash: str, password: str, reason: str, by: Person,
    at: datetime, action: str,
) -> Any:
    """Put what was handed in into effect under a signature; the revision before it ends now."""
    policies.check(by, action, row=str(row))
    rows = lock(type(row)._default_manager.filter(code=row.code))
    fresh = next(one for one in rows if one.pk == row.pk)
    if why := why_not_approve(fresh, by):
        raise ReviewRefused(why)
    signatures.sign(
        subject=fresh, meaning=Meaning.APPROVED, content=content(fresh), seen_hash=seen_hash, password=password,
        reason=reason, by=by, at=at,
    )
    for former in rows:
        if former.status == ReviewStatus.EFFECTIVE:
            end(former, by=by, at=at)
    began = {"effective": DateTimeTZRange(at, None), "approved_by": by}
    journal.move(fresh, to=ReviewStatus.EFFECTIVE, by=by, reason=reason, **began)
    return fresh


def why_not_approve(row: Any, by: Person) -> str:
    """Why this person can't put a document into effect, or nothing."""
    if row.status == ReviewStatus.DRAFT:
        return _("%(row)s is not handed in yet. Have its author hand it in for review.") % {"row": row}
    if row.status != ReviewStatus.REVIEW:
        return _("Only what is in review can be approved.")
    if by.pk in {row.written_by_id, row.submitted_by_id} or by.number in authors.of(row):
        return _("You wrote a part of %(row)s. Another person approves it.") % {"row": row}
    return ""


@command
def revise(*, row: Any, parts: Parts, reason: str, by: Person, noun: str, action: str) -> Any:
    """Begin the next revision with a copy of everything below the newest one; one is begun at a time."""
    policies.check(by, action, row=str(row))
    if not reason.strip():
        message = _("Say why a new revision is needed.")
        raise ReviewRefused(message, code="reason-needed", facts={"field": "reason"})
    every = type(row)._default_manager
    rows = lock(every.filter(code=row.code))
    if begun := next((one for one in rows if one.status in UNFINISHED), None):
        message = _("%(row)s is begun already. Go on with it.")
        raise ReviewRefused(message % {"row": begun}, code="revision-begun", facts={"revision": begun.pk})
    newest = max(rows, key=lambda one: one.revision)
    fresh = revisions.revise(source=newest, parts=parts, by=by, noun=noun, action=action)
    every.filter(pk=fresh.pk).update(written_by=by)
    journal.record(f"{noun}.revised", subject=fresh, by=by, reason=reason.strip(), data={"from": newest.revision})
    fresh.refresh_from_db()
    return fresh


def end(former: Any, *, by: Person, at: datetime) -> None:
    """End a revision that is in effect; what runs under it keeps it."""
    began = former.effective.lower
    ended = DateTimeTZRange(began, at) if began is None or began < at else DateTimeTZRange(empty=True)
    journal.move(former, to=ReviewStatus.OBSOLETE, by=by, effective=ended)
