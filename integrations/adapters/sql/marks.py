"""How far each statement has read: marks of three kinds, kept as text and bound as what they are."""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

NUMBER, TIME, TEXT = "NUMBER", "TIME", "TEXT"
KINDS = [(NUMBER, _("number")), (TIME, _("time")), (TEXT, _("text"))]
FIRST: dict[str, Any] = {NUMBER: 0, TIME: datetime(1900, 1, 1), TEXT: ""}  # noqa: DTZ001 - databases keep such times


def bound(mark: str | None, kind: str, overlap: int) -> Any:
    """The mark as the database takes it."""
    if mark is None:
        return FIRST[kind]
    if kind == TIME:
        return datetime.fromisoformat(mark) - timedelta(seconds=overlap)
    if kind == NUMBER:
        return Decimal(mark) if "." in mark or "E" in mark.upper() else int(mark)
    return mark


def told(value: Any) -> str:
    """A value of the high-water column as a mark."""
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


def kept(cursor: str) -> dict[str, str]:
    """The marks in a cursor."""
    try:
        found = json.loads(cursor or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def plain(value: Any) -> Any:
    """A value of a foreign column as JSON can keep it, exactly."""
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | int | float | bool) else str(value)
