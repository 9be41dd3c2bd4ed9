"""What ran on a machine between two moments, and what was held there."""

from datetime import datetime

from django.db.models import F, Func, Prefetch, Q
from psycopg2.extras import DateTimeTZRange

from plant.models import Equipment
from traceability.models import Hold, Stream, TargetKind, Visit
from traceability.queries import corrections

LIMIT = 500


def visits(equipment: Equipment, *, from_at: datetime, to_at: datetime, limit: int = LIMIT) -> list[Visit]:
    """The stays of lots at the equipment or at its parts that touch the window, newest first."""
    rows = Visit.objects.filter(
        Q(equipment=equipment) | Q(equipment__parent=equipment) | Q(equipment__parent__parent=equipment),
        during__overlap=DateTimeTZRange(from_at, to_at),
    )
    rows = rows.select_related("lot__material", "lot__supplier", "person", "equipment")
    rows = rows.prefetch_related(Prefetch("corrections", corrections.APPROVED))
    return list(rows.order_by(Func(F("during"), function="lower").desc(), "-pk")[:limit])


def holds(equipment: Equipment, *, limit: int = 50) -> list[Hold]:
    """When and why this equipment was stopped by a hold, newest first."""
    rows = Hold.objects.filter(target_kind=TargetKind.EQUIPMENT, target_id=equipment.code)
    return list(rows.select_related("placed_by", "released_by").order_by("-placed_at")[:limit])


def streams(equipment: Equipment) -> list[Stream]:
    """What is read at the equipment."""
    rows = Stream.objects.filter(equipment=equipment, active=True)
    return list(rows.select_related("parameter__unit"))
