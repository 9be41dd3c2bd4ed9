"""Counted samples: how many bad ones among how many, kept as a reading beside its size, and judged at once."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from plant import policies
from plant.errors import Refusal
from plant.models import Person
from plant.transactions import command
from spc.commands import measurements
from spc.models import SampleSize, Violation
from spc.queries.counts import Sample
from traceability.commands import readings
from traceability.commands.readings import ReadingRow
from traceability.models import Quality, Source, Stream


class CountRefused(Refusal):
    """A count that can't be."""

    code = "count-refused"


@command
def record(*, stream: Stream, samples: Sequence[Sample], by: Person, at: datetime) -> list[Violation]:
    """Keep counted samples and judge them; one that is kept already is left as it is."""
    policies.check(by, "chart.evaluate")
    for one in samples:
        if not (0 <= one.bad < 1e15 and 0 < one.size < 1e15):
            raise CountRefused(_("A sample needs a size above 0 and a count that is not below 0. Correct it."))
    if not samples:
        return []
    SampleSize.objects.bulk_create(
        [SampleSize(stream=stream, at=one.at, seq=one.seq, size=one.size) for one in samples], ignore_conflicts=True
    )
    readings.record(rows=[
        ReadingRow(stream.pk, one.at, one.seq, one.bad, Quality.GOOD, Source.AUTO) for one in samples
    ])
    return measurements.evaluate(stream_ids=[stream.pk], by=by, at=at, since=min(one.at for one in samples))
