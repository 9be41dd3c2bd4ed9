"""Documents read: the one in effect, who gets a revision and who knows it, what is signed, what is due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from plant import files
from plant.models import Equipment, Person, PersonKind
from plant.queries import places
from qms.models import Document, DocumentShare, DocumentStatus, DocumentTraining

IN_FORCE = (DocumentStatus.APPROVED, DocumentStatus.EFFECTIVE)
SHOWN = (DocumentStatus.DRAFT, DocumentStatus.REVIEW, *IN_FORCE)
RELATED = ("author", "owner", "approved_by")
A_MONTH = timedelta(days=30.4375)


def listing() -> QuerySet[Document]:
    """Every revision, with how many know it."""
    return Document.objects.select_related(*RELATED).annotate(trained=Count("trainings"))


def by_id(pk: int) -> Document:
    """One revision."""
    return get_object_or_404(Document.objects.select_related(*RELATED), pk=pk)


def url(document: Document) -> str:
    return reverse("qms:document-detail", args=[document.pk])


def in_effect(codes: Iterable[str], at: datetime) -> QuerySet[Document]:
    """The revisions of some documents that count at a moment: one of each at most."""
    return Document.objects.filter(code__in=list(codes), effective__contains=at, status__in=[*IN_FORCE, "OBSOLETE"])


def revisions(document: Document) -> list[Document]:
    """Every revision of a document, the newest first."""
    return list(Document.objects.filter(code=document.code).select_related(*RELATED).order_by("-revision"))


def review_due(document: Document, start: datetime) -> datetime | None:
    """When it is to be looked over again; never where it says no months."""
    return start + document.review_months * A_MONTH if document.review_months else None


def seen(document: Document) -> dict[str, Any]:
    """What is signed: the revision as its page shows it, its file by what its bytes add up to."""
    return {
        "document": str(document), "kind": document.kind, "title": [document.name, document.name_zh],
        "change": document.change, "issuer": [document.issuer, document.edition], "file": document.file,
        "sha256": document.sha256, "pages": document.pages, "author": document.author.number,
        "shares": sorted(told(one) for one in shares(document)),
        "demands": sorted(
            "|".join([one.operation, one.material.code if one.material else "", one.skill.code if one.skill else ""])
            for one in document.demands.select_related("material", "skill")
        ),
    }


def shares(document: Document) -> list[DocumentShare]:
    """Who gets a revision."""
    return list(document.shares.select_related("place", "person").order_by("pk"))


def told(share: DocumentShare) -> str:
    """One line of a distribution, for what is signed."""
    place, person = share.place, share.person
    return f"{share.role}|{place.code if place else ''}|{person.number if person else ''}|{share.must_read}"


def audience(document: Document) -> QuerySet[Person]:
    """Everybody who gets a revision and must say that they understood it."""
    asked = Q(pk__in=[])
    for one in shares(document):
        if one.must_read:
            asked |= _among(one)
    people = Person.objects.filter(asked, kind=PersonKind.HUMAN, is_active=True, partner__isnull=True)
    return people.distinct().order_by("number")


def _among(share: DocumentShare) -> Q:
    if share.person_id:
        return Q(pk=share.person_id)
    found = Q(personrole__role=share.role) if share.role else Q()
    return found & _works_at(share.place) if share.place else found


def _works_at(place: Equipment) -> Q:
    """Whoever is limited to the place, to what is in it or to what it is in; else those of the whole site."""
    around = {one.pk for one in places.within(place)}
    above: Equipment | None = place
    while above is not None:
        around.add(above.pk)
        above = above.parent
    site = places.site_of(place)
    return Q(places__equipment__in=around) | Q(places__isnull=True) & (Q(site=site) | Q(site__isnull=True))


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who gets a revision, and since when they know it."""

    person: Person
    training: DocumentTraining | None


def readers(document: Document) -> list[Reader]:
    """Those who must know a revision and those who do, the untrained first."""
    known = {one.person_id: one for one in document.trainings.select_related("person", "by")}
    people = {one.pk: one for one in audience(document)} | {key: one.person for key, one in known.items()}
    found = [Reader(person, known.get(key)) for key, person in people.items()]
    return sorted(found, key=lambda one: (one.training is not None, one.person.number))


def to_read(person: Person, most: int = 50) -> list[Document]:
    """What somebody has to read and has not signed yet, what counts soonest first."""
    mine = Q(person=person) | Q(person__isnull=True, role__in=["", *person.roles])
    rows = DocumentShare.objects.filter(mine, must_read=True, document__status__in=IN_FORCE)
    rows = rows.exclude(document__trainings__person=person).select_related("document", "place")
    rows = rows.order_by("document__effective", "pk")
    near = {one.document_id: one.document for one in rows if _reaches(one, person)}
    return list(near.values())[:most]


def _reaches(share: DocumentShare, person: Person) -> bool:
    if share.person_id or share.place is None:
        return True
    return Person.objects.filter(_works_at(share.place), pk=person.pk).exists()


def to_look_over(person: Person) -> list[Document]:
    """What somebody has to look over within a month."""
    rows = Document.objects.filter(owner=person, status=DocumentStatus.EFFECTIVE)
    return list(rows.filter(due_at__lte=timezone.now() + A_MONTH).order_by("due_at")[:50])


def overdue(at: datetime) -> QuerySet[Document]:
    """What is in effect and should have been looked over by now."""
    rows = Document.objects.filter(status=DocumentStatus.EFFECTIVE, due_at__lte=at)
    return rows.select_related("owner").order_by("due_at")


def to_turn(at: datetime) -> list[Document]:
    """What was approved for a day that has come."""
    return list(Document.objects.filter(status=DocumentStatus.APPROVED, effective__startswith__lte=at))


@files.register
def spoken_of(keys: set[str]) -> set[str]:
    """Of some keys of files, those that a document shows."""
    return set(Document.objects.filter(key__in=keys).values_list("key", flat=True))
