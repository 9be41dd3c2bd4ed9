"""Browsers that somebody wants to be told on: subscribed, and forgotten. Their own affair."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from integrations.models import PushDevice
from integrations.notify import web_push
from plant.errors import Refusal
from plant.models import Person
from plant.transactions import command

MOST = 10


class NotSubscribed(Refusal):
    """A browser that can't be told."""

    code = "not-subscribed"


@command
def subscribe(*, endpoint: str, p256dh: str, auth: str, name: str, by: Person, at: datetime) -> PushDevice:
    """Tell somebody on this browser from now on. One that somebody else used before is theirs no longer."""
    if len(endpoint) > 1000 or not web_push.is_allowed(endpoint, settings.PUSH_SERVICES):
        raise NotSubscribed(
            _("The push service of this browser is not known to the plant. Ask the administrator to allow it.")
        )
    if not web_push.is_key(p256dh, auth):
        raise NotSubscribed(_("The browser sent no valid keys. Reload the page and try again."))
    mine = PushDevice.objects.filter(person=by)
    if not mine.filter(endpoint=endpoint).exists() and mine.count() >= MOST:
        raise NotSubscribed(_("You are told on %(most)s devices. Take one of them off first.") % {"most": MOST})
    facts = {"person": by, "p256dh": p256dh, "auth": auth, "name": " ".join(name.split())[:120] or "?", "made_at": at}
    return PushDevice.objects.update_or_create(endpoint=endpoint, defaults=facts)[0]


@command
def unsubscribe(*, pk: int, by: Person) -> None:
    """Tell somebody on one of their browsers no longer."""
    PushDevice.objects.filter(person=by, pk=pk).delete()


def gone(device: PushDevice | None) -> None:
    """The push service knows the browser no longer."""
    if device is not None:
        device.delete()
