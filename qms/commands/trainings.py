"""Who knows which revision: somebody signs that they understood it, or whoever taught others signs for them."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal, signatures
from plant.locks import lock
from plant.models import Meaning, Person, PersonKind
from plant.transactions import command
from qms.commands.documents import DocumentRefused
from qms.models import Document, DocumentStatus, DocumentTraining, TrainingHow
from qms.queries import documents as reading

KNOWN = (DocumentStatus.APPROVED, DocumentStatus.EFFECTIVE)
MOST = 60


@command
def read(
    *, document: Document, seen_hash: str, by: Person, at: datetime, password: str = "", by_badge: bool = False
) -> DocumentTraining:
    """Sign that one has read and understood this revision. Signed before, the first signature stands.

    by_badge    at a station, by badge and PIN that were asked for at this very act
    """
    policies.check(by, "document.sign")
    fresh = _locked(document)
    known = DocumentTraining.objects.filter(document=fresh, person=by).first()
    if known is not None:
        return known
    reason = _("Read and understood")
    signature = signatures.sign(
        subject=fresh, meaning=Meaning.READ, content=reading.seen(fresh), seen_hash=seen_hash, password=password,
        by_badge=by_badge, reason=reason, by=by, at=at,
    )
    made = DocumentTraining.objects.create(
        document=fresh, person=by, how=TrainingHow.READ, by=by, signature=signature, at=at
    )
    journal.record("document.read", subject=fresh, by=by, data={"person": by.number})
    return made


@command
def teach(
    *, document: Document, people: Sequence[Person], reason: str, password: str, seen_hash: str, by: Person,
    at: datetime,
) -> list[DocumentTraining]:
    """Sign that one has taught people this revision; those who know it already are left as they are."""
    policies.check(by, "document.teach")
    fresh = _locked(document)
    pupils = [one for one in people if one.pk != by.pk and one.kind == PersonKind.HUMAN]
    if len(pupils) < len(people):
        raise DocumentRefused(_("Nobody teaches themselves. Sign your own reading on the document's page."))
    knowing = set(fresh.trainings.filter(person__in=pupils).values_list("person", flat=True))
    fresh_ones = [one for one in dict.fromkeys(pupils) if one.pk not in knowing]
    if not fresh_ones or len(fresh_ones) > MOST:
        message = _("Choose between one and %(most)s people who are not trained on it yet.")
        raise DocumentRefused(message % {"most": MOST}, facts={"field": "people"})
    content = {**reading.seen(fresh), "taught": sorted(one.number for one in fresh_ones)}
    if seen_hash != signatures.content_hash(reading.seen(fresh)):
        message = _("This document changed after you opened it. Reload the page and read it again.")
        raise signatures.SignatureRefused(message)
    signature = signatures.sign(
        subject=fresh, meaning=Meaning.READ, content=content, seen_hash=signatures.content_hash(content),
        password=password, reason=reason, by=by, at=at,
    )
    made = [
        DocumentTraining.objects.create(
            document=fresh, person=one, how=TrainingHow.TAUGHT, by=by, signature=signature, at=at
        )
        for one in fresh_ones
    ]
    data = {"people": [one.number for one in fresh_ones]}
    journal.record("document.taught", subject=fresh, by=by, reason=reason, data=data)
    return made


def _locked(document: Document) -> Document:
    fresh = lock(Document.objects.filter(pk=document.pk))[0]
    if fresh.status not in KNOWN:
        message = _("%(document)s is “%(status)s”. What is approved or in effect is read and taught.")
        raise DocumentRefused(message % {"document": fresh, "status": fresh.get_status_display()})
    return fresh
