"""A value that an instrument said by itself: into the open sample once, however often it is told."""

import uuid
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from plant.commands.idempotency import request_hash
from plant.errors import Refusal
from plant.models import DeviceEvent, Person
from plant.transactions import command, undoable
from qms.commands import instruments
from qms.models import Gauge
from traceability.models import Source

CLAIM = """
INSERT INTO plant_deviceevent (device, event_id, request_hash, outcome, device_at, at) VALUES (%s, %s, %s, '', %s, %s)
ON CONFLICT (device, event_id) DO NOTHING
"""
ACCEPTED, REFUSED = "accepted", "refused"
Answer = dict[str, Any]


class NoGauge(Refusal):
    """A line that names a gauge which the plant does not have."""

    code = "no-such-gauge"


@command
def take(
    *, device: str, event_id: uuid.UUID, gauge: str, value: float, by: Person, at: datetime, said_at: datetime
) -> Answer:
    """Record a value once for each event; a refused one is kept with its reason, and a repeated one changes nothing.

    The claim stands in the transaction that records: a value that is told again after an outage finds it, or finds that
    nothing was recorded.
    """
    digest = request_hash([gauge, value])
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [device, event_id, digest, said_at, at])
        is_new = cursor.rowcount == 1
    event = DeviceEvent.objects.filter(device=device, event_id=event_id)
    if not is_new:
        return event.get().answer or {}
    answer = _answered(gauge, value, by, said_at)
    event.update(outcome=answer["outcome"], answer=answer)
    return answer


def _answered(gauge: str, value: float, by: Person, at: datetime) -> Answer:
    try:
        with undoable():
            found = Gauge.objects.filter(code=gauge).first()
            if found is None:
                raise NoGauge(_("There is no gauge %(code)s. Enter the code of a gauge as the tag's field.")
                              % {"code": gauge})
            made = instruments.hear(gauge=found, value=value, by=by, at=at, source=Source.AUTO)
    except Refusal as refusal:
        return {"outcome": REFUSED, "message": str(refusal), "code": refusal.code, "lot": None}
    item = made.item
    message = f"{item.inspection.number} {item.characteristic.code}"
    return {"outcome": ACCEPTED, "message": message, "code": "", "lot": None, "result": made.pk}
