"""Where the work lies and how fast it goes on, and the list behind it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from mes.queries import flow
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories
from tests.mes.queue_world import more
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = factories.world(10)
    world.ready()
    [world.scan(world.outputs[0].number) for _ in range(2)]
    return world


def lines(at=NOW, line=""):
    return flow.lines(factories.planner(), [ground.line()], at=at, line=line)


def test_piles_tell_work_age_and_the_bottleneck(world):
    more("PO2", quantity=20)
    found = lines(NOW + timedelta(hours=3))[0]
    assert [(pile.code, pile.quantity, pile.hours * 3600) for pile in found.piles] == [
        ("MOUNT", 25, 250), ("OVEN", 5, 50),
    ]
    assert found.bottleneck.code == "MOUNT"
    assert found.piles[0].mean_age == timedelta(hours=3)
    assert [lot["quantity"] for lot in found.piles[1].oldest] == [Decimal(5)]


def test_rhythm_is_worked_time_over_pieces_beside_the_standard(world):
    world.scan(world.outputs[1].number, at=NOW + timedelta(seconds=100))
    world.scan(world.outputs[1].number, at=NOW + timedelta(seconds=150))
    more("PO2")
    pile = lines(NOW + timedelta(hours=1))[0].piles[0]
    assert (pile.made, pile.standard, pile.rhythm) == (10, 10, 15)
    assert pile.is_slow
    assert pile.deviation_words == "+50 %"


def test_held_lots_are_counted_where_they_lie(world):
    holds.place(
        target=Target.lot(world.outputs[0]), cause=Cause(CauseKind.PERSON, "x"), reason="Look",
        by=ground.person("Q", "QUALITY_ENGINEER"), at=NOW,
    )
    assert [pile.held for pile in lines()[0].piles] == [0, 1]


def test_what_has_no_line_yet_stands_last():
    factories.released(10)
    assert [(one.line, one.quantity) for one in lines()] == [(None, 10)]


def test_the_list_behind_a_pile_holds_its_lots(world, client):
    client.force_login(factories.planner())
    page = client.get(reverse("mes:wip-lots"), {"operation": "OVEN", "line": "LINE"})
    assert world.outputs[0].number in page.content.decode()
    assert world.outputs[1].number not in page.content.decode()


def test_the_board_is_a_file_too(world, client):
    client.force_login(factories.planner())
    answer = client.get(reverse("mes:wip"), {"format": "csv"})
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert [row.split(",")[:4] for row in rows[1:]] == [["LINE", "MOUNT", "1", "5"], ["LINE", "OVEN", "1", "5"]]
