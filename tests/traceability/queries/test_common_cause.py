"""What bad pieces share and good ones do not, ranked."""

from datetime import timedelta

import pytest
from psycopg2.extras import DateTimeTZRange

from plant.models import Equipment, Parameter, Unit
from tests.traceability import worlds
from traceability.models import Stream, Visit
from traceability.queries import common_cause, shared_values

pytestmark = pytest.mark.django_db


@pytest.fixture
def pieces():
    """Six boards of one bare board each way: the bad ones got the second lot, all stood at the same oven."""
    here = worlds.world()
    good_lot, bad_lot = worlds.raw(here, "R1", supplier_lot="SL-1"), worlds.raw(here, "R2", supplier_lot="SL-2")
    boards = [worlds.made(here, f"B{number}") for number in range(6)]
    for number, board in enumerate(boards):
        worlds.link(bad_lot if number < 3 else good_lot, board)
        begun = worlds.NOON + timedelta(hours=number)
        Visit.objects.create(
            lot=board, is_serial=False, equipment=here.oven, during=DateTimeTZRange(begun, begun + timedelta(hours=1)),
            person=here.operator,
        )
    return boards


def test_the_lot_that_all_bad_ones_got_comes_first(pieces):
    found = common_cause.compare(pieces[:3], pieces[3:])

    first = found.causes[0]
    assert (first.bad, first.all_bad, first.good, first.all_good) == (3, 3, 0, 3)
    assert {one.label.split(" ")[0] for one in found.causes if one.is_in_all and not one.good} == {"R2", "SL-2"}
    assert first.lift == pytest.approx((3.5 / 4) / (0.5 / 4))
    assert first.chance == pytest.approx(1 / 20)
    assert not [one for one in found.causes if "OVEN1 Oven" in one.label]  # everybody stood there


def test_without_good_ones_they_are_compared_with_what_was_made_beside_them(pieces):
    found = common_cause.compare(pieces[:3], [])

    assert found.is_beside
    assert {lot.pk for lot in found.good} == {lot.pk for lot in pieces[3:]}
    assert found.causes[0].good == 0


def test_a_value_is_cut_between_pieces_and_only_its_best_cut_is_shown():
    unit = Unit(code="CEL", symbol="°C")
    stream = Stream(pk=7, parameter=Parameter(code="T", name="Heat", unit=unit), equipment=Equipment(code="OVEN1"))

    found = list(shared_values.parted(stream, {1: 240.0, 2: 241.0, 3: 250.0}))

    assert {one.group for one in found} == {"value 7"}
    assert ("OVEN1 · Heat > 245.5 °C", {3}) in [(one.label, set(one.pieces)) for one in found]
