"""Finding lots in a long list."""

from dataclasses import replace

import pytest

from tests.traceability import worlds
from traceability.models import Bucket, MaterialLot
from traceability.queries import lots_list
from traceability.queries.lots_list import LotFilter

pytestmark = pytest.mark.django_db


def numbers(wanted: LotFilter) -> list[str]:
    return [row.lot.number for row in lots_list.find(replace(wanted, sort="number")).rows]


def some() -> worlds.World:
    here = worlds.world()
    worlds.raw(here, "R-1", supplier_lot="ACME-7")
    worlds.raw(here, "R-2")
    board = worlds.made(here, "B-1", quantity=5)
    worlds.move(here, board, 5, Bucket.WIP, Bucket.SHIPPED)
    return here


def test_find_by_number_material_and_supplier_lot() -> None:
    some()
    assert numbers(LotFilter(text="r-")) == ["R-1", "R-2"]
    assert numbers(LotFilter(text="acme")) == ["R-1"]
    assert numbers(LotFilter(text="控制板")) == ["B-1"]


def test_find_by_status_material_and_bucket() -> None:
    some()
    MaterialLot.objects.filter(number="R-2").update(status="HELD", open_holds=1)
    assert numbers(LotFilter(status="HELD")) == ["R-2"]
    assert numbers(LotFilter(material="CB-1")) == ["B-1"]
    assert numbers(LotFilter(bucket=Bucket.SHIPPED)) == ["B-1"]


def test_find_says_what_is_at_hand_and_where_the_rest_went() -> None:
    some()
    rows = {row.lot.number: row for row in lots_list.find(LotFilter()).rows}
    assert (rows["R-1"].at_hand, [spot.bucket for spot in rows["R-1"].where]) == (100, ["STOCK"])
    assert (rows["B-1"].at_hand, [spot.bucket for spot in rows["B-1"].where]) == (0, ["SHIPPED"])


@pytest.mark.parametrize("sort", ["created", "-created", "number", "-number"])
def test_pages_join_without_a_gap_or_a_repeat(sort: str) -> None:
    here = worlds.world()
    for index in range(7):
        worlds.raw(here, f"L{index}")
    seen, cursor = [], ""
    for _ in range(3):
        page = lots_list.find(LotFilter(sort=sort), cursor=cursor, size=3)
        seen += [row.lot.number for row in page.rows]
        cursor = page.next
    expected = [f"L{index}" for index in range(7)]
    assert (seen, cursor) == (expected[::-1] if sort.startswith("-") else expected, "")


def test_a_spoilt_cursor_starts_again() -> None:
    some()
    assert len(lots_list.find(LotFilter(), cursor="x%%").rows) == 3


def test_find_takes_two_statements_at_any_length(django_assert_num_queries) -> None:
    here = worlds.world()
    for index in range(20):
        worlds.raw(here, f"L{index}")
    with django_assert_num_queries(2):
        lots_list.find(LotFilter())
