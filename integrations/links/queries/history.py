"""What the record book has of a connection's tests, and of the versions that the other system had."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.utils.dateparse import parse_datetime

from integrations.models import Connection, Mapping
from plant.models import JournalEntry
from plant.statements import told

TESTED, KINDS = "connection.tested", ("connection.created", "connection.changed", "connection.tested")
MOST, LOOKED_AT = 20, 400


@dataclass(frozen=True, slots=True)
class Test:
    """One test of the connection: who asked, and what came of it."""

    at: datetime
    by: str
    works: bool
    said: str
    version: str
    took_ms: int | None


@dataclass(frozen=True, slots=True)
class Version:
    """A version of the other system, from when on it was known here, and how."""

    version: str
    since: datetime
    by: str
    is_told: bool  # by the other system itself


def _entries(connection: Connection, *kinds: str) -> Iterator[JournalEntry]:
    rows = JournalEntry.objects.filter(subject_kind="connection", subject_id=str(connection.pk), kind__in=kinds)
    return iter(rows.order_by("-id")[:LOOKED_AT])


def when(entry: JournalEntry) -> datetime:
    """The moment that the command was told."""
    return parse_datetime(str(entry.data.get("at") or "")) or entry.at


def tests(connection: Connection) -> list[Test]:
    """The last tests, newest first."""
    return [
        Test(when(one), one.actor_name, bool(one.data.get("works")), told(str(one.data.get("said", ""))),
             str(one.data.get("version", "")), one.data.get("took_ms"))
        for one in islice(_entries(connection, TESTED), MOST)
    ]  # fmt: skip


def versions(connection: Connection) -> list[Version]:
    """Every version that the other system had, newest first."""
    found: list[Version] = []
    for one in reversed(list(_entries(connection, *KINDS))):
        told = str(one.data.get("version") or "")
        entered = one.data.get("changed", {}).get("other_version", ["", ""])[1]
        version = told or entered or str(one.data.get("other_version") or "")
        if version and (not found or found[-1].version != version):
            found.append(Version(version, when(one), one.actor_name, bool(told)))
    return found[::-1]


def untried(connection: Connection, known: list[Version]) -> list[Mapping]:
    """Mappings in effect that came into effect before the other system had the version that it has now."""
    if len(known) < 2:
        return []
    rows = Mapping.objects.filter(connection=connection, status="EFFECTIVE", effective__startswith__lt=known[0].since)
    return list(rows.order_by("code"))
