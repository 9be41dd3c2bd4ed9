"""The days that the address of a page of figures asks for."""

from datetime import date, timedelta

from django.http import HttpRequest
from django.utils.dateparse import parse_date


def asked(
    request: HttpRequest, today: date, *, longest: timedelta, usual: timedelta = timedelta()
) -> tuple[date, date]:
    """From and to, no longer than `longest`: up to today, over `usual` days before, where the address names none."""
    last = day(request.GET.get("to", ""), today)
    first = min(day(request.GET.get("from", ""), last - usual), last)
    return max(first, last - longest), last


def day(text: str, otherwise: date) -> date:
    """A day that an address names, if it names one that a plant can have."""
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    return found if found and 1999 < found.year < 2300 else otherwise
