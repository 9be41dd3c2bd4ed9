"""From the journal to the channels: one message for each rule that fits and each person it reaches, never two."""

from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from integrations.models import (
    PERSONAL,
    Channel,
    ChannelKind,
    Message,
    MessageStatus,
    News,
    PushDevice,
    Reach,
    Weight,
)
from integrations.notify.queries import audience
from integrations.notify.queries import telling as reading
from integrations.notify.queries.telling import Telling
from plant import hints
from plant.commands import desks
from plant.models import JournalEntry, NoticeKind, Person
from plant.queries import persons
from plant.transactions import command


@command
def spread(*, entry: JournalEntry, at: datetime) -> int:
    """Write the messages of an entry; how many were new. Told again, it adds none."""
    told = reading.of(entry)
    if told is None:
        return 0
    made = 0
    for rule in audience.rules_for(told):
        if rule.channel.kind in PERSONAL:
            made += sum(_tell(told, rule.channel, person, at) for person in audience.readers(told, rule.role))
        else:
            made += _post(told, rule.channel, None, rule.channel.language, at, at)
    if made:
        nudge()
    return made


def nudge() -> None:
    """Once committed, ask a worker to look; if nobody hears it, the clock asks again."""
    transaction.on_commit(lambda: hints.send("integrations.notify.deliver"), robust=True)


def _tell(told: Telling, channel: Channel, person: Person, at: datetime) -> int:
    """One person through one channel; without an address there is nothing to send."""
    if channel.kind == ChannelKind.BELL:
        return _ring(told, channel, person, at)
    if channel.kind == ChannelKind.PUSH:
        return sum(_push(told, channel, person, device, at) for device in person.push_devices.all())
    where = {"phone": ""} if channel.kind == ChannelKind.SMS else {"email": ""}
    reach = Reach.objects.filter(person=person).exclude(**where).first()
    return _post(told, channel, person, person.language, at, begins(reach, told, at)) if reach else 0


def _push(told: Telling, channel: Channel, person: Person, device: PushDevice, at: datetime) -> int:
    """One of a person's browsers."""
    reach = Reach.objects.filter(person=person).first()
    start = begins(reach, told, at) if reach else at
    return _post(told, channel, person, person.language, at, start, device)


def _ring(told: Telling, channel: Channel, person: Person, at: datetime) -> int:
    made = _post(told, channel, person, person.language, at, at)
    if made:
        by = persons.system("notify")
        title, _text = reading.worded(told, person.language)
        desks.tell(person=person, kind=NoticeKind.NEWS, title=title, url=told.path, by=by, at=at)
        rows = Message.objects.filter(key=key_of(told.entry.pk, channel, person))
        rows.update(status=MessageStatus.SENT, sent_at=at, attempts=1)
    return made


def key_of(entry_id: int, channel: Channel, person: Person | None, device: PushDevice | None = None) -> str:
    """The same for the same news, channel, person and browser: by it a message is made once."""
    where = f".{device.pk}" if device else ""
    return f"{entry_id}.{channel.pk}.{person.pk if person else 0}{where}"


def _post(
    told: Telling, channel: Channel, person: Person | None, language: str, at: datetime, next_at: datetime,
    device: PushDevice | None = None,
) -> int:
    title, text = reading.worded(told, language)
    _message, is_new = Message.objects.get_or_create(
        key=key_of(told.entry.pk, channel, person, device),
        defaults={
            "channel": channel, "person": person, "device": device,
            "entry_id": told.entry.pk, "news": told.news, "weight": told.weight,
            "title": title, "text": text, "url": reading.whole(told.path), "facts": told.facts(), "made_at": at,
            "next_at": next_at,
        },
    )
    return int(is_new)


def begins(reach: Reach, told: Telling, at: datetime) -> datetime:
    """When a person may be disturbed: not in their quiet hours, but for what is critical or was handed up."""
    if reach.quiet_from is None or reach.quiet_to is None:
        return at
    if told.weight >= Weight.CRITICAL or told.news == News.ESCALATED:
        return at
    return after_quiet(reach.quiet_from, reach.quiet_to, timezone.localtime(at))


def after_quiet(start: time, end: time, local: datetime) -> datetime:
    """The moment itself, or the end of the quiet hours that it falls in; they may cross midnight."""
    now = local.time()
    is_quiet = start <= now < end if start <= end else now >= start or now < end
    if not is_quiet:
        return local
    today = local.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
    return today if today > local else today + timedelta(days=1)
