"""Keeping channels: their secrets, a test message, and how a person wants to be reached."""

import json
import uuid
from datetime import datetime, time
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from integrations import safe_http
from integrations.models import (
    PERSONAL,
    Channel,
    ChannelKind,
    Message,
    MessageStatus,
    News,
    OpenNetwork,
    PushDevice,
    Reach,
    Weight,
)
from integrations.notify.adapters import webhook
from integrations.notify.commands import news
from integrations.notify.letters import Destination
from integrations.notify.queries import telling
from plant import policies, sealing, subjects
from plant.commands import desks, journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import NoticeKind, Person
from plant.queries import persons
from plant.transactions import command


class NotReachable(Refusal):
    """A test message for somebody who has no address."""

    code = "not-reachable"


@command
def keep_secrets(*, channel: Channel, token: str, secret: str, by: Person) -> Channel:
    """Seal the token and the signing secret of a channel; what is left empty is gone from now on."""
    policies.check(by, "channel.keep")
    channel.sealed = sealing.seal(json.dumps({"token": token, "secret": secret})) if token or secret else ""
    channel.rests_until = None
    channel.save(update_fields=["sealed", "rests_until"])
    data = {"token": bool(token), "secret": bool(secret)}
    journal.record("channel.secrets", subject=channel, by=by, data=data)
    return channel


def destination(channel: Channel, to: str = "") -> Destination:
    """Where a channel leads, its secrets opened for the moment of sending."""
    found: dict[str, str] = json.loads(sealing.opened(channel.sealed)) if channel.sealed else {}
    return Destination(
        channel.address, found.get("token", ""), found.get("secret", ""), to, channel.template, found.get("former", ""),
        open_networks(),
    )


def open_networks() -> tuple[safe_http.Network, ...]:
    """The networks inside the plant that an administrator opened."""
    return safe_http.networks(OpenNetwork.objects.filter(active=True).values_list("network", flat=True))


@command
def change_secret(*, channel: Channel, by: Person) -> str:
    """Sign with a fresh secret from now on, told this once; the former one signs beside it until it is let go."""
    policies.check(by, "channel.keep")
    if channel.kind != ChannelKind.WEBHOOK:
        raise NotReachable(_("Only webhooks are signed. Enter the secret that the other side gave you."))
    fresh = lock(Channel.objects.filter(pk=channel.pk))[0]
    found: dict[str, str] = json.loads(sealing.opened(fresh.sealed)) if fresh.sealed else {}
    secret = webhook.new_secret()
    fresh.sealed = sealing.seal(json.dumps({**found, "secret": secret, "former": found.get("secret", "")}))
    fresh.save(update_fields=["sealed"])
    journal.record("channel.secret-changed", subject=fresh, by=by, data={"beside": bool(found.get("secret"))})
    return secret


@command
def let_former_go(*, channel: Channel, by: Person) -> None:
    """The other side knows the new secret: sign with that one only."""
    policies.check(by, "channel.keep")
    fresh = lock(Channel.objects.filter(pk=channel.pk))[0]
    found: dict[str, str] = json.loads(sealing.opened(fresh.sealed)) if fresh.sealed else {}
    if not found.pop("former", ""):
        return
    fresh.sealed = sealing.seal(json.dumps(found))
    fresh.save(update_fields=["sealed"])
    journal.record("channel.former-secret-gone", subject=fresh, by=by)


def has_former(channel: Channel) -> bool:
    """Whether two secrets sign at the moment."""
    return bool(destination(channel).former)


@command
def test(*, channel: Channel, by: Person, at: datetime) -> Message:
    """Send a message that says only that it arrived, the way that every other goes."""
    policies.check(by, "channel.keep")
    if channel.kind == ChannelKind.EMAIL and not Reach.objects.filter(person=by).exclude(email="").exists():
        raise NotReachable(_("Enter your own e-mail address under “How I am told” first; the test goes there."))
    if channel.kind == ChannelKind.SMS and not Reach.objects.filter(person=by).exclude(phone="").exists():
        raise NotReachable(_("Enter your own mobile number under “How I am told” first; the test goes there."))
    device = PushDevice.objects.filter(person=by).order_by("-made_at").first()
    if channel.kind == ChannelKind.PUSH and device is None:
        raise NotReachable(_("Let yourself be told on this browser under “How I am told” first; the test goes there."))
    person = by if channel.kind in PERSONAL else None
    with override(by.language if person else channel.language):
        title, text = _("Test message"), _("The channel %(channel)s works.") % {"channel": channel.name}
    url = subjects.of_row(channel).url(channel)
    facts: dict[str, Any] = {"channel": channel.code}
    message = Message.objects.create(
        key=f"test.{uuid.uuid4()}", channel=channel, person=person,
        device=device if channel.kind == ChannelKind.PUSH else None, news=News.TEST, weight=Weight.NORMAL, title=title,
        text=text, url=telling.whole(url), facts=facts, made_at=at, next_at=at,
    )
    if channel.kind == ChannelKind.BELL:
        system = persons.system("notify")
        desks.tell(person=by, kind=NoticeKind.NEWS, title=title, url=url, by=system, at=at)
        Message.objects.filter(pk=message.pk).update(status=MessageStatus.SENT, sent_at=at, attempts=1)
    Channel.objects.filter(pk=channel.pk).update(rests_until=None)
    journal.record("channel.tested", subject=channel, by=by)
    news.nudge()
    return message


@command
def choose_reach(
    *, email: str, quiet_from: time | None, quiet_to: time | None, by: Person, phone: str = ""
) -> Reach:
    """Keep how somebody wants to be reached; their own affair."""
    chosen = {"email": email, "phone": phone, "quiet_from": quiet_from, "quiet_to": quiet_to}
    return Reach.objects.update_or_create(person=by, defaults=chosen)[0]
