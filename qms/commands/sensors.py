"""Calibrations of sensors; what they share with gauges lies in `calibrations`."""

from datetime import datetime

from plant.models import Person
from plant.transactions import command
from qms.commands import calibrations
from qms.commands.calibrations import NotCalibrated
from qms.models import Calibration, Sensor
from traceability.models import Stream

__all__ = ["NotCalibrated", "cover", "record", "watch"]


@command
def record(
    *, sensor: Sensor, result: str, done_at: datetime, certificate: str, laboratory: str, by: Person, at: datetime,
    next_due_at: datetime | None = None, remark: str = "",
) -> Calibration:
    """Record a calibration. One that holds ends the doubt from now on; readings made before stay as they are."""
    return calibrations.record(
        instrument=sensor, result=result, done_at=done_at, certificate=certificate, laboratory=laboratory, by=by, at=at,
        next_due_at=next_due_at, remark=remark,
    )


@command
def watch(*, sensor: Sensor, by: Person, at: datetime) -> bool:
    """Tell of a sensor that is due soon, due or failed, once for each step; whether one was taken."""
    return calibrations.watch(instrument=sensor, by=by, at=at)


def cover(*, stream: Stream, like: Stream) -> None:
    """Let the sensors of a stream answer for another one that is made from it."""
    for sensor in Sensor.objects.filter(streams=like):
        sensor.streams.add(stream)
