"""Checks by rule with what came of them, and a stop that is put right."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from demo.data import ground, shop_floor
from demo.seeds.floor import Floor, lots_of
from demo.seeds.sensors import COMPONENT
from mes.commands import job_orders, operator_checks, rectifications, stoppages
from mes.commands.data_values import Entered
from mes.models import JobOrder, OperatorCheck, StopScope
from mes.queries import stoppages as stops
from plant.commands import signatures
from plant.models import Equipment, Person
from traceability.models import MaterialLot

A_MINUTE = timedelta(minutes=1)
SOON = timedelta(hours=5)


def tell(floor: Floor, inspector: Person, leader: Person, now: datetime) -> None:
    """One order made with its checks; another one waits for the approval of its first piece."""
    floor.at, line = now - timedelta(days=2), floor.line
    floor.line = "L2"
    done = begin(floor, "ERP-2698", now - timedelta(days=1))
    first, second = lots_of(done)
    for place in ("PLACE", "AOI", "TEST"):
        make(floor, done, first, place, inspector)
    for place in ("PLACE", "AOI", "TEST"):
        floor.work(done, second, place)
    settle(done, leader, floor.at)
    job_orders.complete(job_order=done, by=floor.planner, at=floor.at)
    floor.at = now - timedelta(hours=2)
    running = begin(floor, "ERP-2699", now + timedelta(days=3))
    lots = lots_of(running)
    make(floor, running, lots[0], "PLACE", inspector)
    floor.work(running, lots[1], "PLACE")
    floor.work(running, lots[0], "AOI")
    floor.scan(running, "TEST", lots[0].number)
    check("First piece", running, "1.247", floor.operator, floor.at + A_MINUTE)
    floor.line = line


def begin(floor: Floor, number: str, due_at: datetime) -> JobOrder:
    """An order of two lots on the line, its materials at the first station."""
    job = floor.start(floor.order(number, shop_floor.PRODUCT[0], 2 * shop_floor.PRODUCT[2], "C-HAIYUN", due_at))
    floor.load(job, "PLACE")
    floor.scan(job, "PLACE", floor.stock[COMPONENT].number)
    return job


def make(floor: Floor, job: JobOrder, lot: MaterialLot, place: str, inspector: Person) -> None:
    """One lot through an operation whose first piece is checked; the first test fails and is done again."""
    floor.scan(job, place, lot.number)
    floor.at += 3 * A_MINUTE
    if place == "PLACE":
        check("Paste print of the first board", job, "0.121", floor.operator, floor.at)
    elif place == "TEST":
        check("First piece", job, "1.18", floor.operator, floor.at, remark=shop_floor.FAILED)
        floor.at += 20 * A_MINUTE
        again = check("First piece", job, "1.246", floor.operator, floor.at, remark=shop_floor.MENDED)
        operator_checks.decide(check=again, is_good=True, by=inspector, at=floor.at + 4 * A_MINUTE)
    floor.at += 5 * A_MINUTE
    floor.scan(job, place, lot.number)


def settle(job: JobOrder, leader: Person, at: datetime) -> None:
    """What is still due when the work is done: the patrol is left out."""
    for one in OperatorCheck.objects.filter(job_segment__job_order=job, status="DUE"):
        operator_checks.waive(check=one, reason=shop_floor.LEFT_OUT, by=leader, at=at)


def check(name: str, job: JobOrder, value: str, by: Person, at: datetime, *, remark: str = "") -> OperatorCheck:
    """Carry out a check that is due; a value out of its limits fails it."""
    found = OperatorCheck.objects.get(rule__name=name, job_segment__job_order=job, status="DUE")
    item = found.rule.items.get()
    return operator_checks.carry_out(
        check=found, entered=[Entered(item, value)], is_good=True, remark=remark, by=by, at=at
    )


def stand_still(people: Sequence[Person], now: datetime) -> None:
    """A screwdriver stood this morning; it runs again, and one thing that puts it right is still open."""
    operator, leader, mechanic, manager = people
    station, at = Equipment.objects.get(code="L2-SCREW"), now - SOON
    stop = stoppages.stop(scope=StopScope.STATION, equipment=station, reason=shop_floor.STOP, by=operator, at=at)
    todo, evidence = shop_floor.CABLE
    cable = rectifications.ask(
        stoppage=stop, what=todo, owner=mechanic, by=leader, at=at + 6 * A_MINUTE, due_at=at + timedelta(hours=3),
        before_resume=True,
    )
    rectifications.ask(
        stoppage=stop, what=shop_floor.AISLE, owner=mechanic, by=leader, at=at + 8 * A_MINUTE,
        due_at=now + timedelta(days=2),
    )
    done = rectifications.finish(rectification=cable, evidence=evidence, by=mechanic, at=at + 50 * A_MINUTE)
    rectifications.verify(rectification=done, is_good=True, by=leader, at=at + 70 * A_MINUTE)
    stop.refresh_from_db()
    stoppages.resume(
        stoppage=stop, reason=shop_floor.GO_ON, by=manager, at=at + 75 * A_MINUTE, password=ground.PASSWORD,
        seen_hash=signatures.content_hash(stops.content(stop)),
    )
