"""Two shifts a day, from eight to eight in the plant's time. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta

LENGTH = timedelta(hours=12)
FIRST_HOUR = 8


@dataclass(frozen=True)
class Shift:
    """A stretch of work."""

    starts_at: datetime
    ends_at: datetime
    is_day: bool
    title: str = ""  # as the line's calendar calls it


def shift_at(local: datetime) -> Shift:
    """The shift that a moment in the plant's own time falls in."""
    day = local.replace(hour=FIRST_HOUR, minute=0, second=0, microsecond=0)
    start = day if local >= day else day - LENGTH
    if local >= day + LENGTH:
        start = day + LENGTH
    return Shift(start, start + LENGTH, start.hour == FIRST_HOUR)
