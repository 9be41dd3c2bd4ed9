"""Calibrations of sensors and gauges: recorded with their certificate; what runs out or failed is told."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from plant import live, policies
from plant.commands import desks, journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person, Role
from plant.queries import people
from plant.transactions import command
from qms.models import HOLDS, Calibration, CalibrationPoint, CalibrationResult, Gauge, Instrument
from qms.queries import sensors


class NotCalibrated(Refusal):
    """A calibration that can't be recorded so."""

    code = "not-calibrated"


class Point(NamedTuple):
    """A value that was checked: the reference, what was shown before and after adjusting, what it may be off by."""

    nominal: float
    found: float
    allowed: float
    left: float | None = None


def noun(instrument: Instrument) -> str:
    """The word before the dot: of actions, and in the journal."""
    return "gauge" if isinstance(instrument, Gauge) else "sensor"


@command
def record(
    *, instrument: Instrument, result: str, done_at: datetime, certificate: str, laboratory: str, by: Person,
    at: datetime, next_due_at: datetime | None = None, remark: str = "", points: Iterable[Point] = (),
) -> Calibration:
    """Record a calibration. One that holds ends the doubt from now on; what was measured before stays as it is."""
    kind = noun(instrument)
    policies.check(by, f"{kind}.calibrate", on=instrument)
    found = lock(type(instrument)._default_manager.filter(pk=instrument.pk))[0]
    checked = list(points)
    _check(found, result, done_at, certificate, laboratory, next_due_at, at)
    _check_points(result, checked)
    holds = result in HOLDS
    calibration = Calibration.objects.create(
        **{kind: found}, equipment_id=found.equipment_id, at=done_at, result=result, certificate=certificate.strip(),
        laboratory=laboratory.strip(), remark=remark.strip(), next_due_at=next_due_at if holds else None, by=by,
        recorded_at=at,
    )
    CalibrationPoint.objects.bulk_create(
        CalibrationPoint(calibration=calibration, **one._asdict()) for one in checked
    )
    found.due_at = next_due_at if holds else found.due_at
    found.failed_at = None if holds else found.failed_at or done_at
    found.stage = 0
    changed = ["due_at", "failed_at", "stage"]
    if isinstance(found, Gauge) and holds:
        found.uses = 0
        changed.append("uses")
    found.save(update_fields=changed)
    data = {"certificate": calibration.certificate, "laboratory": calibration.laboratory, "done_at": done_at,
            "next_due_at": calibration.next_due_at, "result": result}
    word = {CalibrationResult.PASSED: "calibrated", CalibrationResult.ADJUSTED: "adjusted"}
    verb = word.get(CalibrationResult(result), "failed")
    journal.record(f"{kind}.{verb}", subject=found, by=by, reason=remark, data=data)
    live.push("news", kind, {kind: found.code, "result": result})
    return calibration


def _check(
    instrument: Instrument, result: str, done_at: datetime, certificate: str, laboratory: str,
    next_due_at: datetime | None, at: datetime,
) -> None:
    if not (certificate.strip() and laboratory.strip()):
        raise NotCalibrated(_("Enter the number of the certificate and who calibrated it."))
    if done_at > at:
        raise NotCalibrated(_("A calibration can't lie in the future."), facts={"field": "done_at"})
    last = Calibration.objects.filter(**{noun(instrument): instrument}).order_by("-at").first()
    if last is not None and done_at <= last.at:
        raise NotCalibrated(
            _("The last calibration was on %(day)s. Enter one that came after it.") % {"day": last.at.date()},
            facts={"field": "done_at"},
        )
    if result in HOLDS and (next_due_at is None or next_due_at <= done_at):
        raise NotCalibrated(_("Say until when the calibration holds."), facts={"field": "next_due_at"})


def _check_points(result: str, points: list[Point]) -> None:
    """What was read must fit what is said of it: nothing passes that left outside of what is allowed."""
    facts = {"field": "points"}
    if len({one.nominal for one in points}) < len(points):
        raise NotCalibrated(_("A reference value stands twice. Enter each once."), facts=facts)
    rows = [CalibrationPoint(**one._asdict()) for one in points]
    out = [f"{row.nominal:g}" for row in rows if not row.is_good]
    if result in HOLDS and out:
        message = _("At %(points)s it is still outside of what is allowed. Adjust it again, or record that it failed.")
        raise NotCalibrated(message % {"points": ", ".join(out)}, facts=facts)
    came = [f"{row.nominal:g}" for row in rows if not row.was_good]
    if result == CalibrationResult.PASSED and came:
        message = _("At %(points)s it came outside of what is allowed: choose “passed after it was adjusted”, so that "
                    "what it measured before is looked at.")
        raise NotCalibrated(message % {"points": ", ".join(came)}, facts=facts)


@command
def watch(*, instrument: Instrument, by: Person, at: datetime) -> bool:
    """Tell of one that is due soon, due or failed, once for each step; whether one was taken."""
    kind = noun(instrument)
    policies.check(by, f"{kind}.watch")
    rows = type(instrument)._default_manager.filter(pk=instrument.pk).select_related("owner", "equipment")
    found = lock(rows)[0]
    step = sensors.stage_of(found, at)
    if step <= found.stage:
        return False
    found.stage = step
    found.save(update_fields=["stage"])
    word = "due-soon" if step == 1 else "overdue" if step == 2 else "escalated"
    data = {"due_at": found.due_at, "failed_at": found.failed_at, "step": step, "to": role_of(found, step)}
    journal.record(f"{kind}.{word}", subject=found, by=by, data=data)
    desks.escalate(subject=found, what=lambda: str(found), people=told_to(found, step), by=by, at=at)
    live.push("news", kind, {kind: found.code, "step": step})
    return True


def role_of(instrument: Instrument, step: int) -> str:
    """The role that hears of a step."""
    return {3: Role.QUALITY_ENGINEER, 4: Role.QUALITY_MANAGER}.get(step, instrument.owner_role)


def told_to(instrument: Instrument, step: int) -> Iterable[Person]:
    """Its owner, or those of the role that it goes to; later those further up."""
    if instrument.owner is not None and step <= 2:
        return [instrument.owner]
    return people.holding(role_of(instrument, step))
