"""Who had a hand in a document, by the record book."""

from django.db import models
from django.db.models import Q

from plant.models import JournalEntry

WRITING = Q(kind__endswith="created") | Q(kind__endswith="changed") | Q(kind__endswith="line-added") | Q(
    kind__endswith="line-removed") | Q(kind__endswith="lines-brought")


def of(row: models.Model) -> set[str]:
    """The numbers of everybody who wrote or changed it; what a system wrote is nobody's."""
    entries = JournalEntry.objects.filter(WRITING, subject_kind=row._meta.model_name, subject_id=str(row.pk))
    return set(entries.values_list("actor", flat=True))
