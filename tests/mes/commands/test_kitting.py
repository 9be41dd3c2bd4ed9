"""Nothing is released that can't be made: shortages by time, substitutes, what-if, and who answers for going on."""

from datetime import timedelta
from decimal import Decimal

import pytest

from mes.commands import job_orders, kitting, plans, shortages
from mes.models import JobOrder, MaterialSpecification, Segment
from mes.queries import kitting as query
from mes.queries.kitting import WhatIf
from plant.errors import Refusal
from plant.models import JournalEntry
from tests import factories as ground
from tests.factories import NOW
from tests.mes import bills_world as bill
from tests.mes import factories
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def stock():
    """Ten blanks and thirty screws; a board takes one and two."""
    for code in ("MOUNT", "OVEN", "TEST"):
        ground.station(code)
    blanks = ground.received("PCB-1", 10)
    return blanks, ground.received("SCREW-1", 30, material=ground.material("SCREW"))


def planned(quantity=10, days=1, number="PO1"):
    return plans.plan(
        work_request=factories.order(quantity, number=number), quantity=Decimal(quantity), by=factories.planner(),
        at=NOW, planned_start_at=NOW + timedelta(days=days), due_at=factories.LATER,
    )


def kit(job, **supposed):
    return query.kits([job], at=NOW, what_if={job.pk: WhatIf(**supposed)})[0]


def short(found):
    return {line.material.code: line.short for line in found.short}


def release(job, **more):
    return job_orders.release(job_order=job, by=factories.planner(), at=NOW, **more)


def test_a_complete_order_is_released(stock):
    job = planned()

    assert [(line.needed, line.covered) for line in kit(job).lines] == [(10, 10), (20, 20)]
    assert release(job).status == "RELEASED"


def test_earlier_orders_are_served_first(stock):
    first, second = planned(8, days=1), planned(8, days=2, number="PO2")

    assert (short(kit(first)), short(kit(second))) == ({}, {"PCB": 6, "SCREW": 2})
    assert short(kit(second, start_at=NOW)) == {}
    assert short(kit(second, quantity=Decimal(2))) == {}
    assert JobOrder.objects.get(pk=second.pk).quantity == 8


def test_what_is_released_is_served_before_what_is_planned_earlier(stock):
    later, sooner = planned(8, days=2), planned(8, days=1, number="PO2")
    release(later, despite_shortage="Customer waits.")

    assert short(kit(sooner)) == {"PCB": 6, "SCREW": 2}


def test_held_and_expired_stock_does_not_count(stock):
    job = planned()
    ground.received("PCB-2", 50, expires_at=NOW + timedelta(hours=3))
    holds.place(
        target=Target.lot(stock[1]), cause=Cause(CauseKind.PERSON, "x"), reason="Rust", at=NOW,
        by=ground.person("QE", "QUALITY_ENGINEER"),
    )

    assert short(kit(job)) == {"SCREW": 20}
    assert short(kit(job, quantity=Decimal(40))) == {"PCB": 30, "SCREW": 80}
    assert short(kit(job, quantity=Decimal(40), start_at=NOW)) == {"SCREW": 80}


def test_substitutes_are_offered_and_counted(stock):
    factories.order(number="PO0")
    bill.allow("SCREW-B", ratio="2")
    ground.received("B-1", 15, material=ground.material("SCREW-B"))
    job = planned(20)

    screws = kit(job).lines[1]
    assert (screws.missing, screws.short) == (10, Decimal("2.5"))
    assert [(one.material.code, one.amount, one.covers) for one in screws.offers] == [("SCREW-B", 15, Decimal("7.5"))]


