"""Acts of a tablet: once, in the order of its queue with its scans, never signed; what came too late is kept."""

import threading
import uuid
from datetime import timedelta
from decimal import Decimal
from itertools import count

import pytest
from django.db import connection

from mes.commands import late_refusals, scans, tablet_acts
from mes.commands.everyday import Turn
from mes.models import DataItem, DataValue, LateRefusal, ScanQueue, Segment
from plant import fresh
from plant.models import DeviceEvent, Role
from plant.policies import Forbidden
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories
from tests.mes import packed as world
from traceability.models import LabelKind, LabelTemplate
from traceability.queries import packing

QUEUE = uuid.UUID(int=7)


def send(act, code="", number=None, event=None, at=NOW, made_at=None, quantity=None, station="MOUNT", **words):
    turn = Turn(QUEUE, number, ()) if number else None
    return tablet_acts.accept(
        act=act, words=words, code=code, station=ground.station(station), event_id=event or uuid.uuid4(),
        by=world.packer(), at=at, quantity=quantity, device="T1", device_at=made_at, turn=turn,
    )


@pytest.fixture
def carton(db):
    world.goods("L1")
    return world.unit()


def test_a_carton_is_packed_closed_and_its_label_scanned_back(carton):
    assert send("pack", "L1", unit=carton.number).outcome == "accepted"
    assert send("close", unit=carton.number).outcome == "accepted"
    assert send("verify", f"]C100{carton.number}", unit=carton.number).code == "not-printed"
    assert packing.by_number(carton.number).status == "CLOSED"


def test_a_mixed_lot_is_refused_and_the_alarm_stays(carton):
    send("pack", "L1", unit=carton.number)
    world.goods("L2")
    assert send("pack", "L2", unit=carton.number).code == "mixed-lot"
    assert packing.filled(carton) == 10


def test_a_truck_takes_what_belongs_on_it_and_nothing_else(db):
    world.goods("L1"), world.goods("X1", code="OTHER")
    shipment = world.shipment()
    assert send("load", "X1", shipment=shipment.number).code == "wrong-item"
    assert send("load", "L1", shipment=shipment.number).outcome == "accepted"


def test_goods_go_to_the_store_and_lots_are_put_away(db):
    lot, _store = world.goods("L1"), world.store()
    assert send("store", "L1", place="FG").outcome == "accepted"
    assert send("move", "L1", quantity=Decimal(4), place="MOUNT").outcome == "accepted"
    assert {row.place: row.quantity for row in lot.balances.filter(quantity__gt=0)} == {"FG": 6, "MOUNT": 4}
    assert send("move", "L1", place="OVEN", station="OVEN").code == "several-places"


def test_a_part_of_what_was_issued_comes_back_and_only_from_this_station(db):
    lot, _store = world.goods("L1"), world.store()
    send("move", "L1", place="MOUNT")
    assert send("return", "L1", quantity=Decimal(3), place="FG").outcome == "accepted"
    assert {row.place: row.quantity for row in lot.balances.filter(quantity__gt=0)} == {"FG": 3, "MOUNT": 7}
    assert send("return", "L1", quantity=Decimal(8), place="FG").outcome == "refused"
    assert send("return", "L1", place="FG", station="OVEN").code == "wrong-place"
    assert send("return", "L1", place="MOUNT").code == "wrong-place"
    assert send("return", "NONE", place="FG").code == "unknown-lot"
    assert {row.place: row.quantity for row in lot.balances.filter(quantity__gt=0)} == {"FG": 3, "MOUNT": 7}


def test_the_same_event_again_is_answered_and_not_done_again(carton):
    event = uuid.uuid4()
    answers = [send("pack", "L1", event=event, unit=carton.number, quantity=Decimal(2)) for _ in range(3)]
    assert [answer.replayed for answer in answers] == [False, True, True]
    assert packing.filled(carton) == 2
    assert send("pack", "L2", event=event, unit=carton.number).code == "event-id-reused"


def test_acts_and_scans_share_one_order(carton):
    with pytest.raises(scans.TooEarly):
        send("pack", "L1", 2, unit=carton.number)
    job = ground.person("OP", Role.OPERATOR)
    scans.accept(code="NOPE", station=ground.station("MOUNT"), event_id=uuid.uuid4(), by=job, at=NOW, device="T1",
                 turn=Turn(QUEUE, 1))
    assert send("pack", "L1", 2, unit=carton.number).outcome == "accepted"
    assert ScanQueue.objects.get().last_seq == 2


