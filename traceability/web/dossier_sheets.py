"""A lot's whole record on paper: the six M of its making, what rooms above know of it, where it is, its curves."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import partial
from itertools import chain, islice

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from plant.models import Person
from plant.printing import Rows, Sheet, Table, amount, facts_of, text
from plant.web import on_paper
from traceability.models import MaterialActual, MaterialLot, Move, Visit
from traceability.queries import curves, dossier_rows
from traceability.queries.dossier_rows import Whole
from traceability.queries.genealogy import Node
from traceability.queries.surroundings import Summary
from traceability.web import curve_drawing

FACTS = ("material", "kind", "supplier", "supplier_lot", "job_order", "expires_at", "created_at", "site")
MOST_CURVES = 24


def lot(row: MaterialLot, reader: Person) -> Sheet:
    """Everything known about it, as far as its reader reaches; long tables read their rows while they are written."""
    record = dossier_rows.whole(row, reader=reader, now=timezone.now())
    parts = [
        table for part, filled in record.parts
        for table in on_paper.tables(render_to_string(part.template, {"filled": filled}))
    ]
    return Sheet(
        kind=str(row.get_kind_display()), number=row.number, title=str(row.material),
        state=str(row.get_status_display()), facts=facts_of(row, FACTS), tables=[*own(record), *parts],
        drawings=list(drawn(record)),
    )


def own(record: Whole) -> Iterable[Table]:
    """Where it is, what it was made from, man, machine, material, method, environment, ledger, holds."""
    yield Table(
        _("Where it is"), [_("Where"), _("Place"), _("Quantity")],
        [(str(spot.get_bucket_display()), spot.place, amount(spot.quantity)) for spot in record.balances], (2,),
    )
    yield Table(
        _("Genealogy"), [_("From"), _("Into"), _("Quantity"), _("Operation"), _("At")],
        Rows(lambda: edges(record)), (2,),
    )
    yield Table(
        _("People and machines"),
        [_("Operation"), _("Lot"), _("Equipment"), _("Operator"), _("From"), _("To"), _("Result"), _("Source")],
        Rows(lambda: (_stay(visit) for visits in record.visits() for visit in visits)),
    )
    yield Table(
        _("What went in at each operation"),
        [_("Operation"), _("Lot"), _("Material"), _("Quantity"), _("Into"), _("By"), _("At"), _("Source")],
        Rows(lambda: (_consumed(one, is_elsewhere) for one, is_elsewhere in record.consumed())), (3,),
    )
    for title, ambient in ((_("Process values"), False), (_("Ambient values"), True)):
        yield Table(
            title, [_("Operation"), _("Lot"), _("Value"), _("Lowest"), _("Mean"), _("Highest"), _("Source")],
            Rows(partial(values, record, ambient)), (3, 4, 5),
        )
    yield Table(
        _("Ledger"), [_("At"), _("From"), _("To"), _("Quantity"), _("Work order"), _("By"), _("Reason")],
        Rows(lambda: (_move(one) for one in record.moves())), (3,),
    )
    yield Table(
        _("Holds"), [_("Placed"), _("Reason"), _("By"), _("Released")],
        [(text(one.placed_at), str(one.reason), str(one.placed_by), text(one.released_at)) for one in record.holds],
    )


def edges(record: Whole) -> Iterator[tuple[str, ...]]:
    """Every edge of the genealogy around the lot."""
    lots = record.trace.by_id
    for one in record.trace.edges:
        parent, child = lots[one.parent], lots[one.child]
        yield _named(parent), _named(child), amount(one.quantity), text(one.operation), text(one.at)


def values(record: Whole, ambient: bool) -> Iterator[tuple[str, ...]]:
    """What instruments read during each stay, at the machine or around it."""
    return (
        _value(stay.visit, value) for stay in record.stays() for value in stay.values if value.is_ambient == ambient
    )


def drawn(record: Whole) -> Iterable[tuple[str, str]]:
    """The curves of the first stays: what instruments of the machine read, and what was around it."""
    left = MOST_CURVES
    for visit in islice(chain.from_iterable(record.visits()), MOST_CURVES):
        for ambient in (False, True):
            found = curves.of_visit(visit, now=record.now, ambient=ambient) if left else []
            left -= bool(found)
            title = f"{visit.operation or visit.equipment.code} · {visit.lot.number}"
            yield from ((f"{title} · {curve.name} [{curve.unit}]", picture) for curve in found
                        if (picture := curve_drawing.svg(curve)))


def _stay(visit: Visit) -> tuple[str, ...]:
    return (
        text(visit.operation), visit.lot.number, str(visit.equipment), f"{visit.person.number} {visit.person.name}",
        text(visit.during.lower), text(visit.during.upper), text(visit.result), came(visit.get_way_display()),
    )


def _consumed(one: MaterialActual, is_elsewhere: bool) -> tuple[str, ...]:
    return (
        text(one.operation), _("Belongs elsewhere") if is_elsewhere else one.lot.number, str(one.lot.material),
        f"{amount(one.quantity)} {one.lot.material.unit.symbol}", one.link.child.number if one.link else "–",
        f"{one.person.number} {one.person.name}", text(one.at), came(one.get_way_display()),
    )


def _move(one: Move) -> tuple[str, ...]:
    return (
        text(one.at), f"{one.get_from_bucket_display()} {one.from_place}".strip(),
        f"{one.get_to_bucket_display()} {one.to_place}".strip(),
        f"{amount(one.quantity)} {one.lot.material.unit.symbol}", text(one.job_order), str(one.person), one.reason,
    )


def _value(visit: Visit, value: Summary) -> tuple[str, ...]:
    by_hand = _("by hand") if value.by_hand else _("by itself")
    parts = (value.low, value.mean, value.high)
    numbers = ("–" if part is None else amount(Decimal(str(round(part, 4)))) for part in parts)
    unit = value.stream.parameter.unit.symbol
    return (text(visit.operation), visit.lot.number, f"{value.name} [{unit}]", *numbers, by_hand)


def came(way: object) -> str:
    """How something came in; of old records nobody knows."""
    return str(way or _("Not recorded"))


def _named(node: Node) -> str:
    """The number, or that it is another site's."""
    return node.number or _("Belongs elsewhere")
