"""A recall holds what it reaches, tells the public, counts what comes back, and is closed by somebody else."""

import threading
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from mes.commands import returns
from plant.commands.journal import IllegalMove
from plant.errors import Refusal
from plant.models import Role
from plant.policies import Forbidden
from qms.commands import complaints, recall_work, recalls
from qms.models import Recall, RecallAnswer, RecallKind, RecallStatus
from qms.queries import recalls as reading
from tests.factories import NOW, person, received, site
from tests.mes import complained, packed, recalled
from tests.traceability.worlds import link
from traceability.models import Hold, LotStatus, MaterialLot, RecallNotice, Shipment
from traceability.queries import recalls as public
from traceability.starting import Asked


def held():
    return sorted(MaterialLot.objects.filter(status=LotStatus.HELD).values_list("number", flat=True))


@pytest.mark.django_db
def test_declaring_holds_everything_and_tells_the_public():
    raw = recalled.world()
    other = received("OTHER")
    one = recalled.scoped()
    assert (held(), public.open_for([raw.pk])) == ([], {})

    one = recalled.declared(one)

    assert held() == ["G1", "G2", "RAW"]
    assert Hold.objects.filter(cause_id=one.nonconformance.number, released_at=None).count() == 3
    told = public.open_for(MaterialLot.objects.values_list("pk", flat=True))
    assert (len(told), told[raw.pk].number, told[raw.pk].since_at) == (3, one.number, NOW)
    assert other.pk not in told
    assert one.figures["lots"] == 3
    assert one.figures["percent"] == 100


def test_a_recall_in_one_act_happens_whole_or_not_at_all(committed_db):
    recalled.world()
    said = {"title": "T", "reason": "R", "site": site(), "by": recalled.engineer(), "at": NOW}
    with pytest.raises(Refusal):
        recalls.open_at_once(**said, asked=Asked("lot", "RAW"), text="only English", text_zh=" ")
    assert (held(), Recall.objects.count(), RecallNotice.objects.count()) == ([], 0, 0)

    one = recalls.open_at_once(**said, asked=Asked("lot", "G2"), **recalled.TEXTS)
    assert (held(), one.status) == (["G2"], RecallStatus.OPEN)


@pytest.mark.django_db
def test_the_case_of_the_complaint_is_used_and_what_comes_later_is_looked_for():
    recalled.world()
    complaint = complained.accepted("G1")
    case = complaints.open_case(complaint=complaint, by=recalled.engineer(), at=NOW)
    complaint.refresh_from_db()
    one = recalled.declared(recalled.scoped(recalled.draft(complaint=complaint)))
    assert one.nonconformance == case

    late = packed.goods("LATE")
    MaterialLot.objects.filter(number="G2").update(open_holds=0, status="AVAILABLE")
    link(MaterialLot.objects.get(number="G2"), late)
    one = recalls.look_again(recall=one, by=recalled.engineer(), at=NOW)
    assert late.pk in public.open_for([late.pk])
    late.refresh_from_db()
    assert late.status == LotStatus.HELD


@pytest.mark.django_db
def test_what_comes_back_counts_against_what_was_shipped():
    recalled.world()
    one = recalled.declared()
    by, customer, board = recalled.engineer(), packed.customer(), packed.board()
    assert [(row.shipped, row.open, row.percent) for row in reading.customers(one)] == [(10, 10, 0)]

    returns.take_back(
        shipment=Shipment.objects.get(), code="G1", quantity=Decimal(4), reason="Recall", store=packed.store(),
        by=packed.packer(), at=NOW + timedelta(hours=1),
    )
    said = {"recall": one, "customer": customer, "material": board, "by": by, "at": NOW, "remark": "Scrapped here."}
    recall_work.answer(**said, destroyed=Decimal(2), used=Decimal(1))

    row = reading.customers(one)[0]
    assert (row.shipped, row.returned, row.destroyed, row.used, row.open) == (10, 4, 2, 1, 3)
    assert row.percent == 60
    with pytest.raises(recalls.RecallRefused, match="3 are still out"):
        recall_work.answer(**said, destroyed=Decimal(4), used=Decimal(0))


