"""Talking about a thing: comments with mentions, files beside it."""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from plant import files, live, policies, subjects
from plant.commands import desks, journal
from plant.errors import Refusal
from plant.models import Attachment, Comment, NoticeKind, Person
from plant.queries.talk import MENTION, kind_of
from plant.transactions import command
from plant.uploads import UploadRefused, judge

LONGEST_COMMENT = 4000
MOST_FILES = 100
ORPHAN_AFTER = timedelta(days=1)


class TalkRefused(Refusal):
    """A comment or a file that can't be kept, or taken away."""

    code = "talk-refused"


@command
def say(*, subject: models.Model, text: str, by: Person, at: datetime) -> Comment:
    """Write a comment; whoever is named in it (@number) and may see the thing finds it in their inbox."""
    policies.check(by, "talk.say")
    said = text.replace("\r\n", "\n").strip()
    if not said:
        raise TalkRefused(_("Write something first."), facts={"field": "text"})
    if len(said) > LONGEST_COMMENT:
        raise TalkRefused(
            _("A comment has at most %(most)s characters. Attach a file for more.") % {"most": LONGEST_COMMENT},
            facts={"field": "text"},
        )
    comment = Comment.objects.create(**kind_of(subject), text=said, by=by, at=at)
    data = {"comment": comment.pk, "sha256": hashlib.sha256(said.encode()).hexdigest()}
    journal.record(f"{subject._meta.model_name}.commented", subject=subject, by=by, data=data)
    page = subjects.of_row(subject)
    for person in mentioned(said):
        if page.is_open_to(person, subject):
            title = f"{subject}: {said}"
            desks.tell(person=person, kind=NoticeKind.MENTION, title=title, url=page.url(subject), by=by, at=at)
    _hint(subject)
    return comment


def mentioned(text: str) -> list[Person]:
    """The people whom a text names."""
    numbers = {found.group(1) for found in MENTION.finditer(text)}
    return list(Person.objects.filter(number__in=numbers, is_active=True).order_by("pk")) if numbers else []


@command
def withdraw(*, comment: Comment, subject: models.Model, by: Person, at: datetime) -> None:
    """Take one's own words back; that there were some stays visible."""
    policies.check(by, "talk.say")
    if comment.by_id != by.pk and not policies.may(by, "talk.moderate"):
        raise TalkRefused(_("Only %(person)s can withdraw this comment.") % {"person": comment.by})
    if Comment.objects.filter(pk=comment.pk, withdrawn_at__isnull=True).update(withdrawn_at=at, text=""):
        kind = f"{subject._meta.model_name}.comment-withdrawn"
        journal.record(kind, subject=subject, by=by, data={"comment": comment.pk})
        _hint(subject)


@command
def attach(*, subject: models.Model, name: str, data: bytes, by: Person, at: datetime) -> Attachment:
    """Lay a file beside a thing, once it is known to be what it says."""
    policies.check(by, "talk.attach")
    policies.check(by, subjects.of_row(subject).attach)
    _leave_room(subject, len(data), by, at)
    upload = judge(name, data)
    key = files.new_key()
    files.store(key, upload.data)
    if upload.preview:
        files.store(key + files.PREVIEW, upload.preview)
    attachment = Attachment.objects.create(
        **kind_of(subject), name=upload.name, media_type=upload.media_type, size=len(upload.data),
        sha256=hashlib.sha256(upload.data).hexdigest(), key=key, has_preview=bool(upload.preview), by=by, at=at,
    )
    facts = {"attachment": attachment.pk, "name": attachment.name, "sha256": attachment.sha256}
    journal.record(f"{subject._meta.model_name}.attached", subject=subject, by=by, data=facts)
    _hint(subject)
    return attachment


def _leave_room(subject: models.Model, size: int, by: Person, at: datetime) -> None:
    """Refuse what is too large, and what would fill the disk."""
    megabytes = settings.UPLOAD_MEGABYTES
    if size > megabytes * 1_000_000:
        raise UploadRefused(_("The file has more than %(most)s MB. Make it smaller.") % {"most": megabytes})
    if Attachment.objects.filter(**kind_of(subject), removed_at__isnull=True).count() >= MOST_FILES:
        raise UploadRefused(_("There are %(most)s files already. Remove one first.") % {"most": MOST_FILES})
    mine = Attachment.objects.filter(by=by, at__gt=at - timedelta(days=1)).aggregate(total=Sum("size"))["total"] or 0
    if mine + size > settings.UPLOAD_MEGABYTES_A_DAY * 1_000_000:
        raise UploadRefused(
            _("You have sent %(most)s MB within a day. Send the rest tomorrow, or ask the administrator.")
            % {"most": settings.UPLOAD_MEGABYTES_A_DAY}
        )


@command
def remove(*, attachment: Attachment, subject: models.Model, by: Person, at: datetime) -> None:
    """Take a file away: its bytes go, its name, its fingerprint and who removed it stay."""
    policies.check(by, "talk.attach")
    policies.check(by, subjects.of_row(subject).attach)
    if attachment.by_id != by.pk and not policies.may(by, "talk.moderate"):
        raise TalkRefused(_("Only %(person)s can remove this file.") % {"person": attachment.by})
    if Attachment.objects.filter(pk=attachment.pk, removed_at__isnull=True).update(removed_at=at):
        facts = {"attachment": attachment.pk, "name": attachment.name, "sha256": attachment.sha256}
        journal.record(f"{subject._meta.model_name}.attachment-removed", subject=subject, by=by, data=facts)
        transaction.on_commit(lambda: files.forget(attachment.key))
        _hint(subject)


def sweep(*, at: datetime) -> int:
    """Delete files that no row speaks of any more: their act was rolled back, or a removal was cut short."""
    old = (at - ORPHAN_AFTER).timestamp()
    names = {name.partition(".")[0] for name, written in files.stored() if written < old}
    lost = names - files.spoken_of(names)
    for name in lost:
        files.forget(name)
    return len(lost)


@files.register
def _spoken_of(keys: set[str]) -> set[str]:
    return set(Attachment.objects.filter(key__in=keys, removed_at__isnull=True).values_list("key", flat=True))


def _hint(subject: models.Model) -> None:
    live.push(f"talk.{subject._meta.model_name}-{subject.pk}", "talk")
