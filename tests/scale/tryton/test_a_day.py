"""A day with a living Tryton: its orders are made here, its books follow ours over a line that is cut and replayed."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

import pytest

from integrations.adapters.tryton import ADAPTER
from integrations.adapters.tryton.rpc import Session
from integrations.links import opening, reconciling, work
from integrations.links.commands import beginning, connections, mappings
from integrations.links.queries import mappings as reading
from integrations.links.queries import totals
from integrations.models import Connection, Difference, Direction, Exchange, Mapping, OpenNetwork
from mes.commands import job_orders, reports
from mes.models import JobOrder, WorkRequest
from plant.commands.signatures import content_hash
from plant.models import MaterialDefinition, Unit
from tests.factories import NOW, PASSWORD, line, material, person, received, site, station
from tests.integrations.links import factories
from tests.mes import factories as mes
from tests.mes.factories import World
from tests.scale.tryton import company, server
from tests.scale.tryton.line import Line
from tests.scale.tryton.line import line as wire_to

pytestmark = [pytest.mark.usefixtures("committed_db"), pytest.mark.timeout(240)]


class Clock:
    """Time that goes on by what is said."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self):
        return self.now

    def on(self, **by: int) -> None:
        self.now += timedelta(**by)


@pytest.fixture
def tryton(tmp_path) -> Iterator[server.Server]:
    with server.running(tmp_path) as started:
        company.found(started)
        yield started


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def wire(tryton) -> Iterator[Line]:
    with wire_to(tryton.port) as made:
        yield made


def joined(wire: Line) -> Connection:
    """A connection from the template, its mappings approved by somebody else, switched on."""
    Unit.objects.get_or_create(code="C62", defaults={"name": "piece", "symbol": "pcs"})
    by, other = factories.integrator(), factories.integrator("IT2")
    OpenNetwork.objects.get_or_create(network="127.0.0.0/8", defaults={"why": "this machine"})
    made = beginning.begin(
        template="tryton", code="erp", name="Tryton", site=site(), endpoint=f"http://127.0.0.1:{wire.port}", by=by,
        at=NOW,
    )
    connections.keep_secrets(
        connection=made, secrets={"user": "admin", "password": server.PASSWORD}, by=by, at=NOW
    )
    for row in Mapping.objects.filter(connection=made):
        mappings.submit(mapping=row, by=by, at=NOW)
        row.refresh_from_db()
        seen = content_hash(reading.content(row))
        mappings.approve(mapping=row, reason="Read.", password=PASSWORD, seen_hash=seen, by=other, at=NOW)
    return connections.switch(connection=made, on=True, by=by, at=NOW)


def rounds(clock: Clock, count: int = 1) -> None:
    """What the workers do, so often."""
    for _n in range(count):
        work.fetch(clock=clock)
        work.carry_in(clock=clock)
        work.spread(clock=clock)
        work.hand_over(clock=clock)
        clock.on(minutes=16)


def floor(number: str) -> World:
    """The order of theirs on our line, with material for it."""
    [job] = JobOrder.objects.filter(work_request__number=number)
    despite = {"despite_shortage": "It comes this morning.", "by": mes.planner(), "at": NOW}
    job = job_orders.release(job_order=job, **despite)
    job = job_orders.dispatch(job_order=job, line=line(), **despite)
    stations = {code: station(code) for code in ("MOUNT", "OVEN", "TEST")}
    screws = received("SCREW-1", 1000, material=material("SCREW"))
    return World(job, stations, person("OP", "OPERATOR"), mes.planner(), received("PCB-1", 1000), screws)


def parked() -> list[str]:
    return list(Exchange.objects.filter(status="DEAD").values_list("last_error", flat=True))


def test_a_day_of_work_over_a_line_that_is_cut_ends_with_both_books_equal(tryton, wire, clock):
    with Session(company.link(tryton)) as session:
        number = company.order(session, 10.0)
    for code in ("MOUNT", "OVEN", "TEST"):
        station(code)
    connection = joined(wire)
    work.fetch(clock=clock)
    work.carry_in(clock=clock)
    assert set(MaterialDefinition.objects.values_list("code", flat=True)) >= {"BOARD", "PCB", "SCREW"}
    mes.master(MaterialDefinition.objects.get(code="BOARD"))
    clock.on(minutes=16)
    rounds(clock)
    assert parked() == []
    order = WorkRequest.objects.get(number=number)
    assert (order.quantity, order.status) == (Decimal(10), "RELEASED")

    world = floor(number)
    world.ready(10)
    first, second = world.outputs
    made(world, first)
    rounds(clock)
    wire.is_cut = True  # the line is gone for hours, and work goes on
    made(world, second, scrap=1)
    rounds(clock, 3)
    assert Exchange.objects.filter(direction=Direction.OUT, status="WAITING").exists()
    wire.is_cut = False
    wire.lose(4)  # and when it is back, one answer is lost on the way
    rounds(clock, 8)
    replay(clock)

    assert parked() == []
    adapter, opened = ADAPTER, opening.opened(connection)
    theirs = {(one.measure, one.material): one.quantity for one in adapter.totals(opened, [number])}
    ours = {(one.measure, one.material): one.quantity for one in totals.ours([number])}
    assert theirs == ours
    assert ours == {
        ("YIELD", "BOARD"): 9, ("SCRAP", "BOARD"): 1, ("CONSUMPTION", "PCB"): 10, ("CONSUMPTION", "SCREW"): 20,
    }
    found = reconciling.compare(connection=connection, by=factories.integrator(), at=clock())
    assert (found.orders, found.differing, found.error) == (1, 0, "")
    assert not Difference.objects.exists()


def made(world: World, lot, scrap: int = 0) -> None:
    """A lot of five goes through the line; at the test some may be scrap."""
    for place in ("MOUNT", "OVEN", "TEST"):
        world.scan(lot.number, place)
        bad = {"scrap": Decimal(scrap), "reason": mes.reason()} if place == "TEST" and scrap else {}
        good = Decimal(5 - (scrap if place == "TEST" else 0))
        reports.report(station=world.stations[place], lot=lot, good=good, by=world.operator, at=NOW, **bad)


def replay(clock: Clock) -> None:
    """Everything that was ever told is told once more, to a system that has it."""
    connection = Connection.objects.get()
    adapter, opened = ADAPTER, opening.opened(connection)
    for one in Exchange.objects.filter(direction=Direction.OUT).order_by("seq"):
        newest = Exchange.objects.filter(direction=Direction.OUT, subject=one.subject).latest("seq")
        adapter.send(opened, work.outgoing(newest))
    Connection.objects.update(cursor="", next_fetch_at=clock())
    rounds(clock)