@pytest.mark.django_db
def test_it_is_closed_by_another_once_all_are_told_and_all_is_done():
    recalled.world()
    one, by = recalled.declared(), recalled.engineer()
    task = recall_work.add_task(recall=one, title="Empty the store", owner=by, due_at=NOW, by=by, at=NOW)
    with pytest.raises(recalls.RecallRefused) as refused:
        recalled.close(one)
    assert refused.value.code == "not-done"

    recall_work.finish_task(task=task, outcome="Done, 10 pieces locked up.", by=by, at=NOW)
    recall_work.tell(recall=one, customer=packed.customer(), by=by, at=NOW)
    with pytest.raises(recalls.RecallRefused, match="yourself"):
        recalled.close(one, by=by)
    done = recalled.close(one)

    assert (done.status, done.closed_by) == (RecallStatus.CLOSED, recalled.manager())
    assert public.open_for(MaterialLot.objects.values_list("pk", flat=True)) == {}
    assert held() == ["G1", "G2", "RAW"]  # what becomes of the pieces is decided in the nonconformance
    with pytest.raises(DatabaseError, match="is over"), transaction.atomic():
        Recall.objects.filter(pk=one.pk).update(title="Another")


@pytest.mark.django_db
def test_the_database_itself_lets_nobody_close_their_own():
    recalled.world()
    one = recalled.declared()
    with pytest.raises(IntegrityError, match="recall_closed_by_another"), transaction.atomic():
        Recall.objects.filter(pk=one.pk).update(
            status="CLOSED", closed_by=one.opened_by, closed_at=NOW, conclusion="x"
        )


@pytest.mark.django_db
def test_a_drill_holds_nothing_tells_nobody_and_stops_its_clock_when_the_scope_is_found():
    raw = recalled.world()
    one = recalled.draft(RecallKind.DRILL)
    found_at = NOW + timedelta(minutes=7)
    one = recalls.take_scope(recall=one, asked=Asked("lot", "RAW"), by=recalled.engineer(), at=found_at)
    one = recalls.declare(recall=one, by=recalled.engineer(), at=NOW + timedelta(minutes=8))

    assert (held(), public.open_for([raw.pk]), one.nonconformance) == ([], {}, None)
    assert (one.figures["seconds"], one.figures["customers"], one.figures["percent"]) == (420, 1, 100)
    with pytest.raises(recalls.RecallRefused, match="no drill"):
        recall_work.tell(recall=one, customer=packed.customer(), by=recalled.engineer(), at=NOW)
    assert recalled.close(one, at=NOW + timedelta(minutes=9)).status == RecallStatus.CLOSED


@pytest.mark.django_db
def test_only_a_draft_takes_another_scope_and_only_a_draft_is_let_go():
    recalled.world()
    one = recalled.scoped(recalled.scoped(), code="G2")
    assert [row.lot.number for row in one.notice.lots.all()] == ["G2"]
    one = recalled.declared(one)
    with pytest.raises(recalls.RecallRefused, match="only grows"):
        recalled.scoped(one)
    with pytest.raises(IllegalMove):
        recalls.cancel(recall=one, reason="Not needed", by=recalled.engineer(), at=NOW)
    gone = recalls.cancel(recall=recalled.draft(), reason="Not needed", by=recalled.engineer(), at=NOW)
    assert gone.status == RecallStatus.CANCELLED


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.OPERATOR, Role.PLANNER, Role.WAREHOUSE, Role.VIEWER, Role.ADMINISTRATOR])
def test_nobody_but_quality_calls_anything_back(role):
    recalled.world()
    with pytest.raises(Forbidden):
        recalled.draft(by=person("X", role))
    one = recalled.declared()
    with pytest.raises(Forbidden):
        recalled.close(one, by=person("X", role))


def answers(at_once, patch=lambda: None):
    """Two people write down at once that the customer destroyed the last eight of ten."""
    recalled.world()
    one = recalled.declared()
    by, customer, board = recalled.engineer(), packed.customer(), packed.board()
    patch()

    def act():
        return recall_work.answer(
            recall=one, customer=customer, material=board, destroyed=Decimal(8), used=Decimal(0), remark="Shredded.",
            by=by, at=NOW,
        )

    at_once(act, act)
    return sum(row.destroyed for row in RecallAnswer.objects.all())


def test_two_answers_at_once_never_destroy_more_than_there_is(at_once):
    assert answers(at_once) == 8


def test_without_the_lock_two_answers_would(monkeypatch, at_once):
    both, reads = threading.Barrier(2, timeout=10), reading.customers

    def together(recall):
        found = reads(recall)
        both.wait()
        return found

    def unlock():
        monkeypatch.setattr(recall_work, "locked", lambda recall: reading.listing().get(pk=recall.pk))
        monkeypatch.setattr(reading, "customers", together)

    assert answers(at_once, unlock) == 16
