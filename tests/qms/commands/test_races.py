"""Several at once, each on a connection of its own."""

from decimal import Decimal

from plant.errors import Refusal
from qms.commands import nonconformances
from qms.models import Disposition, Nonconformance, NonconformanceLot
from tests.factories import NOW
from tests.qms import factories as make
from traceability.models import Bucket, Hold, LotBalance, MaterialLot


def test_contain_by_many_at_once_makes_one_case_and_one_hold_a_lot(at_once):
    make.reaction()
    for number in range(5):
        make.board(f"B{number}")
    make.persons.system("spc")

    results = at_once(*[make.contain] * 4)

    assert {done.nonconformance.pk for done in results} == {Nonconformance.objects.get().pk}
    assert set(MaterialLot.objects.values_list("open_holds", flat=True)) == {1}
    assert NonconformanceLot.objects.count() == 5


def test_dispose_by_two_at_once_decides_each_piece_once(at_once):
    lot = make.board("B1")
    case = make.report(lot)
    make.engineer(), make.engineer("QE2")

    results = at_once(
        lambda: make.dispose(Nonconformance.objects.get(), (lot, "SCRAP", 7)),
        lambda: make.dispose(Nonconformance.objects.get(), (lot, "SCRAP", 7), by=make.engineer("QE2")),
    )

    refused = [result for result in results if isinstance(result, Refusal)]
    assert (len(refused), Disposition.objects.count()) == (1, 1)
    assert LotBalance.objects.get(lot=lot, bucket=Bucket.SCRAP).quantity == Decimal(7)
    assert case.lots.get().disposed == Decimal(7)


def test_close_and_a_new_lot_at_once_never_leave_a_held_lot_in_a_closed_case(at_once):
    first, second = make.board("B1"), make.board("B2")
    case = make.report(first)
    make.dispose(case, (first, "USE_AS_IS", 10))
    by = make.engineer()

    at_once(
        lambda: nonconformances.close(nonconformance=case, reason="Done", by=by, at=NOW),
        lambda: nonconformances.add_lots(nonconformance=case, lots=[second], reason="Same oven", by=by, at=NOW),
    )

    case = Nonconformance.objects.get(pk=case.pk)
    still_held = Hold.objects.filter(cause_id=case.number, released_at__isnull=True).exists()
    assert (case.status == "CLOSED") != still_held


def test_contain_and_dispose_at_once_leave_no_suspect_lot_free(at_once):
    make.reaction(stop_equipment=False)
    lot = make.board("B1")
    case = make.contain().nonconformance
    make.board("B2")
    make.engineer()

    at_once(lambda: make.dispose(case, (lot, "SCRAP", 10)), make.contain)

    late = MaterialLot.objects.get(number="B2")
    assert (late.status, Nonconformance.objects.get().lots.count()) == ("HELD", 2)
