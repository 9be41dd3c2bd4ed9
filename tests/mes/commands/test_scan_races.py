"""Scans that meet: double taps, replays with crashes, two stations at once, the last unit, a hold in between."""

import random
import uuid
from decimal import Decimal

from django.db import connection, transaction

from mes.commands.scan_outcomes import ScanOutcome
from mes.models import JobResponse
from plant.models import DeviceEvent, Tracking
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind, Hold, Link, LotBalance, MaterialActual, Move, Visit

HELD_THEN_MOVED = """
SELECT count(*) FROM traceability_move m JOIN traceability_hold h ON h.lot_id = m.lot_id
WHERE pg_xact_commit_timestamp(m.xmin) > pg_xact_commit_timestamp(h.xmin) AND m.to_bucket <> 'SCRAP'
"""


class Crash(Exception):
    """The process dies before it commits."""


def test_double_tap_is_applied_once(at_once):
    world = factories.world(10)
    event = uuid.uuid4()

    outcomes = at_once(*[lambda: world.scan(world.blank.number, event_id=event)] * 8)

    assert [outcome.outcome for outcome in outcomes] == ["accepted"] * 8
    assert sum(not outcome.replayed for outcome in outcomes) == 1
    assert LotBalance.objects.get(lot=world.blank, bucket="ISSUED").quantity == 10


def test_replays_with_crashes_apply_each_scan_once(at_once):
    world = factories.world(200)
    events = [uuid.uuid4() for _ in range(20)]

    def replay(seed: int) -> int:
        dice = random.Random(seed)
        left = list(events)
        while left:
            dice.shuffle(left)
            try:
                with transaction.atomic():
                    world.scan(world.blank.number, event_id=left[-1], quantity=Decimal(2))
                    if dice.random() < 0.2:
                        raise Crash
                left.pop()
            except Crash:
                continue
        return seed

    assert sorted(at_once(*[lambda seed=seed: replay(seed) for seed in range(8)])) == list(range(8))
    assert Move.objects.filter(lot=world.blank, to_bucket="ISSUED").count() == DeviceEvent.objects.count() == 20


def test_two_stations_start_the_same_serial_once(at_once):
    ground.station("MOUNT2")
    world = factories.world(1, Tracking.SERIAL)
    world.stations["MOUNT2"] = ground.station("MOUNT2")
    serial = world.outputs[0].number

    outcomes = at_once(lambda: world.scan(serial, "MOUNT"), lambda: world.scan(serial, "MOUNT2"))

    assert sorted(outcome.outcome for outcome in outcomes) == ["attention", "refused"]
    assert Visit.objects.count() == 1


def test_last_unit_goes_to_exactly_one(at_once):
    world = factories.world(10, Tracking.SERIAL, stock=1000)
    last = ground.received("PCB-LAST", 1)
    [world.scan(lot.number) for lot in world.outputs]

    outcomes = at_once(*[lambda: world.scan(last.number, quantity=Decimal(1)) for _ in range(10)])

    assert sorted(outcome.outcome for outcome in outcomes) == ["accepted"] + ["refused"] * 9
    assert Link.objects.filter(parent=last).count() == MaterialActual.objects.filter(lot=last).count() == 1


def test_second_scan_by_ten_reports_the_lot_once(at_once):
    world = factories.world(5)
    world.ready(5)
    lot = world.outputs[0].number
    world.scan(lot)

    outcomes = at_once(*[lambda: world.scan(lot) for _ in range(10)])

    assert sorted(outcome.outcome for outcome in outcomes) == ["accepted"] + ["refused"] * 9
    assert JobResponse.objects.count() == 1


def test_nothing_moves_after_a_hold(at_once):
    world = factories.world(20, Tracking.SERIAL)
    world.ready(20)
    by = ground.person("QE", "QUALITY_ENGINEER")
    serials = world.outputs

    def hold() -> list[Hold]:
        return [
            holds.place(target=Target.lot(lot), cause=Cause(CauseKind.PERSON, "x"), reason="Stop", by=by, at=NOW)
            for lot in serials
        ]

    def work() -> list[ScanOutcome]:
        return [world.scan(lot.number) for lot in serials for _ in range(2)]

    results = at_once(hold, work, work)

    assert [error for error in results if isinstance(error, Exception)] == []
    with connection.cursor() as cursor:
        cursor.execute(HELD_THEN_MOVED)
        assert cursor.fetchone()[0] == 0
