"""What the list of lots says of each."""

import pytest

from tests.traceability import worlds
from traceability.models import Bucket
from traceability.queries import lots_list

pytestmark = pytest.mark.django_db


def some() -> worlds.World:
    here = worlds.world()
    worlds.raw(here, "R-1", supplier_lot="ACME-7")
    board = worlds.made(here, "B-1", quantity=5)
    worlds.move(here, board, 5, Bucket.WIP, Bucket.SHIPPED)
    return here


def test_a_row_says_what_is_at_hand_and_where_the_rest_went() -> None:
    some()
    rows = {row.lot.number: row for row in map(lots_list.row, lots_list.every())}
    assert (rows["R-1"].at_hand, [spot.bucket for spot in rows["R-1"].where]) == (100, ["STOCK"])
    assert (rows["B-1"].at_hand, [spot.bucket for spot in rows["B-1"].where]) == (0, ["SHIPPED"])
    assert {number: row.state for number, row in rows.items()} == {"R-1": "AVAILABLE", "B-1": "SHIPPED"}


def test_rows_take_two_statements_at_any_length(django_assert_num_queries) -> None:
    here = worlds.world()
    for index in range(20):
        worlds.raw(here, f"L{index}")
    with django_assert_num_queries(2):
        assert len([lots_list.row(lot) for lot in lots_list.every()]) == 20
