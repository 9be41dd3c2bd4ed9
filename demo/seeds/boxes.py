"""Magazines with lots in them, and labels that were printed."""

from datetime import datetime
from typing import Any

from demo.seeds.process import site
from mes.commands import carriers
from mes.models import Carrier
from plant.models import Equipment, Person
from traceability.commands import labels as commands
from traceability.models import MaterialLot
from traceability.queries import labels

# code, name, slots, may hold different materials
CARRIERS = [
    ("MAG-01", "Board magazine 料框", 4, False), ("MAG-02", "Board magazine 料框", 4, False),
    ("TRAY-07", "Tray for rework 返修托盘", 6, True),
]
AGAIN = "Label torn at the splice. 标签在接料处撕破。"


def carry(lots: list[MaterialLot], by: Person, at: datetime) -> None:
    """The lots that come next stand in a magazine; one that was in another is out again."""
    for code, name, slots, mixes in CARRIERS:
        Carrier.objects.create(code=code, name=name, site=site(), slots=slots, mixes=mixes)
    first, second = Carrier.objects.get(code="MAG-01"), Carrier.objects.get(code="MAG-02")
    carriers.put(carrier=second, lot=lots[0], by=by, at=at)
    carriers.take_out(carrier=second, by=by, at=at)
    for lot in lots:
        carriers.put(carrier=first, lot=lot, by=by, at=at)


def print_labels(lots: list[MaterialLot], operator: Person, leader: Person, at: datetime) -> None:
    """A label on each raw lot, the first one printed twice; one on the door of each station."""
    for lot in lots:
        stick(labels.lot(lot), operator, at)
    stick(labels.lot(lots[0]), operator, at, AGAIN)
    for station in Equipment.objects.filter(code__in=["L1-PLACE", "L1-REFLOW"]):
        stick(labels.station(station), leader, at)


def stick(thing: Any, by: Person, at: datetime, reason: str = "") -> None:
    """Print one label by its template."""
    form = labels.template(thing)
    drawing = labels.drawing(thing, form, "http://localhost/")
    commands.record_print(thing=thing, drawing=drawing, template=form, by=by, at=at, reason=reason)
