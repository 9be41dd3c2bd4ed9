"""Superseding a collected value after its lot has left the operation: once a change of trace data is approved."""

from datetime import datetime

from mes.commands.data_values import READ
from mes.models import DataKind, DataValue
from plant.commands import journal
from plant.locks import lock
from plant.models import Person
from plant.transactions import command
from traceability import correcting
from traceability.correcting import Value
from traceability.models import MaterialLot

TYPED = (DataKind.NUMBER, DataKind.TEXT, DataKind.CHOICE, DataKind.SCAN)


def typed(lot: MaterialLot) -> list[Value]:
    """The values of a lot that people entered and that count."""
    rows = DataValue.objects.filter(lot=lot, correction__isnull=True, stream__isnull=True, item__kind__in=TYPED)
    return [Value(row.pk, row.item.title, row.text, row.at) for row in rows.select_related("item").order_by("pk")]


@command
def supersede(*, row: int, text: str, reason: str, by: Person, at: datetime) -> DataValue:
    """Write the value that was true, beside the one that it replaces; a text that is no answer is refused."""
    rows = DataValue.objects.select_related("item__unit", "item__parameter__unit", "lot", "station")
    was = lock(rows.filter(pk=row))[0]
    value = DataValue(
        item=was.item, gauge=was.gauge, lot=was.lot, arrival_id=was.arrival_id, job_segment_id=was.job_segment_id,
        station=was.station, person=by, at=at, corrects=was, reason=reason[:200],
        **READ[DataKind(was.item.kind)](was.item, text, was.station, at),
    )
    value.save(force_insert=True)
    data = {"name": was.item.name, "value": value.text, "good": value.is_good}
    journal.record("lot.data-corrected", subject=was.lot, by=by, reason=value.reason, data=data)
    return value


correcting.register(typed, supersede)
