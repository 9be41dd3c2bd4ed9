"""Several who pack, pick and ship the same things at the same moment, each on a connection of their own."""

from plant.errors import Refusal
from tests import factories as ground
from tests.mes import packed as world
from tests.traceability.breaking import broken
from traceability.models import Bucket, LotBalance, LotStatus, PackedLot
from traceability.queries import shipments as reading


def test_two_who_pack_one_lot_at_once_fill_one_carton(at_once):
    lot = world.goods("L1")
    cartons = [world.unit() for _ in range(4)]
    ends = at_once(*[lambda carton=carton: world.pack(carton, lot) for carton in cartons])
    assert sorted(isinstance(end, Refusal) for end in ends) == [False, True, True, True]
    assert PackedLot.objects.filter(ended_at__isnull=True).count() == 1


def test_cartons_opened_at_once_get_numbers_of_their_own(at_once):
    world.unit(), ground.site(), world.packer()
    ends = at_once(*[world.unit for _ in range(6)])
    assert len({end.number for end in ends}) == 6


def test_two_who_pick_for_one_line_at_once_never_pick_too_much(at_once):
    one = world.shipment(10)
    for number in ("L1", "L2", "L3"):
        world.goods(number)
    ends = at_once(*[lambda code=code: world.pick(one, code) for code in ("L1", "L2", "L3")])
    assert sum(isinstance(end, Refusal) for end in ends) == 2
    assert reading.lines(one)[0].picked == 10


def test_a_hold_and_the_truck_at_once_leave_either_a_held_lot_here_or_a_lot_gone(at_once):
    lot, one = world.goods("L1"), world.shipment()
    world.pick(one, "L1")
    ends = at_once(lambda: world.ship(one), lambda: world.hold(lot))
    lot.refresh_from_db()
    gone = LotBalance.objects.filter(lot=lot, bucket=Bucket.SHIPPED).exists()
    assert lot.status == LotStatus.HELD
    assert gone is not isinstance(ends[0], Refusal)
    assert broken("I01", "I14") == {}
