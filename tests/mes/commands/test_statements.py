"""A scan is answered in few statements: each is a way to the database and back while somebody waits."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mes.queries import stations
from tests.mes import factories

pytestmark = pytest.mark.django_db


def statements(world: factories.World, code: str, station: str = "MOUNT") -> int:
    """How many statements an accepted scan takes, from the command on."""
    with CaptureQueriesContext(connection) as seen:
        assert world.scan(code, station).outcome in {"accepted", "attention"}
    return len(seen)


@pytest.fixture
def world() -> factories.World:
    """A lot of five; the stations come with what they are part of, as the doors hand them over."""
    made = factories.world(5)
    made.stations = {code: stations.by_code(code) for code in made.stations}
    made.scan(made.job.number)
    return made


def test_start_and_finish_take_few_statements(world):
    world.ready(5)
    lot = world.outputs[0].number
    [world.scan(lot) for _ in range(2)]

    assert statements(world, lot, "OVEN") <= 13  # one reads the control plan, which is then kept for five seconds
    assert statements(world, lot, "OVEN") <= 15


def test_start_and_finish_with_two_materials_take_few_statements(world):
    world.ready(5)
    lot = world.outputs[0].number

    assert statements(world, lot) <= 18  # likewise
    assert statements(world, lot) <= 18


def test_a_component_takes_two_statements(world):
    world.scan(world.outputs[0].number)

    assert statements(world, world.blank.number) <= 2


def test_loading_and_a_repeat_take_few_statements(world):
    assert statements(world, world.blank.number) <= 14
    assert statements(world, world.job.number) <= 9
