"""What of the plant's data wants to be put right: each room registers what it knows to be wrong, missing or stuck."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise

from plant import policies
from plant.models import Person

MOST = 50
Words = str | Promise


@dataclass(frozen=True, slots=True)
class Anomaly:
    """One thing to put right: what, since when, where that is done."""

    title: str
    url: str
    since_at: datetime
    detail: Any = ""
    due_at: datetime | None = None


Find = Callable[[Person, datetime], Iterable[Anomaly]]


@dataclass(frozen=True, slots=True)
class Sort:
    """A kind of them: who may see them, within which time each is to be put right, how they are found."""

    key: str
    label: Words
    icon: str
    action: str
    within: timedelta
    find: Find


@dataclass(frozen=True, slots=True)
class Waiting:
    """One that waits, with its sort and the moment until which it is to be put right."""

    sort: Sort
    one: Anomaly
    due_at: datetime
    is_late: bool


_SORTS: dict[str, Sort] = {}


def register(
    key: str, label: Words, *, icon: str, action: str, within: timedelta = timedelta(days=1)
) -> Callable[[Find], Find]:
    """Name who knows anomalies; `find` gives at most MOST of what its reader reaches, the oldest first."""

    def keep(find: Find) -> Find:
        _SORTS[key] = Sort(key, label, icon, action, within, find)
        return find

    return keep


def sorts(reader: Person) -> list[Sort]:
    """The kinds that a person may see."""
    return [one for one in _SORTS.values() if policies.may(reader, one.action)]


def queue(reader: Person, at: datetime) -> list[Waiting]:
    """Everything that waits, by the moment until which it is to be put right."""
    found = []
    for sort in sorts(reader):
        for one in sort.find(reader, at):
            due = one.due_at or one.since_at + sort.within
            found.append(Waiting(sort, one, due, due < at))
    return sorted(found, key=lambda row: row.due_at)
