"""Readings of other systems: conditioned as those of controllers are, kept, judged and compared in one transaction."""

from collections.abc import Sequence
from datetime import datetime

from integrations.plc.commands import conditions
from mes.commands import golden
from plant import policies
from plant.models import Person
from plant.queries import persons
from plant.transactions import command
from spc.commands import measurements
from traceability.commands import readings
from traceability.commands.readings import ReadingRow


@command
def take_in(*, rows: Sequence[ReadingRow], by: Person, at: datetime) -> int:
    """Store readings and judge their charts and golden windows, from the oldest of them on; how many were new."""
    policies.check(by, "reading.record")
    made = conditions.made_of(rows=rows)
    stored = readings.record(rows=rows)
    readings.record(rows=made)
    streams, since = {row.stream_id for row in (*rows, *made)}, min(row.at for row in rows)
    measurements.evaluate(stream_ids=streams, by=by, at=at, since=since)
    golden.compare(stream_ids=streams, by=persons.system("mes"), at=at, since=since)
    return stored
