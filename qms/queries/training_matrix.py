"""Who is trained on which revision: people by documents, and what is missing."""

from dataclasses import dataclass, field
from datetime import datetime

from plant import scoping
from plant.models import Person, Role
from qms.models import Document, DocumentTraining
from qms.queries import documents

MOST = 30  # documents beside each other


@dataclass(frozen=True, slots=True)
class Cell:
    """How a person stands to a revision: trained since, still to be, or not asked."""

    asked: bool
    training: DocumentTraining | None

    @property
    def tone(self) -> str:
        if self.training:
            return "done"
        return "failed" if self.asked else ""


@dataclass(slots=True)
class Matrix:
    """The revisions in force, the people, and how many cells are still red."""

    documents: list[Document] = field(default_factory=list)
    rows: list[tuple[Person, list[Cell]]] = field(default_factory=list)
    missing: int = 0
    asked: int = 0


def of(viewer: Person, *, at: datetime, kind: str = "", role: str = "") -> Matrix:
    """The matrix of everybody within somebody's reach who gets one of the documents in force."""
    rows = Document.objects.filter(status__in=documents.IN_FORCE, shares__isnull=False).distinct()
    rows = rows.filter(kind=kind) if kind else rows
    found = Matrix(documents=list(rows.order_by("code", "revision")[:MOST]))
    asked = {one.pk: set(documents.audience(one).values_list("pk", flat=True)) for one in found.documents}
    known = {
        (one.document_id, one.person_id): one
        for one in DocumentTraining.objects.filter(document__in=found.documents).select_related("by")
    }
    wanted = set().union(*asked.values(), (person for _document, person in known))
    people = Person.objects.filter(pk__in=wanted, is_active=True).prefetch_related("personrole_set")
    people = people.filter(personrole__role=role) if role in Role.values else people
    for person in scoping.visible(people, viewer).distinct().order_by("number"):
        cells = [
            Cell(person.pk in asked[one.pk], known.get((one.pk, person.pk))) for one in found.documents
        ]
        found.rows.append((person, cells))
        found.asked += sum(cell.asked for cell in cells)
        found.missing += sum(cell.asked and cell.training is None for cell in cells)
    return found

