"""Tablets: invited with a code that works once, enrolled by opening it there, and thrown out again."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from plant import keys, policies
from plant.commands import journal
from plant.errors import Refusal
from plant.models import Device, Equipment, Person
from plant.queries.persons import system
from plant.transactions import command

CODE_WORKS = timedelta(minutes=30)


class CantEnrol(Refusal):
    """An invitation that opens nothing."""

    code = "cant-enrol"


@command
def invite(*, name: str, place: Equipment, by: Person, at: datetime) -> tuple[Device, str]:
    """Make a code that turns one tablet into a known one; it is told this once."""
    policies.check(by, "device.manage", on=place)
    _prefix, code = keys.new()
    device = Device.objects.create(
        name=name.strip() or place.code, place=place, code_hash=keys.fingerprint(code), code_until=at + CODE_WORKS,
        invited_by=by, invited_at=at,
    )
    journal.record("device.invited", subject=device, by=by, data={"place": place.code})
    return device, code


@command
def enrol(*, code: str, at: datetime) -> tuple[Device, str]:
    """The tablet that brings the code becomes known, by a key that only it has; the code is used up."""
    _prefix, key = keys.new()
    found = Device.objects.filter(
        code_hash=keys.fingerprint(code), code_until__gt=at, enrolled_at__isnull=True, revoked_at__isnull=True
    )
    device = found.select_related("place").first()
    if device is None or found.update(key_hash=keys.fingerprint(key), enrolled_at=at, code_hash="") != 1:
        raise CantEnrol(_("This code was used, is too old, or was taken back. Ask an administrator for a new one."))
    journal.record("device.enrolled", subject=device, by=system("tablet"), data={"place": device.place.code})
    return device, key


@command
def revoke(*, device: Device, by: Person, at: datetime, reason: str = "") -> Device:
    """Throw a tablet out: from the next touch on it opens nothing."""
    policies.check(by, "device.manage", on=device.place)
    if Device.objects.filter(pk=device.pk, revoked_at__isnull=True).update(revoked_at=at):
        device.revoked_at = at
        journal.record("device.revoked", subject=device, by=by, reason=reason)
    return device


@command
def mark_seen(*, device: Device, at: datetime) -> None:
    """Note that a tablet is in use, once a minute at most."""
    if device.last_seen_at is None or at - device.last_seen_at > timedelta(minutes=1):
        Device.objects.filter(pk=device.pk).update(last_seen_at=at)
