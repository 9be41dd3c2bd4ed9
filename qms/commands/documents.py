"""Writing a document: a first draft, the next revision, its words, its file, who gets it, and what demands it."""

import hashlib
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.db.models import Max
from django.utils.translation import gettext as _

from plant import files, policies, stamping, uploads
from plant.commands import journal
from plant.commands.revisions import copied
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, MaterialDefinition, Person, Qualification
from plant.transactions import command, undoable
from qms.models import Document, DocumentDemand, DocumentShare, DocumentStatus

UNDER_WAY = (DocumentStatus.DRAFT, DocumentStatus.REVIEW, DocumentStatus.APPROVED)
WORDS = ("kind", "name", "name_zh", "change", "issuer", "edition", "owner", "review_months")


class DocumentRefused(Refusal):
    """A step that a document is not ready for, or that somebody else has to take."""

    code = "document-refused"


@command
def create(*, code: str, kind: str, name: str, owner: Person, by: Person, at: datetime, **words: Any) -> Document:
    """Begin a document: the draft of its first revision, written by whoever begins it."""
    policies.check(by, "document.write")
    number = code.strip().upper()
    if not number or not name.strip():
        raise DocumentRefused(_("A document needs a number and a title."), facts={"field": "code"})
    if Document.objects.filter(code=number).exists():
        message = _("Document number %(code)s is taken. Open that document and make a new revision of it.")
        raise DocumentRefused(message % {"code": number}, facts={"field": "code"})
    made = Document.objects.create(
        code=number, kind=kind, name=name.strip(), owner=owner, author=by, created_at=at, **words
    )
    journal.record("document.created", subject=made, by=by, reason=made.change, data={"title": made.name})
    return made


@command
def revise(*, document: Document, change: str, by: Person, at: datetime) -> Document:
    """The next revision as a draft, with the words, distribution and demands of this one; its file is yet to come."""
    policies.check(by, "document.write")
    if not change.strip():
        raise DocumentRefused(_("Say in a sentence what changes."), facts={"field": "change"})
    rows = lock(Document.objects.filter(code=document.code))
    under_way = next((row for row in rows if row.status in UNDER_WAY), None)
    if under_way is not None:
        message = _("Revision %(document)s is under way already. Finish that one first.")
        raise DocumentRefused(message % {"document": under_way})
    newest = Document.objects.filter(code=document.code).aggregate(top=Max("revision"))["top"]
    fresh: Document = copied(
        document, revision=newest + 1, status=DocumentStatus.DRAFT, effective=None, change=change.strip(), file="",
        media_type="", size=0, sha256="", key="", pages=0, author=by, due_at=None, escalations=0, approved_by=None,
        approved_at=None, created_at=at,
    )
    for part in (*document.shares.all(), *document.demands.all()):
        copied(part, document=fresh)
    data = {"copied from": str(document), "revision": fresh.revision}
    journal.record("document.created", subject=fresh, by=by, reason=fresh.change, data=data)
    return fresh


@command
def change(*, document: Document, by: Person, **words: Any) -> Document:
    """Change the words of a draft: its title, kind, what changed, who looks it over."""
    policies.check(by, "document.write")
    fresh = draft(document, by)
    before = {name: getattr(fresh, name) for name in WORDS}
    changed = {name: value for name, value in words.items() if name in WORDS and value != before[name]}
    for name, value in changed.items():
        setattr(fresh, name, value)
    if not fresh.name.strip():
        raise DocumentRefused(_("A document needs a number and a title."), facts={"field": "name"})
    if changed:
        fresh.save(update_fields=list(changed))
        data = {name: [str(before[name]), str(value)] for name, value in changed.items()}
        journal.record("document.changed", subject=fresh, by=by, data=data)
    return fresh


