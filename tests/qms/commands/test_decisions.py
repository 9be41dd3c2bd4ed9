"""Decisions beyond scrap and use: another grade, sorting, repair, the board, what comes back; and what each costs."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from plant.commands import signatures
from plant.models import ReasonCode, Role
from qms.commands import boards, classifying, concessions, costs, nonconformances, rechecks, returns, sortings
from qms.models import (
    BoardSeat,
    Concession,
    MaterialCost,
    Nonconformance,
    RepeatRule,
    ReviewBoard,
    SupplierReturn,
)
from qms.policies import DispositionRefused
from qms.queries import boards as reading
from qms.queries import concessions as concession_queries
from qms.queries import nonconformances as queries
from qms.queries import whereabouts
from tests.factories import NOW, material, person, received, supplier
from tests.qms import factories as make
from traceability.models import Link, LotBalance, MaterialLot

pytestmark = pytest.mark.django_db


def stock(number: str = "R1", quantity: int = 10, **fields) -> MaterialLot:
    return MaterialLot.objects.get(pk=received(number, quantity, **fields).pk)


def close(case: Nonconformance):
    return nonconformances.close(nonconformance=case, reason="Done", by=make.engineer(), at=NOW)


def test_regrade_makes_a_linked_lot_of_the_other_material():
    lot, other = stock(), material("PCB-B")
    case = make.report(lot)

    made = make.dispose(case, (lot, "REGRADE", 4, "", other), (lot, "USE_AS_IS", 6))

    child = next(one.rework_lot for one in made if one.decision == "REGRADE")
    assert (child.material, child.status) == (other, "AVAILABLE")
    assert LotBalance.objects.get(lot=child, bucket="STOCK").quantity == 4
    assert MaterialLot.objects.get(pk=lot.pk).status == "AVAILABLE"
    assert list(Link.objects.filter(child=child).values_list("parent", flat=True)) == [lot.pk]


@pytest.mark.parametrize("to", [None, "PCB"])
def test_regrade_into_nothing_or_itself_is_refused(to):
    lot = stock()
    case = make.report(lot)

    with pytest.raises(DispositionRefused) as refused:
        make.dispose(case, (lot, "REGRADE", 4, "", material(to) if to else None))

    assert refused.value.code == "no-grade"


def order(case, lot, **fields):
    seen = signatures.content_hash(queries.seen(Nonconformance.objects.get(pk=case.pk)))
    wanted = {"criterion": "No scratch longer than 1 mm", "reason": "Most are well", "password": make.PASSWORD,
              "seen_hash": seen, "by": make.engineer(), "at": NOW, **fields}
    return sortings.order(nonconformance=case, lot=lot, **wanted)


def test_sorting_lets_the_good_go_and_sets_the_bad_apart():
    lot = stock()
    case = make.report(lot)

    done = sortings.record(
        sorting=order(case, lot), good=Decimal(7), bad=Decimal(3), by=person("IN", Role.INSPECTOR), at=NOW
    )

    bad = MaterialLot.objects.get(pk=done.bad_lot.pk)
    assert (MaterialLot.objects.get(pk=lot.pk).status, bad.status) == ("AVAILABLE", "HELD")
    assert sorted(case.lots.values_list("lot__number", "quantity", "disposed")) == [("R1", 7, 7), ("R1-1", 3, 0)]
    make.dispose(case, (bad, "SCRAP", 3))
    case.refresh_from_db()
    assert close(case).status == "CLOSED"


def test_all_good_after_sorting_decides_the_case():
    lot = stock()
    case = make.report(lot)

    sortings.record(sorting=order(case, lot), good=Decimal(10), bad=Decimal(0), by=make.engineer(), at=NOW)

    case.refresh_from_db()
    assert case.status == "DISPOSED"


def test_a_lot_that_is_being_sorted_is_not_decided_and_must_add_up():
    lot = stock()
    case = make.report(lot)
    sorting = order(case, lot)

    with pytest.raises(DispositionRefused) as refused:
        make.dispose(case, (lot, "SCRAP", 4))
    with pytest.raises(DispositionRefused):
        sortings.record(sorting=sorting, good=Decimal(7), bad=Decimal(2), by=make.engineer(), at=NOW)

    assert refused.value.code == "being-sorted"


def test_what_is_repaired_stays_held_until_it_was_looked_at():
    lot = stock()
    case = make.report(lot)
    made = make.dispose(case, (lot, "REPAIR", 4), (lot, "USE_AS_IS", 6))
    repair = next(one for one in made if one.decision == "REPAIR")
    case.refresh_from_db()
    assert (case.status, MaterialLot.objects.get(pk=repair.rework_lot_id).status) == ("DISPOSED", "HELD")
    with pytest.raises(nonconformances.CannotClose):
        close(case)

    rechecks.record(disposition=repair, passed=True, finding="Wired well", by=person("IN", Role.INSPECTOR), at=NOW)

    assert MaterialLot.objects.get(pk=repair.rework_lot_id).status == "AVAILABLE"
    assert close(case).status == "CLOSED"


@pytest.mark.parametrize("quantity", [10, 4])
def test_what_was_repaired_in_vain_is_decided_again(quantity):
    lot = stock()
    case = make.report(lot)
    rest = [(lot, "USE_AS_IS", 10 - quantity)] if quantity < 10 else []
    repair = next(one for one in make.dispose(case, (lot, "REPAIR", quantity), *rest) if one.decision == "REPAIR")

    rechecks.record(disposition=repair, passed=False, finding="Still loose", by=make.engineer(), at=NOW)

    case.refresh_from_db()
    again = MaterialLot.objects.get(pk=repair.rework_lot_id)
    assert (case.status, again.status) == ("REVIEW", "HELD")
    make.dispose(case, (again, "SCRAP", quantity))
    case.refresh_from_db()
    assert close(case).status == "CLOSED"


def test_the_database_closes_nothing_that_was_reworked_and_not_looked_at():
    lot = stock()
    case = make.report(lot)
    make.dispose(case, (lot, "REPAIR", 10))
    from traceability.commands import holds

    hold = lot.holds.get(released_at__isnull=True)
    holds.release(hold=hold, reason="Let it go by hand", by=make.engineer(), at=NOW)

    with pytest.raises(DatabaseError, match="nobody looked at"), transaction.atomic():
        Nonconformance.objects.filter(pk=case.pk).update(status="CLOSED", closed_at=NOW)


def test_a_return_is_listed_and_sent():
    lot = stock(supplier=supplier())
    case = make.report(lot)

    make.dispose(case, (lot, "RETURN", 10))
    back = SupplierReturn.objects.get()
    sent = returns.send(supplier_return=back, carrier="Truck, paper 77", by=person("WH", "WAREHOUSE"), at=NOW)

    assert [line.disposition.quantity for line in back.lines.all()] == [10]
    assert (sent.status, sent.number[:3]) == ("SENT", "RTV")


def test_scrap_costs_what_the_pieces_cost_that_day():
    lot = stock()
    for day, amount in ((date(2026, 1, 1), "2.50"), (date(2026, 5, 1), "9")):
        MaterialCost.objects.create(material=lot.material, valid_from=day, amount=amount)
    case = make.report(lot)

    make.dispose(case, (lot, "SCRAP", 4), (lot, "USE_AS_IS", 6))
    costs.add(nonconformance=case, kind="LABOUR", quantity=Decimal("1.5"), rate=Decimal(40), note="Sorting",
              by=make.engineer(), at=NOW)

    assert sorted(case.costs.values_list("kind", "amount")) == [("LABOUR", 60), ("PIECES", 10)]


def board(**fields) -> ReviewBoard:
    made = ReviewBoard.objects.create(code="MRB", name="Review board", quorum=2, **fields)
    BoardSeat.objects.create(board=made, role=Role.QUALITY_MANAGER, required=True)
    BoardSeat.objects.create(board=made, role=Role.QUALITY_ENGINEER, required=False)
    BoardSeat.objects.create(board=made, role=Role.PLANNER, required=False)
    return made


def ask(case, *lines):
    return boards.ask(nonconformance=case, lines=[(one[0], one[1], Decimal(one[2])) for one in lines],
                      reason="It works all the same", by=make.engineer(), at=NOW)


def vote(review, who, *, agrees=True):
    seen = signatures.content_hash(reading.seen(type(review).objects.get(pk=review.pk)))
    return boards.vote(review=review, agrees=agrees, reason="Looked at it", password=make.PASSWORD, seen_hash=seen,
                       by=who, at=NOW)


def test_a_grave_case_is_decided_by_nobody_alone_and_by_the_last_vote():
    board(from_severity="MAJOR")
    lot = stock()
    case = make.report(lot)
    with pytest.raises(DispositionRefused) as refused:
        make.dispose(case, (lot, "SCRAP", 10))
    review = ask(case, (lot, "USE_AS_IS", 10))

    vote(review, make.engineer("QE2"))
    assert Nonconformance.objects.get().status == "OPEN"
    vote(review, person("QM", Role.QUALITY_MANAGER))

    decided = Nonconformance.objects.get()
    assert (refused.value.code, decided.status) == ("board", "DISPOSED")
    assert (decided.dispositions.get().review, decided.dispositions.get().by.number) == (review, "QE2")


def test_a_quorum_without_a_required_role_decides_nothing():
    board(from_severity="MAJOR")
    lot = stock()
    review = ask(make.report(lot), (lot, "SCRAP", 10))

    vote(review, make.engineer("QE2")), vote(review, person("PL", Role.PLANNER))

    assert type(review).objects.get().status == "OPEN"


def test_one_no_ends_it_and_another_proposal_may_follow():
    board(from_severity="MAJOR")
    lot = stock()
    case = make.report(lot)
    review = ask(case, (lot, "USE_AS_IS", 10))

    vote(review, person("QM", Role.QUALITY_MANAGER), agrees=False)

    assert type(review).objects.get().status == "REJECTED"
    assert ask(case, (lot, "SCRAP", 10)).status == "OPEN"


@pytest.mark.parametrize("who", ["reporter", "twice", "outsider"])
def test_a_vote_that_does_not_count_is_refused(who):
    board(from_severity="MAJOR")
    lot = stock()
    case = make.report(lot, by=person("RE", Role.OPERATOR, Role.PLANNER))
    review = ask(case, (lot, "SCRAP", 10))
    voter = {"reporter": person("RE"), "twice": make.engineer("QE2"), "outsider": person("MT", Role.MAINTENANCE)}[who]
    if who == "twice":
        vote(review, voter)

    with pytest.raises(DispositionRefused):
        vote(review, voter)


@pytest.mark.parametrize(("amount", "is_asked"), [("9.99", False), ("10", True)])
def test_value_brings_a_case_before_the_board(amount, is_asked):
    board(from_value=100)
    lot = stock()
    MaterialCost.objects.create(material=lot.material, valid_from=date(2026, 1, 1), amount=amount)

    assert (make.report(lot, severity="MINOR").board is not None) == is_asked


def test_the_database_decides_nothing_past_the_board():
    board(from_severity="MAJOR")
    lot = stock()
    review = ask(make.report(lot), (lot, "SCRAP", 10))

    with pytest.raises(DatabaseError, match="no quorum"), transaction.atomic():
        type(review).objects.filter(pk=review.pk).update(status="DECIDED", ended_at=NOW)


def test_the_same_again_is_flagged_linked_and_counted():
    defect = ReasonCode.objects.create(use="DEFECT", code="BALL", name="Solder ball")
    days = [NOW - timedelta(days=120), NOW - timedelta(days=40), NOW - timedelta(days=10), NOW]

    cases = [make.report(stock(f"R{n}"), defect=defect, at=at) for n, at in enumerate(days)]

    assert [case.repeats for case in cases] == [0, 1, 1, 2]
    assert (cases[3].repeat_of, cases[3].capa_proposed, cases[2].capa_proposed) == (cases[2], True, False)


def test_another_part_defect_or_cause_is_no_repeat_and_a_rule_says_how_far_back():
    ball, void = (ReasonCode.objects.create(use="DEFECT", code=code, name=code) for code in ("BALL", "VOID"))
    worn, new = (ReasonCode.objects.create(use="CAUSE", code=code, name=code) for code in ("WORN", "NEW"))
    RepeatRule.objects.create(days=30, propose_at=1)
    first = make.report(stock("R1"), defect=ball, at=NOW - timedelta(days=40))
    near = make.report(stock("R2"), defect=ball, at=NOW - timedelta(days=5))
    classifying.classify(nonconformance=near, defect=ball, cause=worn, by=make.engineer(), at=NOW)

    other_part = make.report(make.board("B1"), defect=ball)
    other_defect = make.report(stock("R3"), defect=void)
    other_cause = make.report(stock("R4"), defect=ball)
    assert (other_cause.repeat_of, other_cause.capa_proposed) == (near, True)
    told = classifying.classify(nonconformance=other_cause, defect=ball, cause=new, by=make.engineer(), at=NOW)

    assert [one.repeats for one in (first, near, other_part, other_defect, told)] == [0, 0, 0, 0, 0]


def concession(lot, quantity=5, **fields) -> Concession:
    asked = {"title": "Scratches", "reason": "Not seen when built in", "material": lot.material, "site": lot.site,
             "quantity": Decimal(quantity), "valid_from": NOW - timedelta(days=1), "by": make.engineer(), "at": NOW,
             "valid_to": NOW + timedelta(days=9), **fields}
    return concessions.ask(**asked)


def approved(made: Concession, by=None) -> Concession:
    made = Concession.objects.get(pk=made.pk)
    seen = signatures.content_hash(concession_queries.seen(made))
    return concessions.approve(concession=made, reason="Agreed", password=make.PASSWORD, seen_hash=seen,
                               by=by or make.engineer("QE2"), at=NOW)


def test_use_under_concession_counts_and_stops_at_the_limit():
    lot = stock()
    case, given = make.report(lot), approved(concession(lot))

    make.dispose(case, (lot, "CONCESSION", 5, "", None, given))
    with pytest.raises(concessions.ConcessionRefused) as refused:
        make.dispose(case, (lot, "CONCESSION", 1, "", None, given))

    assert (Concession.objects.get().used, refused.value.code) == (5, "concession-limit")


@pytest.mark.parametrize("fault", ["asked", "day", "lot", "material"])
def test_a_concession_is_used_within_its_limits_only(fault):
    lot, other = stock(), stock("R2")
    case = make.report(lot)
    limits = {"lot": {"lots": [other]}, "material": {"material": material("PCB-B")}}.get(fault, {})
    given = concession(lot, **limits)
    given = given if fault == "asked" else approved(given)
    at = NOW + timedelta(days=9) if fault == "day" else NOW

    with pytest.raises(concessions.ConcessionRefused):
        make.dispose(case, (lot, "CONCESSION", 1, "", None, given), at=at)
    with pytest.raises(DatabaseError), transaction.atomic():
        given.uses.create(lot=lot, quantity=1, by=make.engineer(), at=at)


def test_who_asks_for_a_concession_does_not_approve_it():
    with pytest.raises(concessions.ConcessionRefused) as refused:
        approved(concession(stock()), by=make.engineer())

    assert refused.value.code == "own-work"


def test_a_customer_must_have_agreed_before_it_is_approved():
    buyer = supplier("BUYER")
    made = concession(stock(), customer=buyer)
    with pytest.raises(concessions.ConcessionRefused):
        approved(made)
    with pytest.raises(DatabaseError), transaction.atomic():
        Concession.objects.filter(pk=made.pk).update(status="APPROVED")

    concessions.note_customer(concession=made, person="Ms Wu", document="Mail of 2 March", agreed_at=NOW,
                              by=make.engineer(), at=NOW)

    assert approved(made).status == "APPROVED"


def test_the_pieces_of_a_case_are_found_wherever_they_are():
    lot, board_lot = stock(), make.board("B1", at_oven=False)
    case = make.report(lot, board_lot)
    make.dispose(case, (lot, "SCRAP", 4))

    found = whereabouts.of_case(case)

    assert {kind: found.lots(kind) for kind in found.found} == {"stock": 1, "wip": 1, "gone": 1}
    assert found.not_held() == []
