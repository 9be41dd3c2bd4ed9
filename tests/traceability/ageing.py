"""Readings of long ago, as they would lie in a plant that runs for months."""

from datetime import UTC, datetime, timedelta

import numpy as np
from django.db import connection

from plant.models import Parameter
from tests import factories
from traceability.commands import ageing, readings
from traceability.models import Source, Stream

THEN = datetime(2024, 5, 6, 22, 30, tzinfo=UTC)
NOW = datetime(2024, 5, 20, 8, 0, tzinfo=UTC)
ALL = """
SELECT at, seq, float8send(value), quality, source, recorded_at FROM zz_readings(%s, '-infinity', 'infinity')
ORDER BY at, seq
"""


def stream(code="oven.temperature"):
    unit = factories.material().unit
    parameter, _ = Parameter.objects.get_or_create(code="temperature", defaults={"name": "Temperature", "unit": unit})
    return Stream.objects.create(code=code, parameter=parameter, equipment=factories.station())


def store(one, values, at=THEN, seq=0, step=timedelta(seconds=7), quality=None):
    """One value a step; NaN is stored as bad."""
    n = len(values)
    return readings.record_table(
        stream=np.full(n, one.pk),
        at_us=np.array([(at + k * step - readings.UNIX) // readings.MICROSECOND for k in range(n)]),
        seq=np.arange(seq, seq + n), value=np.array(values, float),
        quality=np.zeros(n, np.int16) if quality is None else np.array(quality, np.int16), source=Source.AUTO,
    )


def everything(one):
    """All that is known of a stream, floats as their bytes."""
    with connection.cursor() as cursor:
        cursor.execute(ALL, [one.pk])
        return [(at, seq, value and bytes(value), *rest) for at, seq, value, *rest in cursor.fetchall()]


def pack():
    return ageing.pack(now=NOW, seconds=60)
