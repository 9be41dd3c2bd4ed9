"""Two people who mount at once: a position holds one lot, and a lot is on one position."""

from mes.commands import setups as commands
from mes.models import Mount
from mes.queries import setups
from plant.errors import Refusal
from tests.factories import NOW
from tests.mes import feeders


def line():
    feeders.described()
    feeders.feeder("F1"), feeders.feeder("F2")
    return feeders.Line()


def mount(made, position, lot):
    def act():
        try:
            one = setups.found(position)
            commands.mount(position=one, lot=lot, job_order=made.world.job, by=made.world.operator, at=NOW)
        except Refusal as refusal:
            return refusal.code
        return "mounted"

    return act


def test_two_lots_for_one_position_at_once(at_once):
    made = line()
    reels = [made.world.screws, feeders.reel("SCREW-2"), feeders.reel("SCREW-3")]

    told = at_once(*[mount(made, "F1", reel) for reel in reels])

    assert set(told) <= {"mounted", "mount-changed"}
    assert "mounted" in told
    assert Mount.objects.filter(taken_at__isnull=True).count() == 1


def test_one_lot_for_two_positions_at_once(at_once):
    made = line()

    told = at_once(mount(made, "F1", made.world.screws), mount(made, "F2", made.world.screws))

    assert sorted(told) == ["mounted", "mounted-elsewhere"]
    assert Mount.objects.count() == 1
