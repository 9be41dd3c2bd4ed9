"""Which holds stand, and on what."""

from collections.abc import Iterable

from django.db.models import Q

from plant.models import Equipment
from traceability.gate import operation_id
from traceability.models import Hold, MaterialLot, TargetKind


def open_on(lot: MaterialLot) -> list[Hold]:
    """The holds that stop this lot, oldest first."""
    rows = Hold.objects.filter(lot=lot, released_at__isnull=True)
    return list(rows.select_related("placed_by").order_by("placed_at"))


def blocking(
    *, lots: Iterable[MaterialLot] = (), equipment: Iterable[Equipment] = (), job_orders: Iterable[str] = (),
    operations: Iterable[tuple[str, str]] = (),
) -> list[Hold]:
    """Every open hold that reaches one of these; equipment is stopped by a hold on whatever it is part of."""
    reach = Q(lot__in=[lot.pk for lot in lots if lot.open_holds])
    reach |= Q(target_kind=TargetKind.EQUIPMENT, target_id__in=codes_upwards(equipment))
    reach |= Q(target_kind=TargetKind.JOB_ORDER, target_id__in=[number for number in job_orders if number])
    reach |= Q(target_kind=TargetKind.OPERATION, target_id__in=[operation_id(*one) for one in operations])
    return list(Hold.objects.filter(reach, released_at__isnull=True).order_by("placed_at", "id"))


def codes_upwards(equipment: Iterable[Equipment]) -> list[str]:
    """The codes of the equipment and of everything it is part of."""
    codes: list[str] = []
    for one in equipment:
        here: Equipment | None = one
        while here is not None:
            codes.append(here.code)
            here = here.parent
    return codes
