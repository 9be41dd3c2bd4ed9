"""What tablets did without network and could not be done any more."""

from django.db.models import QuerySet

from mes.models import LateRefusal
from plant.models import Equipment


def every() -> "QuerySet[LateRefusal]":
    """All of them, open and seen to."""
    return LateRefusal.objects.select_related("station", "by", "seen_by")


def open_at(station: Equipment) -> list[LateRefusal]:
    """Those of a station that nobody has seen to, newest first."""
    return list(every().filter(station=station, seen_at__isnull=True).order_by("-at")[:50])
