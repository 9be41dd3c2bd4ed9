"""What becomes of suspect lots: by quantity, signed, carried out at once."""

from decimal import Decimal

import pytest

from plant.commands import signatures
from plant.models import Signature
from plant.policies import Forbidden
from qms import rework
from qms.commands import nonconformances
from qms.models import Disposition
from qms.policies import DispositionRefused
from tests.factories import NOW, received, supplier
from tests.qms import factories as make
from traceability.commands import holds, moves
from traceability.gate import Cause, Target
from traceability.models import Bucket, CauseKind, Hold, LotBalance
from traceability.spots import Spot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def routing(monkeypatch):
    monkeypatch.setattr(rework, "_sources", [lambda job_order, lot: [("REFLOW", "Reflow")]])


def where(lot):
    rows = LotBalance.objects.filter(lot=lot, quantity__gt=0)
    return {(row.bucket, row.place): row.quantity for row in rows}


def test_use_as_is_releases_exactly_this_cause():
    lot = make.board("B1")
    case = make.report(lot)
    cause = Cause(CauseKind.PERSON, "x")
    holds.place(target=Target.lot(lot), cause=cause, reason="Odd smell", by=make.operator(), at=NOW)

    make.dispose(case, (lot, "USE_AS_IS", 10))

    assert [hold.cause_id for hold in Hold.objects.filter(released_at__isnull=True)] == ["x"]
    assert Hold.objects.get(cause_id=case.number).signature == Signature.objects.get()


def test_a_partial_decision_keeps_the_lot_held():
    lot = make.board("B1")
    case = make.report(lot)

    make.dispose(case, (lot, "SCRAP", 4))

    lot.refresh_from_db()
    assert (lot.status, where(lot)) == ("HELD", {("SCRAP", ""): 4, ("WIP", "REFLOW"): 6})
    assert case.lots.get().disposed == Decimal(4)


def test_all_decided_moves_the_case_on():
    lot = make.board("B1")
    case = make.report(lot)

    make.dispose(case, (lot, "SCRAP", 4), (lot, "USE_AS_IS", 6))

    case.refresh_from_db()
    lot.refresh_from_db()
    assert (case.status, lot.status) == ("DISPOSED", "AVAILABLE")


def test_rework_of_the_whole_lot_sends_the_lot_itself_back():
    lot = make.board("B1")
    case = make.report(lot)

    make.dispose(case, (lot, "REWORK", 10, "REFLOW"))

    lot.refresh_from_db()
    assert (lot.status, where(lot)) == ("AVAILABLE", {("WIP", "REFLOW"): 10})


def test_rework_of_a_part_splits_it_off_and_keeps_the_rest_held():
    lot = make.board("B1")
    case = make.report(lot)

    made = make.dispose(case, (lot, "REWORK", 3, "REFLOW"))

    part = made[0].rework_lot
    lot.refresh_from_db()
    assert (part.number, part.open_holds, where(part)) == ("B1-1", 0, {("WIP", "REFLOW"): 3})
    assert (lot.status, lot.open_holds, where(lot)[("WIP", "REFLOW")]) == ("HELD", 1, 7)


def test_rework_is_refused_while_another_hold_stands():
    lot = make.board("B1")
    case = make.report(lot)
    make.report(lot, title="Second")

    with pytest.raises(DispositionRefused) as refused:
        make.dispose(case, (lot, "REWORK", 10, "REFLOW"))

    assert refused.value.code == "held-otherwise"


def test_return_goes_to_the_supplier():
    lot = received("R1", 50, supplier=supplier())
    case = make.report(lot)

    make.dispose(case, (lot, "RETURN", 50))

    assert where(lot) == {("RETURNED", ""): 50}


@pytest.mark.parametrize(
    ("line", "code"),
    [(("RETURN", 10), "no-supplier"), (("SCRAP", 11), "too-much"), (("REWORK", 1, "PACK"), "no-rework-step")],
)
def test_what_cannot_be_is_refused_and_nothing_moves(line, code):
    lot = make.board("B1")
    case = make.report(lot)

    with pytest.raises(DispositionRefused) as refused:
        make.dispose(case, (lot, *line))

    assert refused.value.code == code
    assert (where(lot), Disposition.objects.count()) == ({("WIP", "REFLOW"): 10}, 0)


def test_a_wrong_password_signs_nothing():
    lot = make.board("B1")
    case = make.report(lot)

    with pytest.raises(signatures.SignatureRefused):
        make.dispose(case, (lot, "SCRAP", 10), password="wrong")


def test_a_case_that_changed_since_it_was_read_is_not_signed():
    lot = make.board("B1")
    case = make.report(lot)
    seen = signatures.content_hash(make.queries.seen(case))
    make.dispose(case, (lot, "SCRAP", 1))

    with pytest.raises(signatures.SignatureRefused):
        make.dispose(case, (lot, "SCRAP", 1), seen_hash=seen)


def test_the_reporter_does_not_decide_about_the_own_report():
    case = make.report(make.board("B1"), by=make.engineer())

    with pytest.raises(DispositionRefused) as refused:
        make.dispose(case, (case.lots.get().lot, "SCRAP", 10))

    assert refused.value.code == "own-report"


def test_an_operator_may_not_decide():
    case = make.report(make.board("B1"))

    with pytest.raises(Forbidden):
        make.dispose(case, (case.lots.get().lot, "SCRAP", 10), by=make.operator())


def test_what_was_scrapped_elsewhere_is_not_left_to_decide():
    lot = make.board("B1")
    case = make.report(lot)
    moves.move(
        lot=lot, quantity=Decimal(3), source=Spot(Bucket.WIP, "REFLOW"), to=Spot(Bucket.SCRAP), at=NOW,
        by=make.operator(),
    )

    make.dispose(case, (lot, "SCRAP", 7))

    case.refresh_from_db()
    assert case.status == "DISPOSED"


def test_close_refuses_undecided_lots_and_running_stops():
    make.reaction()
    lot = make.board("B1")
    case = make.contain().nonconformance
    close = {"reason": "Done", "by": make.engineer(), "at": NOW}

    with pytest.raises(nonconformances.CannotClose):
        nonconformances.close(nonconformance=case, **close)
    make.dispose(case, (lot, "SCRAP", 10))
    with pytest.raises(nonconformances.CannotClose):
        nonconformances.close(nonconformance=case, **close)


def test_restart_needs_cause_and_action_and_lets_the_case_close():
    make.reaction(hold_lots=False)
    case = make.contain().nonconformance
    make.dispose(case)
    case.refresh_from_db()
    asked = {
        "equipment": case.equipment, "reason": "Checked", "password": make.PASSWORD, "by": make.engineer(), "at": NOW,
        "assignable_cause": "Fan broken", "action_taken": "Fan replaced",
        "seen_hash": signatures.content_hash(make.queries.seen(case)), "nonconformance": case,
    }
    with pytest.raises(nonconformances.Incomplete):
        nonconformances.restart_equipment(**{**asked, "action_taken": " "})

    nonconformances.restart_equipment(**asked)

    closed = nonconformances.close(nonconformance=case, reason="Done", by=make.engineer(), at=NOW)
    assert closed.status == "CLOSED"
