"""Reading what was taken in from files."""

from django.db.models import QuerySet

from plant.models import ImportStatus, MasterImport


def last(label: str) -> MasterImport | None:
    """The import of a kind that could be undone: the last one written, if it was not undone."""
    newest = MasterImport.objects.filter(sheet=label).exclude(status=ImportStatus.CHECKED).order_by("-done_at").first()
    return newest if newest and newest.status == ImportStatus.DONE else None


def latest(label: str, limit: int = 10) -> QuerySet[MasterImport]:
    """The imports of a kind that were written, newest first."""
    done = MasterImport.objects.filter(sheet=label).exclude(status=ImportStatus.CHECKED)
    return done.select_related("by").order_by("-done_at")[:limit]
