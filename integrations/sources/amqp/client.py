"""One connection to a broker of AMQP 1.0 that only receives: each message is accepted when whoever hears says so."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import NamedTuple

from integrations.sources.amqp import frames
from integrations.sources.amqp.frames import Frame
from integrations.sources.amqp.types import BadFrame
from integrations.sources.mqtt.client import tls
from integrations.sources.setting import FeedSetting

NAME = "zhizao"
IDLE = 15.0  # seconds without a word after which either side may think that the other is gone
CREDIT = 100  # messages that may be on their way or not yet accepted
LARGEST = 16 * 1_048_576  # bytes of one message in all its pieces
SOON = 0.3
REFUSED = "the broker refuses user or password"


class Message(NamedTuple):
    """What came, and its number on this connection."""

    number: int
    payload: bytes
    is_settled: bool


Hear = Callable[[Message], None]


class Refused(ConnectionError):
    """The broker does not want us, or has nothing at this address."""


class Client(asyncio.Protocol):
    """Speaks AMQP 1.0 over one transport as the receiver of one link; `lost` says why it is over."""

    def __init__(self, setting: FeedSetting, hear: Hear) -> None:
        self._setting, self._hear, self._stream = setting, hear, frames.Stream()
        self._name = setting.way.client_id or f"{NAME}-{setting.code}"
        loop = asyncio.get_running_loop()
        self.attached: asyncio.Future[None] = loop.create_future()
        self.lost: asyncio.Future[BaseException] = loop.create_future()
        self._heard_at, self._their_idle = time.monotonic(), IDLE
        self._transfers = self._deliveries = self._open = self._granted = 0
        self._pieces: list[bytes] = []
        self._number = 0
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._transport = transport
        transport.write(frames.SASL)

    def data_received(self, data: bytes) -> None:
        self._heard_at = time.monotonic()
        try:
            for one in self._stream.take(data):
                if isinstance(one, Frame):
                    self._receive(one)
                else:
                    self._greeted(one)
        except (BadFrame, Refused, UnicodeDecodeError) as error:
            self._end(error)

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(exc or ConnectionError("the broker closed the connection"))

    def accept(self, message: Message) -> None:
        """Tell the broker that it may forget a message, and let more come."""
        if self._transport.is_closing() or message.is_settled:
            return
        self._transport.write(frames.accepted(message.number, message.number))
        self._done()

    def refuse(self, why: str) -> None:
        """End the connection, and leave to the broker what was not accepted."""
        self._end(ConnectionError(why))

    def close(self) -> None:
        """Leave as one should: what was not accepted is given to whoever asks next."""
        if self._timer is not None:
            self._timer.cancel()
        if not self._transport.is_closing():
            self._transport.write(frames.frame(frames.CLOSE))
            self._transport.close()

    def _greeted(self, header: bytes) -> None:
        if header == frames.AMQP:
            write, host = self._transport.write, self._setting.host
            write(frames.open_(self._name, host, int(IDLE * 1000)) + frames.begin())
            write(frames.attach(f"{self._name}-{self._setting.path}", self._setting.path))
        elif header != frames.SASL:
            raise Refused("the broker speaks another version of AMQP")

    def _receive(self, one: Frame) -> None:
        if one.code == frames.MECHANISMS:
            self._sign_in(one.field(0, []))
        elif one.code == frames.OUTCOME:
            if one.field(0, 1):
                raise Refused(REFUSED)
            self._transport.write(frames.AMQP)
        elif one.code == frames.OPEN:
            self._their_idle = (one.field(4) or IDLE * 1000) / 1000
            self._beat()
        elif one.code == frames.BEGIN:
            self._transfers = one.field(1, 0)
        elif one.code == frames.ATTACH:
            self._deliveries = one.field(9, 0)
            if one.field(5) is not None:
                self._attached()
            else:  # most who name no source end the link at once
                asyncio.get_running_loop().call_later(SOON, self._attached)
        elif one.code == frames.TRANSFER:
            self._transfer(one)
        elif one.code in (frames.DETACH, frames.END, frames.CLOSE):
            raise Refused(frames.why(one.fields) or "the broker ended the link")

    def _attached(self) -> None:
        if not self.attached.done():
            self.attached.set_result(None)
            self._grant()

    def _sign_in(self, offered: list[str] | str) -> None:
        known = [offered] if isinstance(offered, str) else offered
        way = self._setting.way
        wanted = "PLAIN" if way.username else "ANONYMOUS"
        if wanted not in known:
            raise Refused(f"the broker takes {', '.join(known) or 'nobody'}, and not {wanted}")
        self._transport.write(
            frames.init(wanted, way.username, way.secrets().get("password", ""), self._setting.host)
        )

    def _transfer(self, one: Frame) -> None:
        self._transfers = (self._transfers + 1) % 2**32
        if not self._pieces:
            self._number = one.field(1, 0)
        self._pieces.append(one.payload)
        if sum(len(piece) for piece in self._pieces) > LARGEST:
            raise BadFrame("a message that is too long")
        if one.field(5, False):
            return
        payload, self._pieces = b"".join(self._pieces), []
        self._deliveries = (self._deliveries + 1) % 2**32
        self._open += 1
        message = Message(self._number, payload, bool(one.field(4, False)))
        if not one.field(9, False):  # taken back half way
            self._hear(message)
        if message.is_settled or one.field(9, False):
            self._done()

    def _done(self) -> None:
        """One less is on its way."""
        self._open -= 1
        self._granted -= 1
        if self._granted <= CREDIT // 2:
            self._grant()

    def _grant(self) -> None:
        self._granted = CREDIT
        self._transport.write(frames.flow(self._transfers, self._deliveries, CREDIT - self._open))

    def _beat(self) -> None:
        """Say that we are there, and look whether the broker is."""
        if time.monotonic() - self._heard_at > IDLE * 2:
            self._end(TimeoutError("the broker was silent"))
            return
        self._transport.write(frames.empty())
        self._timer = asyncio.get_running_loop().call_later(max(min(self._their_idle, IDLE) / 2, 0.5), self._beat)

    def _end(self, error: BaseException) -> None:
        if self._timer is not None:
            self._timer.cancel()
        if not self.attached.done():
            self.attached.set_exception(error)
            self.attached.exception()  # looked at, so that nothing complains where nobody waits
        if not self.lost.done():
            self.lost.set_result(error)
        self._transport.abort()


@asynccontextmanager
async def connected(setting: FeedSetting, hear: Hear) -> AsyncIterator[Client]:
    """A link to the address of a source, as its settings want it."""
    context = tls(setting.way.trusted) if setting.way.tls else None
    async with asyncio.timeout(max(setting.timeout_ms / 1000, 1.0) * 3):
        _transport, client = await asyncio.get_running_loop().create_connection(
            lambda: Client(setting, hear), setting.host, setting.port, ssl=context,
        )
        try:
            await client.attached
        except BaseException:
            client.close()
            raise
    try:
        yield client
    finally:
        client.close()
