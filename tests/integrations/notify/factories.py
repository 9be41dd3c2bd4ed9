"""Channels, rules and messages, built by the plant's own commands."""

from datetime import timedelta
from typing import Any

from integrations.models import Channel, ChannelKind, Message, News, OpenNetwork, Subscription
from integrations.notify import post
from integrations.notify.commands import channels, news
from plant.models import JournalEntry, Person, Role
from spc.models import Violation
from tests.factories import NOW, person
from tests.spc import factories as charts
from tests.spc.factories import calm

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


def keeper() -> Person:
    return person("IT", Role.INTEGRATOR, language="en")


def channel(kind: str = ChannelKind.WEBHOOK, address: str = "http://127.0.0.1:9/x", **fields: Any) -> Channel:
    wanted = {"name": "Channel", "kind": kind, "address": address, "language": "en", **fields}
    OpenNetwork.objects.get_or_create(network="127.0.0.0/8", defaults={"why": "this machine"})
    return Channel.objects.create(code=f"c{Channel.objects.count()}", **wanted)


def robot(kind: str, address: str, token: str = "tok", secret: str = "SECx") -> Channel:
    return channels.keep_secrets(channel=channel(kind, address), token=token, secret=secret, by=keeper())


def rule(to: Channel, of: str = News.ALARM, **fields: Any) -> Subscription:
    return Subscription.objects.create(channel=to, news=of, **fields)


def alarm(code: str = "ZONE3") -> Violation:
    """A chart out of control; what the journal says of it is not spread yet."""
    [violation] = charts.read(charts.chart(code), [*calm(20), 244.0])
    return violation


def spread(kind: str = "violation.opened") -> int:
    """Spread the newest entry of a kind."""
    return news.spread(entry=JournalEntry.objects.filter(kind=kind).latest("pk"), at=NOW)


def waiting(to: Channel, count: int = 1) -> list[Message]:
    """Test messages on their way."""
    return [channels.test(channel=to, by=keeper(), at=NOW) for _n in range(count)]


def deliver(seconds: float = 0.0) -> int:
    """The post goes out once, so many seconds after now."""
    return post.deliver(clock=lambda: NOW + timedelta(seconds=seconds))
