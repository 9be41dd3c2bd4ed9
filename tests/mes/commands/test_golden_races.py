"""Two batches of one stream at once, and a batch beside the answer to what it extends."""

import pytest

from mes.models import Deviation, DeviationLot, GoldenMark
from plant.models import JournalEntry
from tests.mes.golden_world import GOOD, HOT, kiln


@pytest.mark.parametrize("reaction", ["MARK", "HOLD"])
def test_two_batches_at_once_open_one_deviation(at_once, reaction):
    oven = kiln(reaction=reaction)
    lot = oven.arrive()
    oven.store([GOOD, HOT, HOT])

    at_once(*[oven.compare] * 4)

    assert Deviation.objects.count() == 1
    assert list(DeviationLot.objects.values_list("lot", flat=True)) == [lot.pk]
    assert JournalEntry.objects.filter(kind="deviation.opened").count() == 1


def test_first_comparisons_at_once_make_one_mark(at_once):
    oven = kiln()
    oven.arrive()
    GoldenMark.objects.all().delete()
    oven.store([HOT])

    at_once(*[oven.compare] * 4)

    assert (GoldenMark.objects.count(), Deviation.objects.count()) == (1, 1)
