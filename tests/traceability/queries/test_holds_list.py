"""Listing what stands still."""

import pytest

from tests import factories
from tests.traceability import worlds
from traceability.models import Hold, MaterialLot
from traceability.queries import holds_list

pytestmark = pytest.mark.django_db


def hold(here: worlds.World, lot: MaterialLot, cause_id: str, *, released: bool = False) -> Hold:
    end = {"released_by": here.operator, "released_at": worlds.NOON, "release_reason": "checked"} if released else {}
    return Hold.objects.create(
        target_kind="LOT", target_id=str(lot.pk), target_label=lot.number, lot=lot, site=here.site,
        cause_kind="NONCONFORMANCE", cause_id=cause_id, reason="drift", placed_by=here.operator, placed_at=worlds.NOON,
        **end,
    )


def test_counts_only_what_is_still_held() -> None:
    here = worlds.world()
    lot = worlds.raw(here, "L1")
    hold(here, lot, "NCR1", released=True)
    hold(here, lot, "NCR2")
    found = {state: holds_list.every().filter(holds_list.in_state(state)).get().cause_id
             for state in ("open", "released")}
    assert found == {"open": "NCR2", "released": "NCR1"}
    assert holds_list.counts(factories.person("ALL")) == {"LOT": 1}


def test_of_lot_puts_the_open_ones_first() -> None:
    here = worlds.world()
    lot = worlds.raw(here, "L1")
    hold(here, lot, "NCR1", released=True)
    hold(here, lot, "NCR2")
    assert [row.cause_id for row in holds_list.of_lot(lot.pk)] == ["NCR2", "NCR1"]
