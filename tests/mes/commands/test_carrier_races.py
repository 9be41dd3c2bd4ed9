"""Two people who load at once: a slot holds one lot, and a lot is in one carrier."""

from mes.commands import carriers as commands
from mes.models import CarriedLot, Carrier
from plant.errors import Refusal
from tests import factories as ground
from tests.factories import NOW


def put(carrier, lot, by):
    def act():
        try:
            return commands.put(carrier=carrier, lot=lot, by=by, at=NOW).slot
        except Refusal as refusal:
            return refusal.code

    return act


def test_slots_and_carriers_hold_when_people_load_at_once(at_once):
    trays = [Carrier.objects.create(code=code, slots=2, site=ground.site()) for code in ("T1", "T2")]
    reels, by = [ground.received(f"R{number}") for number in range(3)], ground.person("OP", "OPERATOR")

    same_tray = at_once(*[put(trays[0], reel, by) for reel in reels])
    both_trays = at_once(*[put(trays[1], reel, by) for reel in (reels[0], reels[0])])

    assert sorted(map(str, same_tray)) == ["1", "2", "carrier-full"]
    lying = CarriedLot.objects.filter(taken_at__isnull=True)
    assert lying.filter(lot=reels[0]).count() == 1
    assert "in-a-carrier" in both_trays