def test_each_substitute_counts_only_for_what_the_ones_before_it_leave(stock):
    factories.order(number="PO0")
    for code, ratio, priority, there in (("SCREW-B", "2", 1, 12), ("SCREW-C", "3", 2, 100), ("SCREW-D", "1", 3, 100)):
        bill.allow(code, ratio=ratio, priority=priority)
        ground.received(f"{code}-1", there, material=ground.material(code))
    first, second = planned(20), planned(20, days=2, number="PO2")

    def offered(job):
        return [(one.material.code, one.amount, one.covers) for one in kit(job).lines[1].offers]

    # Ten are missing: six by twelve B at two each, four by twelve C at three each; D is not needed.
    assert offered(first) == [("SCREW-B", 12, 6), ("SCREW-C", 12, 4)]
    # Forty are missing of the next: what is left of C makes 29 and a third, D the rest.
    assert [code for code, _amount, _covers in offered(second)] == ["SCREW-C", "SCREW-D"]
    assert short(kit(second)) == {"PCB": 20}
    assert kit(second).lines[1].short == 0


def test_what_another_operation_lists_is_not_taken_away_as_a_substitute(stock):
    factories.order(number="PO0")
    bill.allow("NUT", priority=1)
    oven = Segment.objects.get(code="OVEN")
    MaterialSpecification.objects.create(segment=oven, material=ground.material("NUT"), quantity_per=1)
    ground.received("NUT-1", 25, material=ground.material("NUT"))

    found = {(line.operation, line.material.code): line for line in kit(planned(20)).lines}

    assert found["OVEN", "NUT"].short == 0
    assert [(one.material.code, one.amount) for one in found["MOUNT", "SCREW"].offers] == [("NUT", 5)]
    assert found["MOUNT", "SCREW"].short == 5


def test_an_order_without_any_substitute_in_stock_is_not_complete_with_substitutes(stock):
    factories.order(number="PO0")
    bill.allow("SCREW-B", ratio="2")
    found = kit(planned(20))
    assert (found.is_substituted, short(found)) == (False, {"PCB": 10, "SCREW": 10})


def test_release_refuses_and_says_everything_that_is_missing(stock):
    with pytest.raises(kitting.Short) as refused:
        release(planned(20))

    assert refused.value.facts == {"short": {"PCB": "10", "SCREW": "10"}}
    assert "10 pcs PCB, 10 pcs SCREW" in str(refused.value)


def test_a_planner_may_answer_for_it_and_a_program_may_not(stock):
    job = planned(20)
    erp = ground.person("ERP", kind="INTEGRATION")
    with pytest.raises(Refusal) as refused:
        job_orders.release(job_order=job, by=erp, at=NOW, despite_shortage="?")

    release(job, despite_shortage="Truck at noon.")

    entry = JournalEntry.objects.get(kind="joborder.released")
    assert refused.value.code == "forbidden"
    assert (entry.reason, entry.data["short of"]) == ("Truck at noon.", {"PCB": "10.000000", "SCREW": "10.000000"})


def test_what_was_taken_is_not_needed_again():
    world = factories.world(10, stock=5)
    world.scan(world.outputs[0].number)
    world.scan(world.blank.number)

    lines = {line.material.code: line.needed for line in kit(world.job).lines}

    assert lines == {"PCB": 5, "SCREW": 20}


def test_a_station_calls_and_the_feed_carries_it():
    world = factories.world()
    shortages.call(
        station=world.stations["MOUNT"], job_order=world.job, material=world.screws.material, quantity=Decimal(40),
        by=world.operator, at=NOW, note="Box empty",
    )

    entry = JournalEntry.objects.get(kind="joborder.short")
    assert {key: entry.data[key] for key in ("material", "quantity", "station", "operation", "work_request")} == {
        "material": "SCREW", "quantity": "40", "station": "MOUNT", "operation": "MOUNT", "work_request": "PO1",
    }


def test_a_station_calls_only_for_what_the_order_takes():
    world = factories.world()

    with pytest.raises(shortages.NotOnTheList):
        shortages.call(
            station=world.stations["MOUNT"], job_order=world.job, material=ground.material("NUT"), quantity=Decimal(1),
            by=world.operator, at=NOW,
        )
