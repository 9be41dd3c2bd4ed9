"""Listing what stands still."""

import pytest

from tests.traceability import worlds
from traceability.models import Hold, MaterialLot
from traceability.queries import holds_list
from traceability.queries.holds_list import HoldFilter

pytestmark = pytest.mark.django_db


def hold(here: worlds.World, lot: MaterialLot, cause_id: str, *, released: bool = False) -> Hold:
    end = {"released_by": here.operator, "released_at": worlds.NOON, "release_reason": "checked"} if released else {}
    return Hold.objects.create(
        target_kind="LOT", target_id=str(lot.pk), target_label=lot.number, lot=lot, site=here.site,
        cause_kind="NONCONFORMANCE", cause_id=cause_id, reason="drift", placed_by=here.operator, placed_at=worlds.NOON,
        **end,
    )


def test_find_shows_only_what_is_still_held() -> None:
    here = worlds.world()
    lot = worlds.raw(here, "L1")
    hold(here, lot, "NCR1", released=True)
    hold(here, lot, "NCR2")
    assert [row.cause_id for row in holds_list.find(HoldFilter()).rows] == ["NCR2"]
    assert [row.cause_id for row in holds_list.find(HoldFilter(state="all", text="NCR1")).rows] == ["NCR1"]
    assert holds_list.counts() == {"LOT": 1}


def test_of_lot_puts_the_open_ones_first() -> None:
    here = worlds.world()
    lot = worlds.raw(here, "L1")
    hold(here, lot, "NCR1", released=True)
    hold(here, lot, "NCR2")
    assert [row.cause_id for row in holds_list.of_lot(lot.pk)] == ["NCR2", "NCR1"]


def test_find_takes_one_statement_at_any_length(django_assert_num_queries) -> None:
    here = worlds.world()
    for index in range(10):
        hold(here, worlds.raw(here, f"L{index}"), "NCR1")
    with django_assert_num_queries(1):
        assert [str(row.lot.material) for row in holds_list.find(HoldFilter()).rows] == ["PCB-1 Bare board"] * 10
