"""What must be read before an operation is begun, and who has not."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils import timezone

from plant import modules
from plant.models import Person
from qms.models import Document, DocumentDemand
from qms.queries import documents

Operation = tuple[str, int | None]  # its code, the skill that it asks for


def of_operations(material_id: int, operations: Iterable[Operation]) -> dict[Operation, frozenset[str]]:
    """For each operation of a material, the numbers of the documents in effect that demand to be known there."""
    asked = list(operations)
    here = Q(operation__in=[code for code, _skill in asked]) | Q(skill__in=[skill for _code, skill in asked if skill])
    rows = DocumentDemand.objects.filter(here, Q(material__isnull=True) | Q(material=material_id))
    rows = rows.filter(document__effective__contains=timezone.now())
    found = list(rows.values_list("operation", "skill_id", "document__code"))
    return {
        (code, skill): frozenset(
            number for operation, needed, number in found if operation == code or (needed and needed == skill)
        )
        for code, skill in asked
    }


def unknown_to(person: Person, codes: Iterable[str], at: datetime) -> list[Document]:
    """Of some documents, the revisions in effect that somebody has not signed for."""
    if not modules.is_on("documents"):
        return []
    rows = documents.in_effect(codes, at).exclude(trainings__person=person)
    return list(rows.order_by("code"))