@pytest.mark.parametrize("act", ["sign", "release", "dispose", "approve", "nonsense"])
def test_signed_acts_are_never_kept(db, act):
    with pytest.raises(tablet_acts.NoAct):
        send(act, number=1)
    assert (DeviceEvent.objects.count(), ScanQueue.objects.count()) == (0, 0)


def test_who_may_not_is_refused(db):
    with pytest.raises(Forbidden):
        tablet_acts.accept(act="store", words={"place": "FG"}, code="L1", station=ground.station(), at=NOW,
                           event_id=uuid.uuid4(), by=ground.person("INS", Role.INSPECTOR))


def test_a_hold_placed_meanwhile_counts_and_the_leader_sees_it(carton):
    world.hold(world.goods("L2"))
    late = send("pack", "L2", made_at=NOW - timedelta(minutes=10), unit=carton.number)
    row = LateRefusal.objects.get()
    assert (late.outcome, row.scanned, row.reason) == ("refused", "L2", late.message)
    late_refusals.see_to(refusal=row, answer="Put aside", by=world.packer(), at=NOW)
    with pytest.raises(late_refusals.NotSeenTo):
        late_refusals.see_to(refusal=row, answer="Again", by=world.packer(), at=NOW)


def test_what_is_refused_at_once_is_told_at_once_only(carton):
    send("pack", "NOPE", made_at=NOW - timedelta(seconds=2), unit=carton.number)
    assert LateRefusal.objects.count() == 0


def test_values_are_kept_in_their_turn(db):
    made = factories.world(5)
    first = Segment.objects.get(code="MOUNT")
    item = DataItem.objects.create(segment=first, name="Torque", kind="NUMBER", low=4, high=5)
    fresh.forget_all()
    made.ready(5)
    made.scan(made.outputs[0].number)
    lot = made.outputs[0].number
    answer = tablet_acts.accept(
        act="data", words={"lot": lot, "values": {str(item.pk): "4,5"}}, code=lot, station=made.stations["MOUNT"],
        event_id=uuid.uuid4(), by=made.operator, at=NOW, device="T1",
    )
    assert (answer.outcome, DataValue.objects.get().number) == ("accepted", Decimal("4.5"))


def test_an_unlabelled_carton_is_stopped_at_the_truck(carton):
    LabelTemplate.objects.create(kind=LabelKind.CARTON, symbology="GS1_128", width=105, height=74, needs_check=True)
    send("pack", "L1", unit=carton.number)
    send("close", unit=carton.number)
    assert send("load", carton.number, shipment=world.shipment().number).code == "not-labelled"


ACTS = 2000


def test_two_thousand_kept_acts_drain_in_order_while_live_scans_go_on(committed_db):
    """One tablet sends what it kept, another one scans on; nothing is lost, doubled or out of order."""
    lot, place, live = world.goods("L1", ACTS), [world.store(), ground.station("MOUNT")], []
    made, over, ids = factories.world(200), threading.Event(), count(1)

    def scan_on():
        while not over.wait(0.03):  # a hand between two scans
            event = uuid.UUID(int=10**9 + next(ids))
            live.append(made.scan(made.blank.number, event_id=event, quantity=Decimal("0.01"), device="T2").outcome)
        connection.close()

    other = threading.Thread(target=scan_on)
    other.start()
    world.store()
    for number in range(1, ACTS + 1):
        to = place[number % 2].code
        event = uuid.UUID(int=number)
        assert send("move", lot.number, number, event=event, place=to, made_at=NOW - timedelta(1)).outcome == "accepted"
    over.set()
    other.join()
    kept = DeviceEvent.objects.filter(device="T1").order_by("pk")
    assert [event.event_id.int for event in kept] == list(range(1, ACTS + 1))
    assert (ScanQueue.objects.get(id=QUEUE).last_seq, lot.moves.exclude(from_bucket="RECEIVED").count()) == (ACTS, ACTS)
    assert len(live) > 50
    assert set(live) == {"accepted"}
