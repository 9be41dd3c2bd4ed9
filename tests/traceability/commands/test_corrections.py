"""Changes of trace data: proposed by one, approved by another, and nothing of what was recorded is lost."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from plant.commands import signatures
from plant.models import JournalEntry
from plant.policies import Forbidden
from tests import factories as ground
from tests.factories import NOW, PASSWORD
from tests.traceability import worlds
from traceability.commands import actuals
from traceability.commands import corrections as commands
from traceability.commands.corrections import CorrectionRefused, New
from traceability.models import Bucket, Correction, Link, MaterialActual, MaterialLot, Visit
from traceability.queries import corrections as reading
from traceability.queries import genealogy
from traceability.spots import Spot

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return worlds.world()


def leader():
    return ground.person("LEAD", "TEAM_LEADER")


def engineer():
    return ground.person("ENG", "QUALITY_ENGINEER")


def propose(lot, kind, key=0, /, by=None, **new):
    return commands.propose(lot=lot, kind=kind, key=key, new=New(**new), reason="the label was misread",
                            by=by or leader(), at=NOW)


def approve(one, by=None, **more):
    fresh = reading.by_number(one.number)
    given = {"reason": "seen the label", "password": PASSWORD,
             "seen_hash": signatures.content_hash(reading.seen(fresh)), **more}
    return commands.approve(correction=fresh, **given, by=by or engineer(), at=NOW + timedelta(hours=1))


def consumed(here, quantity=10):
    raw, made = worlds.raw(here, "R1"), worlds.made(here, "M1")
    return raw, made, actuals.consume(
        lot=raw, into=made, quantity=Decimal(quantity), source=Spot(Bucket.STOCK), job_order="WO1", operation="SMT",
        equipment=here.oven, by=here.operator, at=worlds.NOON,
    )


def test_nothing_changes_before_somebody_else_has_approved(here):
    lot = worlds.raw(here, "R1")
    one = propose(lot, "SUPPLIER_LOT", text="SL-2")
    before = MaterialLot.objects.get(pk=lot.pk).supplier_lot
    approve(one)
    one.refresh_from_db()
    assert (before, MaterialLot.objects.get(pk=lot.pk).supplier_lot) == ("SL-1", "SL-2")
    assert (one.status, one.old, one.new, one.decided_by, one.signature.person) == (
        "APPROVED", "SL-1", "SL-2", engineer(), engineer())
    assert set(JournalEntry.objects.filter(subject_label="R1").values_list("kind", flat=True)) >= {
        "lot.change-proposed", "lot.corrected"}


def test_who_proposed_never_approves_not_even_in_sql(here):
    one = propose(worlds.raw(here, "R1"), "SUPPLIER_LOT", by=engineer(), text="SL-2")
    with pytest.raises(CorrectionRefused, match=r"yourself|自己"):
        approve(one, by=engineer())
    with pytest.raises(CorrectionRefused):
        commands.refuse(correction=one, reason="no", by=engineer(), at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Correction.objects.filter(pk=one.pk).update(status="REFUSED", decided_by=engineer(), decided_at=NOW)


@pytest.mark.parametrize(("act", "role"), [
    ("propose", "VIEWER"), ("propose", "ADMINISTRATOR"), ("approve", "TEAM_LEADER"), ("approve", "ADMINISTRATOR"),
    ("refuse", "OPERATOR"),
])
def test_roles_that_may_not(here, act, role):
    lot, someone = worlds.raw(here, "R1"), ground.person(f"X-{role}", role)
    one = None if act == "propose" else propose(lot, "SUPPLIER_LOT", text="SL-2")
    acts = {
        "propose": lambda: propose(lot, "SUPPLIER_LOT", by=someone, text="SL-2"),
        "approve": lambda: approve(one, by=someone),
        "refuse": lambda: commands.refuse(correction=one, reason="no", by=someone, at=NOW),
    }
    with pytest.raises(Forbidden):
        acts[act]()


@pytest.mark.parametrize("state", ["APPROVED", "REFUSED", "WITHDRAWN"])
def test_what_is_decided_stays_decided(here, state):
    one = propose(worlds.raw(here, "R1"), "SUPPLIER_LOT", text="SL-2")
    if state == "APPROVED":
        approve(one)
    elif state == "REFUSED":
        commands.refuse(correction=one, reason="no", by=engineer(), at=NOW)
    else:
        commands.withdraw(correction=one, reason="mistaken", by=leader(), at=NOW)
    for act in (lambda: approve(one, by=ground.person("ENG2", "QUALITY_MANAGER")),
                lambda: commands.refuse(correction=one, reason="no", by=engineer(), at=NOW),
                lambda: commands.withdraw(correction=one, reason="x", by=leader(), at=NOW)):
        with pytest.raises(CorrectionRefused):
            act()
    with pytest.raises(DatabaseError), transaction.atomic():
        Correction.objects.filter(pk=one.pk).update(new="something else")


def test_a_wrong_password_or_a_stale_page_signs_nothing(here):
    lot = worlds.raw(here, "R1")
    one = propose(lot, "SUPPLIER_LOT", text="SL-2")
    for wrong in ({"password": "x"}, {"seen_hash": "0" * 64}, {"reason": " "}):
        with pytest.raises(signatures.SignatureRefused):
            approve(one, **wrong)
    MaterialLot.objects.filter(pk=lot.pk).update(supplier_lot="SL-9")
    with pytest.raises(CorrectionRefused) as refused:
        approve(one)
    assert (refused.value.code, Correction.objects.get().status) == ("stale", "PROPOSED")


def test_one_open_proposal_for_a_fact(here):
    lot = worlds.raw(here, "R1")
    propose(lot, "SUPPLIER_LOT", text="SL-2")
    with pytest.raises(CorrectionRefused) as refused:
        propose(lot, "SUPPLIER_LOT", by=engineer(), text="SL-3")
    assert refused.value.code == "proposed-already"
    assert propose(lot, "MADE", moment=NOW - timedelta(days=1)).status == "PROPOSED"


def test_operator_and_equipment_of_an_operation(here):
    made = worlds.made(here, "M1")
    visit, other = worlds.visit(here, made, here.oven, 0), ground.person("1008", "OPERATOR")
    approve(propose(made, "OPERATOR", visit.pk, person=other))
    approve(propose(made, "EQUIPMENT", visit.pk, equipment=here.aoi))
    visit.refresh_from_db()
    assert (visit.person, visit.equipment) == (other, here.aoi)
    assert set(Correction.objects.values_list("old", flat=True)) == {"1007 Wang 1007", str(here.oven)}


def test_nobody_changes_an_operation_beside_the_approval(here):
    visit = worlds.visit(here, worlds.made(here, "M1"), here.oven, 0)
    with pytest.raises(DatabaseError), transaction.atomic():
        Visit.objects.filter(pk=visit.pk).update(equipment=here.aoi)


def test_a_wrong_quantity_is_reversed_and_booked_anew(here):
    raw, made, actual = consumed(here)
    one = propose(made, "CONSUMED", actual.pk, quantity=Decimal(4))
    approve(one)
    one.refresh_from_db()
    stock = {row.bucket: row.quantity for row in raw.balances.all()}
    assert (stock["STOCK"], stock["CONSUMED"]) == (Decimal(96), Decimal(4))
    assert (one.booked.quantity, one.booked.person, one.booked.at) == (Decimal(4), here.operator, worlds.NOON)
    assert MaterialActual.objects.filter(pk=actual.pk, quantity=10).exists()
    assert Link.objects.filter(reverses=actual.link_id).count() == 1
    assert [edge.quantity for edge in genealogy.trace(made).edges] == [Decimal(4)]


def test_another_lot_was_taken_in_truth(here):
    raw, made, actual = consumed(here)
    truth = worlds.raw(here, "R2")
    approve(propose(made, "CONSUMED", actual.pk, lot=truth, quantity=Decimal(10)))
    assert [node.number for node in genealogy.trace(made).upstream] == ["R2"]
    assert raw.balances.get(bucket="STOCK").quantity == Decimal(100)


def test_nothing_was_consumed_in_truth(here):
    _raw, made, actual = consumed(here)
    one = propose(made, "CONSUMED", actual.pk, quantity=Decimal(0))
    approve(one)
    assert (genealogy.trace(made).edges, Correction.objects.get().booked) == ((), None)


def test_another_material_or_more_than_there_is_leaves_everything_as_it_was(here):
    _raw, made, actual = consumed(here)
    with pytest.raises(CorrectionRefused):
        propose(made, "CONSUMED", actual.pk, lot=worlds.made(here, "M2"), quantity=Decimal(1))
    one = propose(made, "CONSUMED", actual.pk, lot=worlds.raw(here, "R3", 5), quantity=Decimal(6))
    with pytest.raises(CorrectionRefused) as refused, transaction.atomic():
        approve(one)
    assert (refused.value.code, Correction.objects.get(pk=one.pk).status) == ("not-there", "PROPOSED")
    assert Link.objects.filter(reverses__isnull=False).count() == 0


def test_a_decided_change_is_never_deleted(here):
    one = propose(worlds.raw(here, "R1"), "SUPPLIER_LOT", text="SL-2")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM traceability_correction WHERE id = %s", [one.pk])
