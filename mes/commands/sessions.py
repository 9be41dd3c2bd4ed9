"""Signing on at a station, and off again."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from mes.commands import checks_due, hints, inspections_due
from mes.models import StationSession
from mes.queries import skills
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, EquipmentLevel, Person
from plant.transactions import command


class CantSignOn(Refusal):
    """A place or a person that can't work there."""

    code = "cant-sign-on"


@command
def sign_on(*, station: Equipment, person: Person, device: str, at: datetime) -> StationSession:
    """Somebody starts to work at a station; whoever worked there before is signed off, the work stays where it is.

    What a new shift has to check of the work in hand is due before they go on with it.
    """
    if station.level != EquipmentLevel.WORK_UNIT or not station.active:
        raise CantSignOn(_("%(place)s is no station. Choose a station from the list.") % {"place": station.code})
    policies.check(person, "station.use", on=station)
    inspections_due.sweep(station=station, at=at)
    checks_due.sweep(station=station, at=at)  # operations are locked before places, as scans do
    lock(Equipment.objects.filter(pk=station.pk))
    before = StationSession.objects.filter(station=station, ended_at__isnull=True).first()
    StationSession.objects.filter(station=station, ended_at__isnull=True).update(ended_at=at)
    session = StationSession.objects.create(
        station=station, person=person, device=device, started_at=at,
        job_order=before.job_order if before else None, lot=before.lot if before else None,
    )
    lacks = [one.job_order for one in skills.lacking(person, station, at=at)] if policies.may(person, "scan") else []
    data = {"person": person.number, "device": device, **({"without skill for": lacks} if lacks else {})}
    journal.record("station.signed-on", subject=station, by=person, data=data)
    hints.station_changed(station.code)
    return session


@command
def sign_off(*, station: Equipment, by: Person, at: datetime, reason: str = "") -> bool:
    """End the work of whoever is signed on; somebody else's only with that right, or when it lay idle."""
    session = StationSession.objects.filter(station=station, ended_at__isnull=True).first()
    if session is None:
        return False
    if session.person_id != by.pk:
        policies.check(by, "station.sign-off-others")
    StationSession.objects.filter(pk=session.pk, ended_at__isnull=True).update(ended_at=at)
    journal.record("station.signed-off", subject=station, by=by, reason=reason, data={"person": session.person.number})
    hints.station_changed(station.code)
    return True


@command
def leave(*, station: Equipment, person: Person, at: datetime) -> bool:
    """End one's own session here, if it is still one's own."""
    session = StationSession.objects.filter(station=station, ended_at__isnull=True).first()
    return session is not None and session.person_id == person.pk and sign_off(station=station, by=person, at=at)
