"""A carrier stands for its lots: in and out of slots, never mixed unasked, started and ended as one."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mes.commands import carriers as commands
from mes.models import CarriedLot, Carrier
from mes.queries import carriers
from plant.errors import Refusal
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind, Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """Three lots of five boards; everything for them lies at the first station."""
    made = factories.world(15)
    made.ready(15)
    return made


def tray(code="T1", slots=3, **more):
    return Carrier.objects.create(code=code, slots=slots, site=ground.site(), **more)


def put(one, lot, at=NOW, **more):
    return commands.put(carrier=one, lot=lot, by=ground.person("OP", "OPERATOR"), at=at, **more)


def loaded(world, **more):
    one = tray(**more)
    for lot in world.outputs:
        put(one, lot)
    return one


def test_lots_take_the_next_free_slot_or_the_one_that_is_said(world):
    one, lots = tray(), world.outputs
    slots = [put(one, lots[0]).slot, put(one, lots[1], slot=3).slot, put(one, lots[2]).slot]

    assert slots == [1, 3, 2]


@pytest.mark.parametrize(("slot", "told"), [(1, "is not free"), (9, "is not free")])
def test_a_taken_or_missing_slot_is_refused(world, slot, told):
    one = tray()
    put(one, world.outputs[0])
    with pytest.raises(Refusal, match=told):
        put(one, world.outputs[1], slot=slot)


def test_a_full_carrier_and_a_lot_in_another_one_are_refused(world):
    one, other = tray(slots=1), tray("T2")
    put(one, world.outputs[0])
    with pytest.raises(Refusal, match="is full"):
        put(one, world.outputs[1])
    with pytest.raises(Refusal, match="is in T1, slot 1, already"):
        put(other, world.outputs[0])


def test_mixing_is_refused_unless_the_carrier_may(world):
    one, free = tray(), tray("T2", mixes=True)
    put(one, world.outputs[0])
    with pytest.raises(Refusal, match="may not be mixed"):
        put(one, world.blank)
    put(free, world.outputs[1])
    put(free, world.blank)

    assert [row.lot.number for row in carriers.inside(free)] == [world.outputs[1].number, world.blank.number]


def test_a_held_lot_goes_into_no_carrier(world):
    hold(world.outputs[0])
    with pytest.raises(Refusal):
        put(tray(), world.outputs[0])


def hold(lot):
    by = ground.person("QE", "QUALITY_ENGINEER")
    holds.place(target=Target.lot(lot), cause=Cause(CauseKind.PERSON, "x"), reason="Bent", by=by, at=NOW)


def test_one_scan_starts_all_of_them_and_the_next_one_ends_them(world):
    one = loaded(world)

    started = world.scan("T1", at=NOW)
    ended = world.scan("T1", at=NOW + timedelta(minutes=30))

    assert (started.outcome, started.facts["done"], ended.facts["done"]) == ("accepted", "started", "finished")
    times = {(visit.during.lower, visit.during.upper) for visit in Visit.objects.all()}
    assert times == {(NOW, NOW + timedelta(minutes=30))}
    [run] = carriers.runs(one)
    assert (len(run.visits), run.share.others, run.share.seconds) == (3, 2, 600)


def test_all_or_none_with_the_slot_that_stops_it(world):
    loaded(world)
    hold(world.outputs[1])

    outcome = world.scan("T1")

    assert (outcome.outcome, outcome.code) == ("refused", "held")
    assert outcome.message.startswith("Slot 2 of T1: ")
    assert Visit.objects.count() == 0


def test_an_uneven_carrier_is_scanned_one_by_one(world):
    loaded(world)
    world.scan(world.outputs[0].number)

    assert world.scan("T1").code == "carrier-uneven"
    assert Visit.objects.filter(during__upper_inf=False).count() == 0


def test_an_empty_carrier_says_so(world):
    tray()

    assert world.scan("T1").code == "carrier-empty"


def test_emptied_its_lots_may_go_into_another_one(world):
    one = loaded(world)
    count = commands.take_out(carrier=one, by=ground.person("OP", "OPERATOR"), at=NOW)

    assert (count, CarriedLot.objects.filter(taken_at__isnull=True).count()) == (3, 0)
    assert put(tray("T2"), world.outputs[0]).slot == 1


def test_the_page_puts_in_takes_out_and_empties(client, world):
    tray()
    client.force_login(ground.person("LEAD", "TEAM_LEADER"))
    for lot in world.outputs:
        client.post(reverse("mes:carrier-put", args=["T1"]), {"lot": lot.number})
    client.post(reverse("mes:carrier-take-out", args=["T1"]), {"lot": world.outputs[0].number})
    shown = client.get(reverse("mes:carrier-detail", args=["T1"])).content.decode()

    assert world.outputs[1].number in shown
    assert client.get(reverse("mes:carrier-list")).status_code == 200
    client.post(reverse("mes:carrier-empty", args=["T1"]))
    refused = client.post(reverse("mes:carrier-put", args=["T1"]), {"lot": world.outputs[0].number, "slot": "9"})
    assert refused.status_code == 409
