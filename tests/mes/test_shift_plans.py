"""Calendars as shifts in real time: midnight, holidays, overtime, and the two nights on which clocks change."""

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes import shift_plans
from mes.shift_plans import EVERY_DAY, USUAL, Break, Extra, Pattern, Plan

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
NIGHT = Pattern("Night", "夜班", frozenset({0, 1, 2, 3, 4}), time(22), 480, (Break(240, 30),))
FRIDAY = date(2026, 3, 6)


def hours(one):
    return (one.ends_at - one.starts_at) / timedelta(hours=1)


def planned(plan, first, last=None, zone=BERLIN):
    return shift_plans.shifts([plan], zone, first, last or first)


def test_shift_over_midnight_belongs_to_the_day_it_began():
    (found,) = planned(Plan((NIGHT,)), FRIDAY, FRIDAY + timedelta(days=1))

    assert (found.day, found.starts_at.astimezone(BERLIN).day, found.ends_at.astimezone(BERLIN).day) == (FRIDAY, 6, 7)


@pytest.mark.parametrize(("saturday", "length"), [(date(2026, 3, 28), 7), (date(2026, 10, 24), 9), (FRIDAY, 8)])
def test_night_shift_lasts_as_long_as_the_clock_takes(saturday, length):
    plan = Plan((Pattern("Night", "", EVERY_DAY, time(22), 480),))

    assert hours(planned(plan, saturday)[0]) == length


def test_break_stands_where_the_clock_says():
    (found,) = planned(Plan((NIGHT,)), FRIDAY)

    assert [[moment.astimezone(BERLIN).strftime("%H:%M") for moment in span] for span in found.breaks] == [
        ["02:00", "02:30"]
    ]


def test_holiday_takes_the_shifts_that_begin_on_it_and_leaves_overtime():
    overtime = Extra("Overtime", "加班", FRIDAY, time(8), 240)

    found = planned(Plan((NIGHT,), frozenset({FRIDAY}), (overtime,)), FRIDAY)

    assert [one.name for one in found] == ["Overtime"]


def test_overlapping_shifts_share_no_time():
    plan = Plan((NIGHT,), extras=(Extra("Overtime", "", FRIDAY, time(20), 180),))

    found = planned(plan, FRIDAY)

    assert [hours(one) for one in found] == [3, 7]


def test_calendar_ends_with_its_last_day():
    plan = Plan((NIGHT,), last=FRIDAY - timedelta(days=1))

    assert planned(plan, FRIDAY) == []


def test_overlap_sees_sundays_midnight():
    sunday = (frozenset({6}), time(22), 480)

    assert shift_plans.overlap(sunday, (frozenset({0}), time(5), 60))
    assert not shift_plans.overlap(sunday, (frozenset({0}), time(6), 60))


@given(st.dates(date(2026, 1, 1), date(2026, 12, 1)), st.sampled_from([Plan((NIGHT,)), USUAL]))
def test_days_leave_no_time_out_and_share_none(first, plan):
    found = planned(plan, first - timedelta(days=2), first + timedelta(days=9))
    begins = [shift_plans.day_begins(found, BERLIN, first + timedelta(days=n)) for n in range(8)]

    assert begins == sorted(begins)
    assert all(begins[n] <= one.starts_at and one.ends_at <= begins[n + 1]
               for n in range(7) for one in found if one.day == first + timedelta(days=n))


def test_usual_shifts_fill_the_day_in_the_plants_time():
    found = planned(USUAL, FRIDAY, zone=SHANGHAI)

    assert [(one.starts_at.astimezone(SHANGHAI).hour, hours(one)) for one in found] == [(8, 12), (20, 12)]
