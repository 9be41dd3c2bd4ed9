"""When checks are due: pure, from what happened at a station."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes.due_checks import Event, Facts, Occasion, occasion
from tests.factories import NOW

MINUTE = timedelta(minutes=1)


def due(trigger: str, every: int | None = None, *, checked_at=None, at=NOW, **facts):
    known = {"first_at": NOW - 30 * MINUTE, "is_working": True, **facts}
    return occasion(trigger, every, Facts(**known), checked_at=checked_at, at=at)


def test_nothing_is_due_before_the_first_part():
    assert due("FIRST_PIECE", first_at=None) is None


def test_first_piece_is_due_once():
    assert due("FIRST_PIECE") == due("FIRST_PIECE", pieces=Decimal(90)) == Occasion("first")


@pytest.mark.parametrize(("pieces", "key"), [(19, None), (20, "pieces:20"), (39, "pieces:20"), (61, "pieces:60")])
def test_pieces_are_due_at_each_multiple(pieces, key):
    found = due("PIECES", 20, pieces=Decimal(pieces))

    assert (found.key if found else None) == key


def test_minutes_count_from_the_last_check():
    assert due("MINUTES", 30).key.startswith("minutes:")
    assert due("MINUTES", 30, checked_at=NOW - 29 * MINUTE) is None
    assert due("MINUTES", 30, is_working=False) is None


@pytest.mark.parametrize(("began", "is_due"), [(-40, False), (-10, True), (10, False)])
def test_shift_is_due_for_work_that_goes_on_over_its_change(began, is_due):
    assert (due("SHIFT", shift_at=NOW + began * MINUTE) is not None) is is_due


def test_stop_is_due_when_it_was_long_enough():
    restart = Event(7, NOW, "12", 12.0)

    assert due("DOWNTIME", 10, restart=restart) == Occasion("downtime:7", "12")
    assert due("DOWNTIME", 15, restart=restart) is None


def test_tool_and_order_are_due_for_their_event():
    assert due("TOOL", tool=Event(3, NOW, "Drill 8")) == Occasion("tool:3", "Drill 8")
    assert due("JOB", turn=Event(4, NOW, "WO1")) == Occasion("job:4", "WO1")
    assert due("JOB") is None


@given(st.lists(st.integers(1, 50), max_size=40), st.integers(1, 40))
def test_every_multiple_that_is_reached_is_noticed_once(reports, every):
    total, seen = 0, set()
    for count in reports:
        total += count
        found = due("PIECES", every, pieces=Decimal(total))
        seen |= {found.key} if found else set()

    assert len(seen) <= total // every
    assert bool(seen) == (total >= every)
