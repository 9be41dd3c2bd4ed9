"""Where the parts of a serial sit, by the positions that the bill of its work order names."""

from collections.abc import Sequence

from mes import positions
from mes.models import JobMaterial
from mes.positions import Fitted
from traceability.models import LotKind, MaterialActual, MaterialLot
from traceability.queries import as_built


@as_built.register
def sits(unit: MaterialLot, actuals: Sequence[MaterialActual]) -> dict[int, tuple[str, ...]]:
    """Consumption → the positions of its parts in a serial; nothing for a lot of many pieces, or where no bill says."""
    if unit.kind != LotKind.SERIAL or not unit.job_order:
        return {}
    rows = JobMaterial.objects.filter(job_order__number=unit.job_order).exclude(positions="").select_related("segment")
    listed = {(row.segment.code, row.material_id): row for row in rows}
    lines: dict[int, list[MaterialActual]] = {}
    for one in actuals:
        row = listed.get((one.operation, one.lot.material_id))
        if row is not None:
            lines.setdefault(row.stands_for_id or row.pk, []).append(one)
    places = {row.stands_for_id or row.pk: positions.names(row.positions) for row in listed.values()}
    found: dict[int, tuple[str, ...]] = {}
    for line, parts in lines.items():
        found |= positions.of_parts(places[line], [told(one) for one in parts])
    return found


def told(one: MaterialActual) -> Fitted:
    """A consumption as the rule of positions sees it."""
    back = getattr(one.link, "reversed_by", None)
    before = getattr(one, "replaces", None)
    return Fitted(one.pk, one.quantity, one.at, back.at if back else None, before.taken_out_id if before else None)


def newest(unit: MaterialLot, part: MaterialLot) -> tuple[str, ...]:
    """Where the part that went into a serial last belongs."""
    now, _gone = as_built.of_unit(unit)
    rows = [one for one in now if one.actual.lot_id == part.pk]
    return rows[-1].places if rows else ()
