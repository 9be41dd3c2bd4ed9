"""Connections of the plant that is tried, and what became of their messages; run inside that plant.

`python -m benchmarks.spine join RUN URL`, `… tell RUN FIRST COUNT`, `… account RUN` and `… leave RUN` answer JSON.
"""

import json
import sys
from typing import Any

import django

django.setup()

from django.utils import timezone  # noqa: E402 - settings come first

from integrations.links.commands import connections  # noqa: E402
from integrations.models import Connection, Exchange, OpenNetwork  # noqa: E402
from mes.models import JobOrder  # noqa: E402
from plant.commands import journal  # noqa: E402
from plant.models import Equipment, EquipmentLevel, JournalEntry, MaterialDefinition, Person  # noqa: E402

OBJECTS, TIMEOUT = 6, 2
FETCH = {"noun": "material-definitions", "path": "rows", "rows": "value", "id": "no", "version": "changed",
         "since": "since", "cursor": "changed"}
SEND = {"noun": "shortages", "path": "bookings/{key}", "reference": "number"}


def join(run: str, url: str) -> str:
    """A connection in use that takes materials in and tells of missing material."""
    OpenNetwork.objects.get_or_create(network="127.0.0.0/8", defaults={"why": "this machine"})
    by, at = Person.objects.get(number="integrator"), timezone.now()
    site = Equipment.objects.filter(level=EquipmentLevel.SITE).earliest("pk")
    made = connections.put(
        code=run, name=run, kind="http-json", site=site, receives=True, sends=True, sent_nouns=["shortages"],
        endpoint=url, rhythm="REALTIME", timeout=TIMEOUT, per_minute=6000,
        settings={"fetch": [FETCH], "send": [SEND]}, by=by, at=at,
    )
    connections.switch(connection=made, on=True, by=by, at=at)
    return run


def tell(run: str, first: int, count: int) -> int:
    """So many stations lack material, numbered in the order in which they said so; every connection hears of it."""
    by, jobs = Person.objects.get(number="integrator"), list(JobOrder.objects.order_by("-pk")[:OBJECTS])
    for number in range(first, first + count):
        data = {"run": run, "number": number, "material": "M", "quantity": "1"}
        journal.record("joborder.short", subject=jobs[number % len(jobs)], by=by, data=data)
    return count


def account(run: str) -> dict[str, Any]:
    """Every message of a connection, and what the record book has of the materials that came."""
    rows = Exchange.objects.filter(connection__code=run).order_by("direction", "seq")
    names = ("direction", "seq", "status", "subject", "version", "last_error", "result")
    entries = JournalEntry.objects.filter(subject_kind="materialdefinition", actor=f"link:{run}"[:40])
    codes = {str(pk): code for pk, code in MaterialDefinition.objects.values_list("pk", "code")}
    return {
        "messages": [{**{name: getattr(row, name) for name in names}, "key": str(row.key)} for row in rows],
        "names": [[codes[entry.subject_id], name_in(entry.data)] for entry in entries.order_by("id")],
    }


def name_in(data: dict[str, Any]) -> str:
    """The name that an entry gave a material, when it was made or changed."""
    said = data.get("name", "")
    return str(said[1] if isinstance(said, list) else said)


def leave(run: str) -> str:
    """Out of use, so that the next one is not told of by it."""
    row = Connection.objects.get(code=run)
    connections.switch(connection=row, on=False, by=Person.objects.get(number="integrator"), at=timezone.now())
    return run


def main(act: str, *words: str) -> int:
    """Do what is asked, and print the answer as JSON."""
    acts: dict[str, Any] = {"join": join, "tell": tell, "account": account, "leave": leave}
    print(json.dumps(acts[act](*(int(word) if word.isdigit() else word for word in words)), default=str))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
