"""One connection to a broker: it says what it hears, answers for it, and ends at the first doubt."""

import asyncio
import secrets
import ssl
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from integrations.sources.mqtt import wire
from integrations.sources.mqtt.wire import Message
from integrations.sources.setting import FeedSetting

KEEP_ALIVE = 15  # seconds without a word after which the broker may think that we are gone
OUR_PATIENCE = 1.5  # times as long, and we think so of the broker
Hear = Callable[[Message], None]


class Refused(ConnectionError):
    """The broker does not want us, or not what we asked for."""


class Client(asyncio.Protocol):
    """Speaks MQTT over one transport; `lost` says why it is over.

    What came with QoS 1 is acknowledged at once, unless whoever hears does it himself when it is safe.
    """

    def __init__(self, hear: Hear, *, is_safe_at_once: bool = True) -> None:
        loop = asyncio.get_running_loop()
        self._is_safe_at_once = is_safe_at_once
        self._hear, self._stream, self._number = hear, wire.Stream(), 0
        self._greeted: asyncio.Future[int] = loop.create_future()
        self._granted: dict[int, asyncio.Future[bytes]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._heard_at = time.monotonic()
        self.lost: asyncio.Future[BaseException] = loop.create_future()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._heard_at = time.monotonic()
        try:
            for packet in self._stream.take(data):
                self._receive(packet)
        except wire.BadPacket as error:
            self._end(error)

    def connection_lost(self, exc: Exception | None) -> None:
        self._end(exc or ConnectionError("the broker closed the connection"))

    async def greet(self, hello: bytes) -> None:
        """Ask for a session."""
        self._transport.write(hello)
        code = await self._greeted
        if code:
            raise Refused(wire.REFUSED.get(code, f"the broker refuses us with code {code}"))
        self._beat()

    async def subscribe(self, filters: Sequence[str], qos: int = 1) -> None:
        """Hear what is published under these filters."""
        number = self._next()
        waiting = self._granted[number] = asyncio.get_running_loop().create_future()
        self._transport.write(wire.subscribe(number, filters, qos))
        try:
            codes = await waiting
        finally:
            del self._granted[number]
        refused = [one for one, code in zip(filters, codes, strict=True) if code == wire.NOT_SUBSCRIBED]
        if refused:
            raise Refused(f"the broker does not let us hear {', '.join(refused)}")

    def publish(self, topic: str, payload: bytes, *, qos: int = 0, retain: bool = False) -> None:
        """Say something."""
        number = self._next() if qos else 0
        self._transport.write(wire.publish(Message(topic, payload, qos, retain, number)))

    def acknowledge(self, message: Message) -> None:
        """Tell the broker that it may forget a message; on a connection that is over there is nobody to tell."""
        if message.qos and not self._transport.is_closing():
            self._transport.write(wire.packet(wire.PUBACK, 0, message.number.to_bytes(2, "big")))

    def close(self) -> None:
        """Leave as one should, so that nobody hears our will."""
        if self._timer is not None:
            self._timer.cancel()
        if not self._transport.is_closing():
            self._transport.write(wire.packet(wire.DISCONNECT, 0, b""))
            self._transport.close()

    def _receive(self, packet: wire.Packet) -> None:
        if packet.kind == wire.PUBLISH:
            message = wire.published(packet.flags, packet.body)
            self._hear(message)
            if message.qos and self._is_safe_at_once:
                self.acknowledge(message)
        elif packet.kind == wire.CONNACK and len(packet.body) == 2 and not self._greeted.done():
            self._greeted.set_result(packet.body[1])
        elif packet.kind == wire.SUBACK:
            waiting = self._granted.get(int.from_bytes(packet.body[:2], "big"))
            if waiting is not None and not waiting.done():
                waiting.set_result(packet.body[2:])

    def _beat(self) -> None:
        """Say that we are there, and look whether the broker is."""
        if time.monotonic() - self._heard_at > KEEP_ALIVE * OUR_PATIENCE:
            self._end(TimeoutError("the broker was silent"))
            return
        self._transport.write(wire.packet(wire.PINGREQ, 0, b""))
        self._timer = asyncio.get_running_loop().call_later(KEEP_ALIVE / 2, self._beat)

    def _end(self, error: BaseException) -> None:
        if self._timer is not None:
            self._timer.cancel()
        waiters: list[asyncio.Future[Any]] = [self._greeted, *self._granted.values()]
        for waiting in waiters:
            if not waiting.done():
                waiting.set_exception(error)
                waiting.exception()  # looked at, so that nothing complains where nobody waits
        if not self.lost.done():
            self.lost.set_result(error)
        self._transport.abort()

    def _next(self) -> int:
        self._number = self._number % 65535 + 1
        return self._number


@asynccontextmanager
async def connected(
    setting: FeedSetting, hear: Hear, *, will: Message | None = None, clean: bool = True, is_safe_at_once: bool = True
) -> AsyncIterator[Client]:
    """A session as a source's settings want it."""
    way, loop = setting.way, asyncio.get_running_loop()
    context = tls(way.trusted) if way.tls else None
    async with asyncio.timeout(max(setting.timeout_ms / 1000, 1.0) * 3):
        _transport, client = await loop.create_connection(
            lambda: Client(hear, is_safe_at_once=is_safe_at_once), setting.host, setting.port, ssl=context,
        )
        try:
            await client.greet(wire.connect(
                way.client_id or f"zhizao-{secrets.token_hex(6)}", keep_alive=KEEP_ALIVE, clean=clean,
                username=way.username, password=way.secrets().get("password", ""), will=will,
            ))  # fmt: skip
        except BaseException:
            client.close()
            raise
    try:
        yield client
    finally:
        client.close()


def tls(trusted: str) -> ssl.SSLContext:
    """Encrypted, to whoever the given authority signed, or the machine's own ones."""
    return ssl.create_default_context(cadata=trusted or None)
