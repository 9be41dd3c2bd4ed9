"""Rows that several people write at once in a sheet: where a new one stands, and over which version one is written."""

import uuid
from typing import Any

from django.db.models import Max, Min, QuerySet
from django.utils.translation import gettext as _

from plant.errors import Refusal

STEP = 1024.0


class RowRefused(Refusal):
    """A row that can't be kept so; `field` says where."""

    code = "row-refused"


class RowChanged(Refusal):
    """A row that somebody else changed since it was read."""

    code = "row-changed"


def place(rows: "QuerySet[Any]", after: uuid.UUID | None) -> float:
    """Where a new row stands: behind another one, else at the end."""
    before = rows.filter(key=after).first() if after else None
    if before is None:
        return float(rows.aggregate(top=Max("position"))["top"] or 0) + STEP
    behind = rows.filter(position__gt=before.position).aggregate(low=Min("position"))["low"]
    return float(before.position + STEP if behind is None else (before.position + float(behind)) / 2)


def check_seen(row: Any, version: int, *, is_going: bool = False) -> None:
    """Refuse to write over, or to take out, a row that is not as it was read any more."""
    if row.version == version:
        return
    if is_going:
        message = _("%(person)s changed this row while you had it open. Look at it again before you take it out.")
    else:
        message = _("%(person)s changed this row while you had it open. Choose what shall stand.")
    who = row.changed_by.name if row.changed_by else _("Somebody")
    raise RowChanged(message % {"person": who}, facts={"version": row.version})


def text_of(value: Any) -> str:
    """An entry as it is kept: no blanks around it, lines ended in one way."""
    return str("" if value is None else value).replace("\r\n", "\n").strip()


def short_enough(name: str, text: str, most: int) -> str:
    """The text, if it fits into its column."""
    if len(text) > most:
        raise RowRefused(_("At most %(most)s letters fit here.") % {"most": most}, facts={"field": name})
    return text


def one_of(name: str, text: str, choices: list[str]) -> str:
    """The text, if it is one of those that can be chosen in its column."""
    if text not in choices:
        raise RowRefused(_("“%(value)s” can't be chosen here.") % {"value": text[:40]}, facts={"field": name})
    return text


def unknown(name: str) -> RowRefused:
    """A column that there is not."""
    return RowRefused(_("There is no column “%(name)s”.") % {"name": name[:40]})
