"""Gauges: calibrated, lent and taken back, kept from use and let go again; and whether one may measure."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Person
from plant.transactions import command
from qms.commands import calibrations, impacts
from qms.commands.calibrations import Point
from qms.models import (
    FOUND_OUT,
    Calibration,
    Gauge,
    GaugeLoan,
    GaugeStatus,
)
from qms.queries import gauge_register as reading


class GaugeRefused(Refusal):
    """Something that a gauge may not do, or be made to do."""

    code = "gauge-refused"


@command
def calibrate(
    *, gauge: Gauge, result: str, done_at: datetime, certificate: str, laboratory: str, by: Person, at: datetime,
    next_due_at: datetime | None = None, remark: str = "", points: Iterable[Point] = (),
) -> Calibration:
    """Record a calibration. One that found the gauge wrong opens the review of what it measured before."""
    made = calibrations.record(
        instrument=gauge, result=result, done_at=done_at, certificate=certificate, laboratory=laboratory, by=by, at=at,
        next_due_at=next_due_at, remark=remark, points=points,
    )
    if result in FOUND_OUT:
        impacts.begin(calibration=made, by=by, at=at)
    return made


@command
def watch(*, gauge: Gauge, by: Person, at: datetime) -> bool:
    """Tell of a gauge that is due soon, due or failed, once for each step; whether one was taken."""
    return calibrations.watch(instrument=gauge, by=by, at=at)


@command
def hold(*, gauge: Gauge, reason: str, by: Person, at: datetime) -> Gauge:
    """Keep a gauge from use until somebody lets it go: it fell, or shows odd values."""
    policies.check(by, "gauge.hold", on=gauge)
    return _move(gauge, GaugeStatus.ON_HOLD, reason, by=by, stopped_at=at)


@command
def release(*, gauge: Gauge, reason: str, by: Person, at: datetime) -> Gauge:
    """Let a gauge be used again."""
    policies.check(by, "gauge.release", on=gauge)
    return _move(gauge, GaugeStatus.IN_USE, reason, by=by, stopped_at=None)


@command
def withdraw(*, gauge: Gauge, reason: str, by: Person, at: datetime) -> Gauge:
    """Take a gauge out of use for good; what it measured stays."""
    policies.check(by, "gauge.withdraw", on=gauge)
    return _move(gauge, GaugeStatus.WITHDRAWN, reason, by=by, stopped_at=gauge.stopped_at or at, active=False)


def _move(gauge: Gauge, to: str, reason: str, *, by: Person, **fields: Any) -> Gauge:
    if not reason.strip():
        raise GaugeRefused(_("Say why, so that whoever wants the gauge knows."), facts={"field": "reason"})
    found = lock(Gauge.objects.filter(pk=gauge.pk))[0]
    journal.move(found, to=to, by=by, reason=reason.strip(), **fields)
    return found


@command
def lend(
    *, gauge: Gauge, by: Person, at: datetime, person: Person | None = None, station: Equipment | None = None,
    back_by: datetime | None = None,
) -> GaugeLoan:
    """Give a gauge to somebody or to a station; one that may not measure stays where it is."""
    policies.check(by, "gauge.lend", on=gauge)
    found = lock(Gauge.objects.filter(pk=gauge.pk))[0]
    if (person is None) == (station is None):
        raise GaugeRefused(_("Say who gets it: a person, or a station."), facts={"field": "person"})
    if why := reading.why_not(found, at):
        raise GaugeRefused(why)
    if has := reading.loan(found):
        message = _("%(gauge)s is with %(who)s. Take it back first.")
        raise GaugeRefused(message % {"gauge": found.code, "who": has.person or has.station}, code="gauge-lent")
    if back_by is not None and back_by <= at:
        raise GaugeRefused(_("It can't be due back before it is lent."), facts={"field": "back_by"})
    made = GaugeLoan.objects.create(
        gauge=found, person=person, station=station, lent_by=by, lent_at=at, back_by=back_by
    )
    data = {"person": person.number if person else "", "station": station.code if station else "", "back_by": back_by}
    journal.record("gauge.lent", subject=found, by=by, data=data)
    return made


@command
def take_back(*, gauge: Gauge, by: Person, at: datetime) -> GaugeLoan:
    """The gauge is back in its place."""
    policies.check(by, "gauge.lend", on=gauge)
    found = lock(Gauge.objects.filter(pk=gauge.pk))[0]
    has = reading.loan(found)
    if has is None:
        raise GaugeRefused(_("%(gauge)s is not lent to anybody.") % {"gauge": found.code}, code="gauge-not-lent")
    has.returned_at, has.returned_by = at, by
    has.save(update_fields=["returned_at", "returned_by"])
    who = has.person.number if has.person else has.station.code if has.station else ""
    journal.record("gauge.returned", subject=found, by=by, data={"from": who})
    return has
