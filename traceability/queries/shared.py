"""What material knows that pieces share: lots behind them, suppliers' lots, machines, hours at machines, people."""

from collections import defaultdict
from collections.abc import Iterator

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from traceability import factors
from traceability.factors import Sample, Shared
from traceability.models import ActualKind, MaterialActual, MaterialLot, Visit


@factors.register
def lots(sample: Sample) -> Iterator[Shared]:
    """Each lot behind the pieces, and each supplier's lot."""
    holders: dict[int, set[int]] = defaultdict(set)
    for piece, above in sample.above.items():
        for lot in above:
            if lot != piece:
                holders[lot].add(piece)
    by_supplier: dict[tuple[str, str], set[int]] = defaultdict(set)
    for one in MaterialLot.objects.filter(pk__in=holders).select_related("material", "supplier"):
        label = f"{one.number} · {one.material}"
        yield Shared(_("Lot"), label, frozenset(holders[one.pk]), (("kind", "lot"), ("code", one.number)))
        if one.supplier_lot and one.supplier is not None:
            by_supplier[one.supplier.code, one.supplier_lot] |= holders[one.pk]
    for (supplier, number), pieces in by_supplier.items():
        start = (("kind", "supplier-lot"), ("code", number), ("more", supplier))
        yield Shared(_("Supplier's lot"), f"{number} · {supplier}", frozenset(pieces), start)


@factors.register
def machines(sample: Sample) -> Iterator[Shared]:
    """Each machine, and each hour at one."""
    holders = _holders(sample)
    stays: dict[int, list[Visit]] = defaultdict(list)
    for visit in sample.visits:
        stays[visit.equipment_id].append(visit)
    for visits in stays.values():
        code = visits[0].equipment.code
        pieces = {piece for visit in visits for piece in holders[visit.lot_id]}
        label = f"{code} {visits[0].equipment.name}"
        yield Shared(_("Machine"), label, frozenset(pieces), (("kind", "equipment"), ("code", code)))
        hours: dict[str, set[int]] = defaultdict(set)
        for visit in visits:
            hours[localtime(visit.during.lower).strftime("%Y-%m-%dT%H")] |= holders[visit.lot_id]
        for hour, there in hours.items():
            start = (("kind", "equipment"), ("code", code), ("from_at", f"{hour}:00"), ("to_at", f"{hour}:59"))
            yield Shared(_("Hour at a machine"), f"{code} · {hour.replace('T', ' ')}:00–59", frozenset(there), start)


@factors.register
def people(sample: Sample) -> Iterator[Shared]:
    """Whoever worked on them or on what is in them."""
    holders = _holders(sample)
    pieces: dict[tuple[str, str], set[int]] = defaultdict(set)
    for visit in sample.visits:
        pieces[visit.person.number, visit.person.name] |= holders[visit.lot_id]
    used = MaterialActual.objects.filter(
        kind=ActualKind.CONSUMED, link__child__in=sample.lots, link__reversed_by__isnull=True
    )
    rows = used.values_list("link__child", "person__number", "person__name").distinct()
    for lot, number, name in rows:
        pieces[number, name] |= holders[lot]
    for (number, name), found in pieces.items():
        yield Shared(_("Person"), f"{number} {name}", frozenset(found), (("kind", "person"), ("code", number)))


def _holders(sample: Sample) -> dict[int, set[int]]:
    """Lot → the pieces that hold some of it, themselves included."""
    holders: dict[int, set[int]] = defaultdict(set)
    for piece, above in sample.above.items():
        for lot in above:
            holders[lot].add(piece)
    return holders