@command
def attach(*, document: Document, name: str, data: bytes, by: Person) -> Document:
    """Give a draft its file; one that it had before is let go. UploadRefused: it can't be shown to readers."""
    policies.check(by, "document.write")
    fresh = draft(document, by)
    upload = uploads.judge(name, data)
    if not stamping.can(upload.media_type):
        message = _("“%(name)s” can't be shown page by page. Save it as PDF and send that.")
        raise uploads.UploadRefused(message % {"name": upload.name}, facts={"field": "file"})
    pages, key = stamping.count(upload.data, upload.media_type), files.new_key()
    files.store(key, upload.data)
    digest = hashlib.sha256(upload.data).hexdigest()
    facts = {"file": upload.name, "media_type": upload.media_type, "size": len(upload.data), "sha256": digest,
             "key": key, "pages": pages}
    for field, value in facts.items():
        setattr(fresh, field, value)
    fresh.save(update_fields=list(facts))
    journal.record("document.filed", subject=fresh, by=by, data={"file": upload.name, "sha256": digest})
    return fresh


@command
def share(
    *, document: Document, by: Person, role: str = "", place: Equipment | None = None, person: Person | None = None,
    must_read: bool = True,
) -> DocumentShare:
    """Add somebody to the distribution of a draft: a person, or those of a role, of a place, or of both."""
    policies.check(by, "document.write")
    fresh = draft(document, by)
    if person is not None and (role or place):
        raise DocumentRefused(_("Choose a person, or a role and a place; not both."), facts={"field": "person"})
    if person is None and not role and place is None:
        raise DocumentRefused(_("Choose who gets it: a role, a place or a person."), facts={"field": "role"})
    made: DocumentShare = _add(fresh, by, DocumentShare, role=role, place=place, person=person, must_read=must_read)
    return made


@command
def demand(
    *, document: Document, by: Person, operation: str = "", material: MaterialDefinition | None = None,
    skill: Qualification | None = None,
) -> DocumentDemand:
    """Let an operation, or any that asks for a skill, be begun only by who has read this document."""
    policies.check(by, "document.write")
    fresh = draft(document, by)
    if bool(operation.strip()) == (skill is not None):
        raise DocumentRefused(_("Name an operation, or choose a skill; one of the two."), facts={"field": "operation"})
    said = operation.strip().upper()
    made: DocumentDemand = _add(fresh, by, DocumentDemand, operation=said, material=material, skill=skill)
    return made


@command
def take_off(*, part: DocumentShare | DocumentDemand, by: Person) -> None:
    """Take somebody off the distribution of a draft, or a demand off it."""
    policies.check(by, "document.write")
    fresh = draft(part.document, by)
    data = {"what": part._meta.model_name, "removed": _said(part)}
    part.delete()
    journal.record("document.changed", subject=fresh, by=by, data=data)


def _add(fresh: Document, by: Person, model: Any, **facts: Any) -> Any:
    try:
        with undoable():
            part = model.objects.create(document=fresh, **facts)
    except IntegrityError as error:
        raise DocumentRefused(_("This stands in the list already.")) from error
    data = {"what": model._meta.model_name, "added": _said(part)}
    journal.record("document.changed", subject=fresh, by=by, data=data)
    return part


def _said(part: Any) -> str:
    names = ("role", "place", "person", "operation", "material", "skill")
    return " · ".join(str(value) for name in names if (value := getattr(part, name, None)))


def draft(document: Document, by: Person) -> Document:
    """The draft under lock, while it may still be written on, by its author."""
    fresh = lock(Document.objects.filter(pk=document.pk))[0]
    if fresh.status != DocumentStatus.DRAFT:
        message = _("%(document)s was handed in, so it stays as it is. Have it sent back, or make a new revision.")
        raise DocumentRefused(message % {"document": fresh})
    if fresh.author_id != by.pk:
        message = _("%(document)s is written by %(author)s. Ask them, or send a comment.")
        raise DocumentRefused(message % {"document": fresh, "author": fresh.author})
    return fresh
