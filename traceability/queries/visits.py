"""Which lot stood where, and when."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from psycopg2.extras import DateTimeTZRange

from traceability.models import Visit


def lots_at(*, equipment_ids: Iterable[int], from_at: datetime, to_at: datetime) -> list[int]:
    """The ids of the lots that stood at the equipment at any time in (from_at, to_at], ascending."""
    window = DateTimeTZRange(from_at, to_at, "(]")
    rows = Visit.objects.filter(equipment__in=list(equipment_ids), during__overlap=window)
    return sorted(set(rows.values_list("lot_id", flat=True)))


def open_at(*, equipment_ids: Iterable[int]) -> list[Visit]:
    """The visits that have not ended."""
    rows = Visit.objects.filter(Q(during__upper_inf=True), equipment__in=list(equipment_ids))
    return list(rows.select_related("lot__material", "person", "equipment").order_by("id"))
