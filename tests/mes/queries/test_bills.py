"""What work orders take: pass-through levels opened, substitutes beside each line, one meaning for each scan."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from psycopg2.extras import DateTimeTZRange

from mes.models import JobMaterial, MaterialSpecification, WorkMaster
from mes.queries import bills
from plant.models import MaterialDefinition
from tests import factories as ground
from tests.factories import NOW
from tests.mes import bills_world as bill
from tests.mes import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def board():
    ground.station("MOUNT")
    factories.order()
    return WorkMaster.objects.get(code="BOARD")


def told(master, at=NOW):
    """Material → quantity and what may stand in for it, with its ratio."""
    codes = dict(MaterialDefinition.objects.values_list("pk", "code"))
    return {
        codes[need.material_id]: (need.quantity_per, [(codes[one.material_id], one.ratio) for one in need.stand_ins])
        for need in bills.of_master(master, at)
    }


def test_a_bill_is_taken_as_listed(board):
    assert told(board) == {"PCB": (1, []), "SCREW": (2, [])}


def test_levels_are_opened_through_and_added_up(board):
    bill.kit("FIXINGS", SCREW="3", WASHER="0.5")
    bill.kit("PACK", FIXINGS="2", LABEL="1")
    MaterialSpecification.objects.filter(material__code="FIXINGS").update(is_phantom=True)
    bill.passed_through("PACK", "4")

    assert told(board) == {"PCB": (1, []), "SCREW": (2 + 24, []), "WASHER": (4, []), "LABEL": (4, [])}


def test_a_level_that_contains_itself_is_refused(board):
    bill.kit("LOOP")
    bill.passed_through("LOOP", "1", "PACK", "LOOP")
    bill.passed_through("LOOP")

    with pytest.raises(bills.BadBill, match="goes in a circle"):
        bills.of_master(board, NOW)


def test_a_level_that_nobody_described_is_refused_before_the_routing_counts(board):
    bill.passed_through("NOTHING")

    assert "nobody has said what it is made of" in bills.why_not(board, NOW)


def test_substitutes_come_by_priority_while_they_hold(board):
    bill.allow("SCREW-B", priority=20)
    bill.allow("SCREW-A", priority=5, ratio="2.5")
    bill.allow("SCREW-OLD", effective=DateTimeTZRange(None, NOW - timedelta(days=1)))

    assert told(board)["SCREW"] == (2, [("SCREW-A", Decimal("2.5")), ("SCREW-B", 1)])


def test_a_material_has_one_meaning_at_an_operation(board):
    bill.allow("SCREW", "PCB")
    bill.allow("BOTH", "PCB", priority=9)
    bill.allow("BOTH", "SCREW", priority=1)

    assert told(board) == {"PCB": (1, []), "SCREW": (2, [("BOTH", 1)])}


def test_a_work_order_keeps_the_list_it_was_planned_with(board):
    bill.allow("SCREW-B", ratio="2")
    job = factories.released()
    MaterialSpecification.objects.update(quantity_per=9)
    bill.allow("SCREW-C")

    rows = JobMaterial.objects.filter(job_order=job).order_by("pk")
    listed = [(row.material.code, row.quantity_per, row.stands_for and row.stands_for.material.code) for row in rows]
    assert listed == [("PCB", 1, None), ("SCREW", 2, None), ("SCREW-B", 2, "SCREW")]
    assert [use.needed for use in bills.uses(job)] == [10, 20, 40]


def test_the_database_knows_one_meaning(board):
    job = factories.released()
    row = JobMaterial.objects.filter(job_order=job).first()

    with pytest.raises(IntegrityError), transaction.atomic():
        JobMaterial.objects.create(
            job_order=job, segment=row.segment, material=row.material, quantity_per=1, stands_for=row, ratio=2
        )
