"""The everyday way of a scan does what the patient way does, or nothing at all."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from mes.commands import everyday, scans
from plant.models import Equipment
from tests.factories import NOW
from tests.mes import factories
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind, Link, LotBalance, MaterialActual, MaterialLot, Move

pytestmark = pytest.mark.django_db
TABLES = {Move: {"id"}, Link: {"id"}, MaterialActual: {"id", "move_id", "link_id"}, LotBalance: {"id"}}


@pytest.fixture
def waiting():
    """A lot of five stands at the first station and waits for five blanks and ten screws."""
    world = factories.world(10)
    world.scan(world.outputs[0].number)
    return world


def rows():
    """Everything the ledger holds, without the numbers that the database gives."""
    return [
        sorted(str({key: value for key, value in row.items() if key not in hidden}) for row in model.objects.values())
        for model, hidden in TABLES.items()
    ]


def sent(world, lot, **more):
    """A component as a tablet sends it."""
    words = {"station": world.stations["MOUNT"], "job_order": world.job.number, "quantity": None, "way": "SCAN", **more}
    fields = {"event_id": uuid.uuid4(), "digest": "x", "device": "T", "device_at": None, "turn": None}
    return everyday.Sent(code=lot.number, by=world.operator, at=NOW, **fields, **words)


def take(world, lot, **more):
    """What the everyday way did, if it did."""
    taken = everyday.take_in(sent(world, lot, **more))
    return (taken.into, taken.amount, taken.symbol) if taken.into else None


@pytest.mark.parametrize("quantity", [None, Decimal(1), Decimal("2.5")])
def test_both_ways_write_the_same_and_say_the_same(waiting, quantity):
    scan = sent(waiting, waiting.blank, quantity=quantity)
    point = transaction.savepoint()
    quick = scans.answer(scan, everyday.take_in(scan))
    left = rows()
    transaction.savepoint_rollback(point)

    patient = scans.apply(scan)

    assert quick == patient
    assert left == rows()


def test_half_of_it_is_taken_before_the_rest(waiting):
    taken = [take(waiting, waiting.screws, quantity=Decimal(4))[1] for _ in range(2)]

    assert taken == [Decimal(4), Decimal(4)]
    assert take(waiting, waiting.screws, quantity=Decimal(4)) is None
    assert take(waiting, waiting.screws)[1] == Decimal(2)


@pytest.mark.parametrize("quantity", ["0", "-1", "6", "0.0000001", "NaN", "Infinity", "1e400"])
def test_an_amount_that_makes_no_sense_is_left_to_the_patient_way(waiting, quantity):
    assert take(waiting, waiting.blank, quantity=Decimal(quantity)) is None
    assert Move.objects.filter(to_bucket="CONSUMED").count() == 0


@pytest.mark.parametrize("what", ["lot", "output", "station", "line", "job"])
def test_whatever_is_held_is_left_to_the_patient_way(waiting, what):
    station = waiting.stations["MOUNT"]
    target = {
        "lot": lambda: Target.lot(waiting.blank), "output": lambda: Target.lot(waiting.outputs[0]),
        "station": lambda: Target.equipment(station, waiting.job.site),
        "line": lambda: Target.equipment(station.parent, waiting.job.site),
        "job": lambda: Target.job_order(waiting.job.number, waiting.job.site),
    }[what]()
    holds.place(target=target, cause=Cause(CauseKind.PERSON, "x"), reason="Look", by=waiting.operator, at=NOW)

    assert take(waiting, waiting.blank) is None
    assert waiting.scan(waiting.blank.number).code == "held"


def test_an_expired_lot_is_left_to_the_patient_way(waiting):
    MaterialLot.objects.filter(pk=waiting.blank.pk).update(expires_at=NOW - timedelta(seconds=1))

    assert take(waiting, waiting.blank) is None
    assert waiting.scan(waiting.blank.number).code == "lot-expired"


def test_another_station_another_job_and_another_code_are_left_to_the_patient_way(waiting):
    elsewhere = Equipment.objects.get(code="OVEN")

    assert take(waiting, waiting.blank, station=elsewhere) is None
    assert take(waiting, waiting.blank, job_order="WO-NONE") is None
    assert take(waiting, waiting.outputs[0]) is None
    assert everyday.plain_number("\x00") is None


def test_it_is_one_statement(waiting, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert take(waiting, waiting.blank) is not None
