"""Dates on labels: six digits, whose century follows from the day they are read."""

import calendar
from datetime import date

EXPIRY = ("17", "7003")  # use by, and expiry with a time of day: it counts for its whole day


def day_of(text: str, today: date) -> date:
    """YYMMDD as a day within 49 years before and 50 years after today; day 00 is the last one of its month.

    Source: GS1 General Specifications, section 7.12. The text must have passed its check.
    """
    year = today.year - today.year % 100 + int(text[:2])
    year += 100 if year < today.year - 49 else -100 if year > today.year + 50 else 0
    month = int(text[2:4])
    return date(year, month, int(text[4:6]) or calendar.monthrange(year, month)[1])


def expiry(elements: dict[str, str], today: date) -> date | None:
    """The last day that a label allows, if it names one."""
    days = [day_of(elements[code], today) for code in EXPIRY if code in elements]
    return min(days, default=None)
