"""Ranks, rules and the clock of a station's queue."""

from datetime import UTC, datetime, timedelta

import pytest

from mes import queueing
from mes.queueing import Clock, Work
from mes.shift_plans import PlannedShift

AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


def work(key, hours, due, priority=50, is_begun=False):
    return Work(key, hours * HOUR, AT + due * HOUR, priority, is_begun)


def shift(start, end, *breaks):
    spans = tuple((AT + a * HOUR, AT + b * HOUR) for a, b in breaks)
    return PlannedShift("Day", "白班", AT.date(), AT + start * HOUR, AT + end * HOUR, spans)


@pytest.mark.parametrize(("low", "high", "rank"), [
    (None, None, 1024), (1024, None, 2048), (None, 1024, 0), (1024, 2048, 1536), (5, 7, 6), (5, 6, None),
])
def test_a_rank_lies_between_its_neighbours_or_there_is_no_room(low, high, rank):
    assert queueing.between(low, high) == rank


@pytest.mark.parametrize(("rule", "order"), [
    ("due", [3, 2, 1]), ("ratio", [2, 3, 1]), ("priority", [1, 3, 2]), ("short", [3, 1, 2]),
])
def test_rules_order_what_waits(rule, order):
    waiting = [work(1, 2, 20, priority=1), work(2, 6, 7), work(3, 1, 5)]
    assert [one.key for one in queueing.propose(rule, waiting, AT)] == order


def test_what_has_begun_stays_in_front():
    waiting = [work(1, 2, 20, is_begun=True), work(2, 1, 5)]
    assert [one.key for one in queueing.propose("due", waiting, AT)] == [1, 2]


def test_earliest_due_date_first_keeps_the_greatest_lateness_smallest():
    waiting = [work(1, 3, 4), work(2, 2, 2), work(3, 4, 9)]
    clock = Clock([(AT, AT + 24 * HOUR)])
    ends = queueing.through(queueing.propose("due", waiting, AT), clock)
    assert max((ends[one.key] - one.due_at) / HOUR for one in waiting) == 1
    assert max((queueing.through(waiting, clock)[one.key] - one.due_at) / HOUR for one in waiting) == 3


def test_work_goes_on_over_breaks_and_nights():
    clock = Clock(queueing.working([shift(0, 8, (4, 5)), shift(24, 32)], AT))
    ends = queueing.through([work(1, 4, 9), work(2, 1, 9), work(3, 3, 9), work(4, 20, 9)], clock)
    assert [ends[key] and (ends[key] - AT) / HOUR for key in (1, 2, 3, 4)] == [4, 6, 25, None]


def test_what_is_left_of_a_shift_begins_now():
    assert queueing.working([shift(-2, 2, (-1, 1))], AT) == [(AT + HOUR, AT + 2 * HOUR)]


def test_load_fills_one_part_after_the_other():
    spans = [[(AT, AT + 7 * HOUR)], [(AT + 24 * HOUR, AT + 31 * HOUR)]]
    parts = queueing.load(9 * HOUR, [("Day", AT.date(), one) for one in spans])
    assert [(part.takes, round(part.percent)) for part in parts] == [(7 * HOUR, 100), (2 * HOUR, 29)]


def test_looks_back_over_so_much_working_time():
    spans = queueing.working([shift(-24, -16), shift(-2, 6)], AT - 48 * HOUR)
    assert queueing.since(spans, AT, 4 * HOUR) == AT - 18 * HOUR
    assert queueing.since(spans, AT, 99 * HOUR) == AT - 24 * HOUR


def test_the_station_with_the_least_before_it_takes_over():
    free = {"M2": 3 * HOUR, "M3": HOUR, "X": timedelta(0)}
    assert (queueing.elsewhere(["M1", "M2", "M3"], free), queueing.elsewhere(["M1"], free)) == ("M3", None)
