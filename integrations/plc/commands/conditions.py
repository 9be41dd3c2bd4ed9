"""Setting up how a tag is conditioned, and keeping what its condition remembers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import numpy as np
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from integrations.models import Conditioning, Plc, PlcTag
from integrations.plc.conditioning import Conditioner
from integrations.plc.filters import Filter, Memory
from integrations.plc.queries import conditions
from integrations.plc.tags import READING, Quality, moment, sequence_at
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person
from plant.transactions import command
from qms.commands import sensors
from traceability.commands.readings import ReadingRow
from traceability.models import Stream

ENDING = "~"  # stands behind the code of the raw stream
REMEMBER = """
INSERT INTO integrations_conditioningmemory (conditioning_id, settings, held)
SELECT c.id, m.settings, m.held FROM unnest(%s::bigint[], %s::text[], %s::bytea[]) AS m(stream, settings, held)
JOIN integrations_conditioning c ON c.stream_id = m.stream
ON CONFLICT (conditioning_id) DO UPDATE SET settings = excluded.settings, held = excluded.held
"""


class NotConditioned(Refusal):
    """A tag that can't be conditioned so."""

    code = "not-conditioned"


@command
def set_up(*, tag: PlcTag, settings: dict[str, Any], by: Person, at: datetime) -> Conditioning:
    """Condition a tag from now on, or otherwise than before; the raw readings go on as they are.

    The first time, a stream of its own is made for what comes out. The poller takes it up within seconds.
    """
    policies.check(by, "plc.configure", plc=tag.plc.code)
    locked = lock(PlcTag.objects.filter(pk=tag.pk).select_related("plc", "stream"))[0]
    if locked.stream is None:
        raise NotConditioned(_("Record the raw values of this tag first: choose the stream its readings go to."))
    row = Conditioning.objects.filter(tag=locked).first() or Conditioning(tag=locked, stream=_stream(locked.stream))
    before = {name: getattr(row, name) for name in settings} if row.pk else {}
    for name, value in settings.items():
        setattr(row, name, value)
    try:
        row.full_clean()
    except ValidationError as error:
        raise NotConditioned(" ".join(error.messages)) from error
    row.save()
    sensors.cover(stream=row.stream, like=locked.stream)
    changed = {name: [before.get(name), value] for name, value in settings.items() if before.get(name) != value}
    journal.record("plctag.conditioned", subject=locked, by=by, data={"stream": row.stream.code, "changed": changed})
    return row


def _stream(raw: Stream) -> Stream:
    """A stream of the same parameter at the same place."""
    code = f"{raw.code[: 80 - len(ENDING)]}{ENDING}"
    fields = {"parameter": raw.parameter, "equipment": raw.equipment, "period_ms": raw.period_ms}
    stream, is_new = Stream.objects.get_or_create(code=code, defaults=fields)
    if not is_new and not Conditioning.objects.filter(stream=stream).exists() and stream.last_at is not None:
        raise NotConditioned(_("The stream %(code)s holds other readings. Rename it first.") % {"code": code})
    return stream


def remember(*, filters: Sequence[Filter], memory: Memory) -> None:
    """Keep what conditions remember; call it in the transaction that stores what they made."""
    rows = [one.tobytes() for one in memory]
    with connection.cursor() as cursor:
        cursor.execute(
            REMEMBER, [[one.out for one in filters], [conditions.settings_of(one) for one in filters], rows]
        )


def made_of(*, rows: Sequence[ReadingRow]) -> list[ReadingRow]:
    """What conditions make of readings that were pushed; call it in the transaction that stores them.

    The same arithmetic as the poller's. What comes later than a younger one of its stream is kept raw and passed over
    here: windows only look back, and what was told is never changed.
    """
    filters = [one for found in _held(rows) for one in found]
    if not filters:
        return []
    raw, source = {one.raw for one in filters}, rows[0].source
    table = np.array(
        [(row.stream_id, round(row.at.timestamp() * 1e6), sequence_at(row.at, row.seq),
          np.nan if row.value is None else row.value, row.quality) for row in rows if row.stream_id in raw], READING)
    conditioner = Conditioner(filters, conditions.remembered(filters))
    made, memory = conditioner.run(table)
    remember(filters=conditioner.filters, memory=memory)
    return [
        ReadingRow(key, moment(at), seq, None if value != value else value, Quality(quality), source)
        for key, at, seq, value, quality in made.tolist()
    ]


def _held(rows: Sequence[ReadingRow]) -> list[list[Filter]]:
    """The conditions of their sources, which nobody else carries out until the transaction ends."""
    found = conditions.of_pushed({row.stream_id for row in rows})
    if found:
        lock(Plc.objects.filter(pk__in=found))
        found = conditions.of_pushed({row.stream_id for row in rows})
    return list(found.values())
