"""Which stretch of time a page shows: a named window up to now, or from and to."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

LENGTHS: dict[str, tuple[Any, timedelta]] = {
    "15m": (_("15 min"), timedelta(minutes=15)), "1h": (_("1 hour"), timedelta(hours=1)),
    "8h": (_("8 hours"), timedelta(hours=8)), "1d": (_("1 day"), timedelta(days=1)),
    "7d": (_("7 days"), timedelta(days=7)), "30d": (_("30 days"), timedelta(days=30)),
}
DEFAULT = "15m"


@dataclass(frozen=True, slots=True)
class Shown:
    """A stretch, its name (empty when it was given by from and to), and how an address says it."""

    from_at: datetime
    to_at: datetime
    name: str
    query: str


def shown(request: HttpRequest) -> Shown:
    """What the address asks for; what it says wrongly counts as not said."""
    now = timezone.now()
    from_at, to_at = _moment(request.GET.get("from", "")), _moment(request.GET.get("to", "")) or now
    if from_at and from_at < to_at:
        return between(from_at, to_at)
    name = request.GET.get("w", "")
    name = name if name in LENGTHS else DEFAULT
    return Shown(now - LENGTHS[name][1], now + timedelta(minutes=1), name, f"w={name}")


def between(from_at: datetime, to_at: datetime) -> Shown:
    """A fixed stretch."""
    return Shown(from_at, to_at, "", f"from={_said(from_at)}&to={_said(to_at)}")


def _said(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z").replace("+", "%2B")


def _moment(text: str) -> datetime | None:
    try:
        found = parse_datetime(text.replace(" ", "+") if "T" in text else text)
    except ValueError:
        return None
    if found is None:
        return None
    return found if timezone.is_aware(found) else timezone.make_aware(found)
