"""Scans at a station that are refused, and what the operator is told."""

from datetime import timedelta
from decimal import Decimal

import pytest

from mes.commands import job_orders
from mes.models import JobOrder
from plant import fresh
from plant.models import DeviceEvent, Equipment, EquipmentState, PersonQualification, Qualification
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind, Visit

pytestmark = pytest.mark.django_db


def test_accept_refuses_a_skipped_operation():
    world = factories.world()

    outcome = world.scan(world.outputs[0].number, "OVEN")

    assert (outcome.outcome, outcome.code, outcome.facts["at"]) == ("refused", "wrong-operation", ["MOUNT"])
    assert Visit.objects.count() == 0


def test_accept_refuses_a_repeated_operation():
    world = factories.world()
    world.ready()
    world.scan(world.outputs[0].number)
    world.scan(world.outputs[0].number)

    assert world.scan(world.outputs[0].number).code == "wrong-operation"


def test_accept_refuses_a_held_lot_and_names_the_nonconformance():
    world = factories.world()
    world.ready()
    lot = world.outputs[0]
    by = ground.person("QE", "QUALITY_ENGINEER")
    cause = Cause(CauseKind.NONCONFORMANCE, "NCR7")
    hold = holds.place(target=Target.lot(lot), cause=cause, reason="Too hot", by=by, at=NOW)

    outcome = world.scan(lot.number)

    assert (outcome.outcome, outcome.code) == ("refused", "held")
    assert (outcome.facts["hold"], outcome.facts["nonconformance"]) == (hold.pk, "NCR7")


def test_accept_tells_the_hold_before_the_wrong_operation():
    world = factories.world()
    cause = Cause(CauseKind.NONCONFORMANCE, "NCR7")
    holds.place(target=Target.lot(world.outputs[0]), cause=cause, reason="Too hot", by=world.operator, at=NOW)

    outcome = world.scan(world.outputs[0].number, "TEST")

    assert (outcome.code, outcome.facts["nonconformance"]) == ("held", "NCR7")


def test_accept_refuses_a_held_line():
    world = factories.world()
    target = Target.equipment(ground.line(), ground.site())
    holds.place(target=target, cause=Cause(CauseKind.PERSON, "x"), reason="Fire", by=world.operator, at=NOW)

    assert world.scan(world.outputs[0].number).code == "held"


def test_accept_refuses_a_station_in_alarm():
    world = factories.world()
    Equipment.objects.filter(code="MOUNT").update(state=EquipmentState.ALARM)

    assert world.scan(world.outputs[0].number).code == "equipment-down"


@pytest.mark.parametrize(("code", "slug"), [
    ("NOPE", "unknown-code"), ("A" * 4096, "barcode-too-long"), ("L1\u202e", "barcode-characters"),
    ("(01)09521234543214", "barcode-gs1"), ("<script>alert(1)</script>", "unknown-code"),
])
def test_accept_refuses_what_it_does_not_know_and_keeps_it(code, slug):
    world = factories.world()

    outcome = world.scan(code)

    assert (outcome.outcome, outcome.code) == ("refused", slug)
    assert DeviceEvent.objects.get().answer["code"] == slug


def test_accept_refuses_foreign_material():
    world = factories.world()
    ground.received("GLUE-1", material=ground.material("GLUE"))

    assert world.scan("GLUE-1").code == "wrong-material"


def test_accept_refuses_expired_material():
    world = factories.world()
    ground.received("PCB-OLD", expires_at=NOW + timedelta(hours=1))

    assert world.scan("PCB-OLD", at=NOW + timedelta(hours=2)).code == "lot-expired"


@pytest.mark.parametrize("quantity", ["11", "NaN", "-1", "Infinity", "0.0000001"])
def test_accept_refuses_quantities_beyond_the_job_or_reason(quantity):
    world = factories.world(10)

    assert world.scan(world.blank.number, quantity=Decimal(quantity)).outcome == "refused"


def test_accept_refuses_a_lot_of_another_order():
    world = factories.world()
    world.job.number = "WO-OTHER"
    JobOrder.objects.filter(pk=world.job.pk).update(number="WO-OTHER")

    assert world.scan(world.outputs[0].number if world.outputs else first_lot()).code == "foreign-lot"


def first_lot() -> str:
    return Visit.lot.field.related_model.objects.exclude(job_order="").order_by("pk")[0].number


def test_accept_refuses_a_paused_and_a_closed_order():
    world = factories.world()
    world.scan(world.job.number)
    job_orders.pause(job_order=world.job, reason="Lunch", by=world.operator, at=NOW)

    assert world.scan(world.outputs[0].number).code == "job-not-running"


def test_accept_refuses_an_unqualified_operator():
    world = factories.world()
    skill = Qualification.objects.create(code="SOLDER", name="Soldering")
    world.job.work_master.segments.update(qualification=skill)
    fresh.forget_all()
    lot = world.outputs[0].number

    before = world.scan(lot)
    PersonQualification.objects.create(person=world.operator, qualification=skill, valid_from=NOW - timedelta(days=1))

    assert (before.code, world.scan(lot).outcome) == ("not-qualified", "attention")
