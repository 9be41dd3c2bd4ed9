"""Calibrations of sensors: recorded with their certificate; what runs out or failed is told, and told further up."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from plant import live, policies
from plant.commands import desks, journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person, Role
from plant.queries import people
from plant.transactions import command
from qms.models import Calibration, CalibrationResult, Sensor
from qms.queries import sensors
from traceability.models import Stream


class NotCalibrated(Refusal):
    """A calibration that can't be recorded so."""

    code = "not-calibrated"


@command
def record(
    *, sensor: Sensor, result: str, done_at: datetime, certificate: str, laboratory: str, by: Person, at: datetime,
    next_due_at: datetime | None = None, remark: str = "",
) -> Calibration:
    """Record a calibration. One that passed ends the doubt from now on; readings made before stay as they are."""
    policies.check(by, "sensor.calibrate", on=sensor)
    found = lock(Sensor.objects.filter(pk=sensor.pk))[0]
    _check(found, result, done_at, certificate, laboratory, next_due_at, at)
    passed = result == CalibrationResult.PASSED
    calibration = Calibration.objects.create(
        sensor=found, at=done_at, result=result, certificate=certificate.strip(), laboratory=laboratory.strip(),
        remark=remark.strip(), next_due_at=next_due_at if passed else None, by=by, recorded_at=at,
    )
    found.due_at = next_due_at if passed else found.due_at
    found.failed_at = None if passed else found.failed_at or done_at
    found.stage = 0
    found.save(update_fields=["due_at", "failed_at", "stage"])
    data = {"certificate": calibration.certificate, "laboratory": calibration.laboratory, "done_at": done_at,
            "next_due_at": calibration.next_due_at}
    kind = "sensor.calibrated" if passed else "sensor.failed"
    journal.record(kind, subject=found, by=by, reason=remark, data=data)
    live.push("news", "sensor", {"sensor": found.code, "result": result})
    return calibration


def _check(
    sensor: Sensor, result: str, done_at: datetime, certificate: str, laboratory: str, next_due_at: datetime | None,
    at: datetime,
) -> None:
    if not (certificate.strip() and laboratory.strip()):
        raise NotCalibrated(_("Enter the number of the certificate and who calibrated the sensor."))
    if done_at > at:
        raise NotCalibrated(_("A calibration can't lie in the future."), facts={"field": "done_at"})
    last = sensor.calibrations.order_by("-at").first()
    if last is not None and done_at <= last.at:
        raise NotCalibrated(
            _("The last calibration was on %(day)s. Enter one that came after it.") % {"day": last.at.date()},
            facts={"field": "done_at"},
        )
    if result == CalibrationResult.PASSED and (next_due_at is None or next_due_at <= done_at):
        raise NotCalibrated(_("Say until when the calibration holds."), facts={"field": "next_due_at"})


@command
def watch(*, sensor: Sensor, by: Person, at: datetime) -> bool:
    """Tell of a sensor that is due soon, due or failed, once for each step; whether one was taken."""
    policies.check(by, "sensor.watch")
    found = lock(Sensor.objects.filter(pk=sensor.pk).select_related("owner", "equipment"))[0]
    step = sensors.stage_of(found, at)
    if step <= found.stage:
        return False
    found.stage = step
    found.save(update_fields=["stage"])
    kind = "sensor.due-soon" if step == 1 else "sensor.overdue" if step == 2 else "sensor.escalated"
    data = {"due_at": found.due_at, "failed_at": found.failed_at, "step": step, "to": role_of(found, step)}
    journal.record(kind, subject=found, by=by, data=data)
    desks.escalate(subject=found, what=lambda: str(found), people=told_to(found, step), by=by, at=at)
    live.push("news", "sensor", {"sensor": found.code, "step": step})
    return True


def role_of(sensor: Sensor, step: int) -> str:
    """The role that hears of a step."""
    return {3: Role.QUALITY_ENGINEER, 4: Role.QUALITY_MANAGER}.get(step, sensor.owner_role)


def told_to(sensor: Sensor, step: int) -> Iterable[Person]:
    """Its owner, or those of the role that it goes to; later those further up."""
    return [sensor.owner] if sensor.owner is not None and step <= 2 else people.holding(role_of(sensor, step))


def cover(*, stream: Stream, like: Stream) -> None:
    """Let the sensors of a stream answer for another one that is made from it."""
    for sensor in Sensor.objects.filter(streams=like):
        sensor.streams.add(stream)
