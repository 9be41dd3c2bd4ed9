"""Dates on labels: the century follows from today, and day 00 is the last of its month."""

from datetime import date

import pytest

from plant.gs1 import dates

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(("text", "day"), [
    ("261231", date(2026, 12, 31)), ("260200", date(2026, 2, 28)), ("280200", date(2028, 2, 29)),
    ("760101", date(2076, 1, 1)), ("770101", date(1977, 1, 1)), ("991231", date(1999, 12, 31)),
])  # fmt: skip
def test_day_of(text, day):
    assert dates.day_of(text, TODAY) == day


def test_day_of_at_the_end_of_a_century():
    assert dates.day_of("010101", date(2099, 1, 1)) == date(2101, 1, 1)


def test_expiry_is_the_earlier_of_date_and_time():
    assert dates.expiry({"17": "261231", "7003": "2612011200"}, TODAY) == date(2026, 12, 1)
    assert dates.expiry({"10": "A"}, TODAY) is None
