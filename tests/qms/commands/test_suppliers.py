"""Suppliers: admitted by another than who assessed them, and what the dock makes of lots from anybody else."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from plant.models import Role
from plant.policies import Forbidden
from qms.commands import suppliers
from qms.commands.suppliers import SupplierRefused
from qms.models import SourcePolicy, Supplier, SupplierAssessment
from qms.queries import overdue
from tests import factories
from tests.factories import NOW, person
from tests.qms import sourcing_world as world
from traceability.models import MaterialLot

pytestmark = pytest.mark.django_db


def lot(number, code="ACME"):
    return factories.received(number, supplier=factories.supplier(code) if code else None)


def test_who_assessed_never_decides_and_the_database_asks_for_the_signature():
    one = world.scored()
    with pytest.raises(SupplierRefused) as refused:
        world.decided(one, by=world.engineer())
    assert refused.value.code == "own-work"
    with pytest.raises(DatabaseError, match="signature"), transaction.atomic():
        SupplierAssessment.objects.filter(pk=one.pk).update(
            status="DECIDED", decision="ADMITTED", decided_by=world.manager(), decided_at=NOW
        )

    world.decided(one)

    assert Supplier.objects.get().status == "ADMITTED"


@pytest.mark.parametrize("role", [Role.PLANNER, Role.INSPECTOR, Role.WAREHOUSE, Role.ADMINISTRATOR, Role.VIEWER])
def test_only_quality_decides(role):
    with pytest.raises(Forbidden):
        world.decided(world.scored(), by=person(f"X-{role}", role))


@pytest.mark.parametrize("state", ["OPEN", "DECIDED", "CANCELLED"])
def test_only_what_was_handed_in_is_decided(state):
    one = world.scored()
    if state == "OPEN":
        suppliers.send_back(assessment=one, reason="Look again", by=world.manager(), at=NOW)
    if state == "DECIDED":
        world.decided(one)
    if state == "CANCELLED":
        suppliers.cancel(assessment=one, reason="No more", by=world.engineer(), at=NOW)
    with pytest.raises(SupplierRefused):
        world.decided(one)


def test_too_few_points_for_a_question_admit_only_with_conditions():
    one = world.scored(points=1)
    with pytest.raises(SupplierRefused):
        world.decided(one)
    assert world.decided(one, "CONDITIONAL").percent == 20


def test_a_round_without_all_points_is_not_handed_in():
    one = world.scored()
    suppliers.send_back(assessment=one, reason="Look again", by=world.manager(), at=NOW)
    suppliers.answer(
        assessment=one, points={one.answers.first().pk: None}, remarks={}, by=world.engineer(), at=NOW
    )
    with pytest.raises(SupplierRefused, match="1 questions"):
        suppliers.hand_in(assessment=one, by=world.engineer(), at=NOW)


def test_only_who_was_let_in_is_approved_for_a_material():
    world.card()
    with pytest.raises(SupplierRefused) as refused:
        world.source("ACME", "APPROVED")
    assert refused.value.code == "not-admitted"


def test_a_material_without_a_line_comes_from_anybody():
    assert lot("L1").open_holds == 0


def test_the_dock_holds_or_refuses_whom_the_list_does_not_name():
    world.admitted()
    world.source("ACME", "APPROVED")

    assert lot("L1").open_holds == 0
    lot("L2", "OTHER"), lot("L3", None)
    assert set(MaterialLot.objects.exclude(number="L1").values_list("open_holds", flat=True)) == {1}
    SourcePolicy.objects.create(material=factories.material(), unlisted="REFUSE")
    with pytest.raises(SupplierRefused, match="not approved"), transaction.atomic():
        lot("L4", "OTHER")
    assert not MaterialLot.objects.filter(number="L4").exists()


def test_a_blocked_supplier_is_refused_and_one_whose_approval_ran_out_is_held():
    world.admitted()
    world.source("ACME", "APPROVED", until=NOW + timedelta(days=1))
    lot("L1")
    late = factories.received("L2", supplier=factories.supplier(), at=NOW + timedelta(days=2))
    late.refresh_from_db()
    assert late.open_holds == 1
    world.source("ACME", "BLOCKED")
    with pytest.raises(SupplierRefused):
        lot("L3")


def test_a_paper_that_ran_out_is_told_until_it_is_replaced():
    one, days = world.card(), timedelta(days=30)
    said = {"supplier": one, "name": "ISO 9001", "number": "CN-1", "by": world.engineer(), "at": NOW}
    paper = suppliers.add_paper(due_at=NOW + days, **said)
    later = NOW + 2 * days
    assert paper in overdue.all_of(later)

    suppliers.add_paper(due_at=later + days, **said)

    assert paper not in overdue.all_of(later)
