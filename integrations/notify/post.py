"""The post office: every channel with waiting messages is served beside the others, so that a dead one delays none."""

import queue
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime

from integrations.models import ChannelKind, Message
from integrations.notify.adapters import ADAPTERS
from integrations.notify.commands import channels, devices, messages
from integrations.notify.commands.messages import Batch
from integrations.notify.letters import Adapter, Destination, Gone, Letter, NotDelivered
from plant.sealing import CannotOpen

AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one message; `left` are those of its batch that were not tried after it."""

    message: Message
    lease: uuid.UUID
    error: NotDelivered | None
    left: tuple[Message, ...] = ()



def deliver(*, clock: Callable[[], datetime]) -> int:
    """Send what is due, and write down each outcome as soon as it is known; how many were delivered."""
    taken = [messages.take(channel=channel, at=clock()) for channel in messages.due(clock())]
    batches = [batch for batch in taken if batch is not None]
    outcomes: queue.Queue[Outcome] = queue.Queue()
    waiting = sum(len(batch.messages) for batch in batches)
    count = 0
    with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
        for batch in batches:
            pool.submit(_serve, _prepared(batch), batch.lease, outcomes)
        while waiting:
            one = outcomes.get()
            waiting -= 1 + len(one.left)
            count += written(one, clock())
    return count


Ready = tuple[Message, Letter, Destination | NotDelivered, Adapter]


def _prepared(batch: Batch) -> list[Ready]:
    """Everything that the database knows of a batch, so that the thread needs none."""
    adapter = ADAPTERS[batch.channel.kind]
    return [(one, letter_of(one), _destination(batch, one), adapter) for one in batch.messages]


def _destination(batch: Batch, message: Message) -> Destination | NotDelivered:
    if batch.channel.kind == ChannelKind.PUSH:
        device = message.device
        here = {"open_networks": channels.open_networks()}
        return Destination(device.endpoint, device.p256dh, device.auth, **here) if device else Destination()
    reach = getattr(message.person, "reach", None) if message.person else None
    try:
        field = "phone" if batch.channel.kind == ChannelKind.SMS else "email"
        return channels.destination(batch.channel, getattr(reach, field, ""))
    except CannotOpen as refusal:
        return NotDelivered(str(refusal), again=False)


def letter_of(message: Message) -> Letter:
    """A message as adapters take it."""
    return Letter(
        f"msg_{message.key}", message.title, message.text, message.url, message.news, message.made_at, message.facts
    )


def _serve(ready: list[Ready], lease: uuid.UUID, outcomes: "queue.Queue[Outcome]") -> None:
    """Send one after the other; a channel that fails is not asked again at once."""
    for index, (message, letter, where, adapter) in enumerate(ready):
        error = _tried(letter, where, adapter)
        left = tuple(one[0] for one in ready[index + 1 :]) if error is not None and error.again else ()
        outcomes.put(Outcome(message, lease, error, left))
        if left:
            return


def _tried(letter: Letter, where: Destination | NotDelivered, adapter: Adapter) -> NotDelivered | None:
    if isinstance(where, NotDelivered):
        return where
    try:
        adapter(letter, where)
    except NotDelivered as error:
        return error
    except Exception as error:  # an adapter's own fault must not stop the post
        return NotDelivered(f"{type(error).__name__}: {error}")
    return None


def written(one: Outcome, at: datetime) -> bool:
    """Write an outcome down; whether it was a delivery."""
    if one.left:
        messages.put_back(messages=one.left, lease=one.lease)
    if one.error is None:
        return messages.delivered(message=one.message, lease=one.lease, at=at)
    error = one.error
    if isinstance(error, Gone):
        devices.gone(one.message.device)
        return messages.let_go(message=one.message, lease=one.lease, error=str(error))
    messages.refused(
        message=one.message, lease=one.lease, error=str(error), again=error.again, after=error.after, at=at
    )
    return False
