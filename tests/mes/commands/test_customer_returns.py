"""Complaints and what comes back: known by the number on the label, held at the door, decided and closed by another."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from mes.commands.returns import NotReturned
from plant.models import Role
from plant.policies import Forbidden
from qms import quality_costs
from qms.commands import complaints, escalations, rmas
from qms.commands.complaints import ComplaintRefused
from qms.models import Complaint, CostRate, MaterialCost, ProductFamily, Rma
from qms.queries import complaints as reading
from qms.queries import field_figures, overdue
from tests.factories import NOW, person
from tests.mes import complained as make
from tests.mes import packed
from tests.qms import planning
from traceability.models import Bucket, LotBalance
from traceability.queries import shipments

pytestmark = pytest.mark.django_db


def test_the_number_on_the_label_brings_lot_material_and_customer():
    lot = make.left()
    one = make.complaint(" g1 ")

    assert (one.lot, one.material, one.customer) == (lot, lot.material, packed.customer())
    assert make.complaint("UNKNOWN-7").said_number == "UNKNOWN-7"


def test_a_nonconformance_of_a_complaint_holds_the_lot_and_tells_the_recall_scope():
    lot = make.left()
    packed.goods("G2")
    one = make.accepted("G1")

    case = complaints.open_case(complaint=one, by=make.engineer(), at=NOW)

    assert complaints.open_case(complaint=one, by=make.engineer(), at=NOW) == case
    lot.refresh_from_db()
    assert lot.open_holds == 1
    gone = shipments.left_with([row.lot_id for row in case.lots.all()], make.engineer())
    assert [pick.lot.number for pick in gone] == ["G1"]


def test_who_answered_never_closes_and_the_database_holds_to_it():
    one = make.answered(make.accepted())
    with pytest.raises(ComplaintRefused) as refused:
        complaints.close(complaint=one, reason="Content", by=make.engineer(), at=NOW)
    assert refused.value.code == "own-work"
    with pytest.raises(DatabaseError), transaction.atomic():
        Complaint.objects.filter(pk=one.pk).update(status="CLOSED", closed_by=make.engineer(), closed_at=NOW)

    assert complaints.close(complaint=one, reason="Content", by=make.manager(), at=NOW).status == "CLOSED"


@pytest.mark.parametrize("role", [Role.PLANNER, Role.WAREHOUSE, Role.INSPECTOR, Role.ADMINISTRATOR, Role.CUSTOMER])
@pytest.mark.parametrize("act", ["accept", "answer", "close"])
def test_only_quality_takes_on_answers_and_closes(role, act):
    one, someone = make.complaint(), person(f"X-{role}", role)
    acts = {
        "accept": lambda: complaints.accept(complaint=one, owner=someone, by=someone, at=NOW),
        "answer": lambda: complaints.answer(complaint=one, text="No", by=someone, at=NOW),
        "close": lambda: complaints.close(complaint=one, reason="No", by=someone, at=NOW),
    }
    with pytest.raises(Forbidden):
        acts[act]()


def test_what_comes_back_lies_in_the_store_held_until_quality_decides():
    lot = make.left()
    one = make.allowed(make.accepted("G1"), lot)

    rmas.receive(rma=one, store=packed.store(), by=packed.packer(), at=NOW)

    lot.refresh_from_db()
    assert lot.open_holds == 1
    assert LotBalance.objects.get(lot=lot, bucket=Bucket.STOCK, place="FG").quantity == 4
    with pytest.raises(ComplaintRefused):
        rmas.receive(rma=one, store=packed.store(), by=packed.packer(), at=NOW)


def test_no_more_comes_back_than_left():
    lot = make.left()
    case = make.accepted("G1")
    with pytest.raises(ComplaintRefused, match="10"):
        make.allowed(case, lot, 11)
    first, second = make.allowed(case, lot, 8), None
    with pytest.raises(ComplaintRefused, match="expects"):
        make.allowed(case, lot, 8)
    rmas.receive(rma=first, store=packed.store(), by=packed.packer(), at=NOW)
    second = make.allowed(case, lot, 2)
    Rma.objects.filter(pk=second.pk).update(quantity=Decimal(3))
    with pytest.raises(NotReturned):
        rmas.receive(rma=second, store=packed.store(), by=packed.packer(), at=NOW)


def test_who_analysed_never_decides_and_what_was_done_stays_with_the_lot():
    lot = make.left()
    case = make.accepted("G1")
    one = make.analysed(make.allowed(case, lot))
    with pytest.raises(ComplaintRefused) as refused:
        rmas.decide(rma=one, decision="REPAIR", reason="Ours", by=make.engineer(), at=NOW)
    assert refused.value.code == "own-work"
    rmas.decide(rma=one, decision="REPAIR", reason="Ours", by=make.manager(), at=NOW)
    make.answered(case)
    with pytest.raises(ComplaintRefused, match="RMA"):
        complaints.close(complaint=case, reason="Content", by=make.manager(), at=NOW)

    rmas.finish(rma=one, done="R12 soldered anew.", by=make.engineer(), at=NOW)

    assert complaints.close(complaint=case, reason="Content", by=make.manager(), at=NOW).status == "CLOSED"


def test_a_late_answer_is_handed_up():
    one = make.complaint(severity="CRITICAL")
    late = NOW + timedelta(days=3)

    assert one in overdue.all_of(late)
    assert escalations.escalate(subject=one, by=person("SYS", kind="SYSTEM"), at=late)


def test_the_rate_of_failures_is_what_failed_of_what_left():
    make.left("G1", 10), make.left("G2", 10)
    make.complaint("G1", quantity=2)
    complaints.decline(complaint=make.complaint("G2", quantity=5), reason="Dropped", by=make.engineer(), at=NOW)

    _days, [product] = field_figures.products(make.engineer(), at=NOW)

    assert (product.code, product.whole.shipped, product.whole.failed, product.whole.ppm) == ("BOARD", 20, 2, 100_000)
    found = field_figures.figures(make.engineer(), since=NOW - timedelta(days=90), at=NOW)
    assert (found.complaints, found.returns, found.incoming) == (10, 0, None)


def test_what_customers_met_is_planned_for_in_the_fmea_of_the_family():
    make.left()
    one = make.accepted("G1")
    family = ProductFamily.objects.create(code="FAM", name="Family")
    family.materials.add(one.material)
    planning.chain(fmea := planning.fmea(family=family))
    planning.approved(planning.handed_in(fmea))
    told = {"reason": "Dark after a year", "by": make.engineer(), "at": NOW}
    with pytest.raises(ComplaintRefused):
        complaints.revise(complaint=one, kind="fmea", key="OTHER", **told)

    complaints.revise(complaint=one, kind="fmea", key="F", **told)

    [opening] = reading.revised(one)
    assert (opening.fmea.revision, opening.fmea.status, opening.source_id) == (2, "DRAFT", one.number)


def test_complaints_cost_their_handling_and_what_was_given_again():
    lot = make.left()
    CostRate.objects.create(of="COMPLAINT", valid_from=NOW.date(), amount=80)
    MaterialCost.objects.create(material=lot.material, valid_from=NOW.date(), amount=5)
    one = make.analysed(make.allowed(make.accepted("G1"), lot))
    rmas.decide(rma=one, decision="CREDIT", reason="Ours", by=make.manager(), at=NOW)
    rmas.finish(rma=one, done="Credit note 17", by=make.engineer(), at=NOW)

    found = quality_costs.between(make.manager(), NOW - timedelta(days=1), NOW + timedelta(days=1))

    assert sorted((entry.bucket, entry.amount) for entry in found) == [("EXTERNAL", 20), ("EXTERNAL", 80)]
