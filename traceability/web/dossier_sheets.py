"""A lot's whole record on paper: the six M of its making, what rooms above know of it, where it is, its curves."""

from collections.abc import Iterable
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from plant.models import Person
from plant.printing import Sheet, Table, amount, facts_of, text
from plant.web import on_paper
from traceability.models import MaterialLot
from traceability.queries import curves, dossier
from traceability.queries.dossier import Dossier, Operation
from traceability.queries.genealogy import Node
from traceability.queries.surroundings import Summary
from traceability.web import curve_drawing

FACTS = ("material", "kind", "supplier", "supplier_lot", "job_order", "expires_at", "created_at", "site")
MOST_CURVES = 24


def lot(row: MaterialLot, reader: Person) -> Sheet:
    """Everything known about it, as far as its reader reaches, on as many pages as it takes."""
    now = timezone.now()
    record = dossier.for_lot(row, reader=reader, now=now)
    parts = [
        table for part, filled in record.parts
        for table in on_paper.tables(render_to_string(part.template, {"filled": filled}))
    ]
    return Sheet(
        kind=str(row.get_kind_display()), number=row.number, title=str(row.material),
        state=str(row.get_status_display()), facts=facts_of(row, FACTS), tables=[*own(record), *parts],
        drawings=list(drawn(record)),
    )


def own(record: Dossier) -> Iterable[Table]:
    """Where it is, what it was made from, man, machine, material, method, environment, holds."""
    yield Table(
        _("Where it is"), [_("Where"), _("Place"), _("Quantity")],
        [(str(spot.get_bucket_display()), spot.place, amount(spot.quantity)) for spot in record.balances], (2,),
    )
    yield Table(
        _("Genealogy"), [_("From"), _("Into"), _("Quantity"), _("Operation"), _("At")],
        [(_named(one.parent), _named(one.child), amount(one.quantity), text(one.operation), text(one.at))
         for one in record.steps], (2,),
    )
    yield Table(
        _("People and machines"),
        [_("Operation"), _("Lot"), _("Equipment"), _("Operator"), _("From"), _("To"), _("Result")],
        [_stay(one) for one in record.operations],
    )
    yield Table(
        _("What went in at each operation"),
        [_("Operation"), _("Lot"), _("Material"), _("Quantity"), _("Into"), _("By"), _("At")],
        [
            (text(one.operation), _("Belongs elsewhere") if one.lot_id in record.elsewhere else one.lot.number,
             str(one.lot.material), f"{amount(one.quantity)} {one.lot.material.unit.symbol}",
             one.link.child.number if one.link else "–", f"{one.person.number} {one.person.name}", text(one.at))
            for one in record.consumed
        ], (3,),
    )
    for title, pick in ((_("Process values"), lambda one: one.process), (_("Ambient values"), lambda one: one.ambient)):
        yield Table(
            title, [_("Operation"), _("Lot"), _("Value"), _("Lowest"), _("Mean"), _("Highest"), _("Source")],
            [_value(one, value) for one in record.operations for value in pick(one)], (3, 4, 5),
        )
    yield Table(
        _("Holds"), [_("Placed"), _("Reason"), _("By"), _("Released")],
        [(text(one.placed_at), str(one.reason), str(one.placed_by), text(one.released_at)) for one in record.holds],
    )


def drawn(record: Dossier) -> Iterable[tuple[str, str]]:
    """The curves of each stay: what instruments of the machine read, and what was around it."""
    now, left = timezone.now(), MOST_CURVES
    for one in record.operations:
        for ambient, values in ((False, one.process), (True, one.ambient)):
            if values and left:
                left -= 1
                found = curves.of_visit(one.visit, now=now, ambient=ambient)
                title = f"{one.visit.operation or one.visit.equipment.code} · {one.visit.lot.number}"
                yield from ((f"{title} · {curve.name} [{curve.unit}]", picture) for curve in found
                            if (picture := curve_drawing.svg(curve)))


def _stay(one: Operation) -> tuple[str, ...]:
    visit = one.visit
    return (
        text(visit.operation), visit.lot.number, str(visit.equipment), f"{visit.person.number} {visit.person.name}",
        text(visit.during.lower), text(visit.during.upper), text(visit.result),
    )


def _value(one: Operation, value: Summary) -> tuple[str, ...]:
    by_hand = _("by hand") if value.by_hand else _("by itself")
    parts = (value.low, value.mean, value.high)
    numbers = ("–" if part is None else amount(Decimal(str(round(part, 4)))) for part in parts)
    unit = value.stream.parameter.unit.symbol
    return (text(one.visit.operation), one.visit.lot.number, f"{value.name} [{unit}]", *numbers, by_hand)


def _named(node: Node) -> str:
    """The number, or that it is another site's."""
    return node.number or _("Belongs elsewhere")
