"""Packets of MQTT 3.1.1 (OASIS Standard, 29 October 2014) to bytes and back: no ways of delivery beyond QoS 1. Pure."""

import struct
from collections.abc import Iterator, Sequence
from typing import NamedTuple

CONNECT, CONNACK, PUBLISH, PUBACK, SUBSCRIBE, SUBACK, PINGREQ, PINGRESP, DISCONNECT = 1, 2, 3, 4, 8, 9, 12, 13, 14
LONGEST = 268_435_455
REFUSED = {
    1: "the broker speaks another version of MQTT", 2: "the broker refuses our name there",
    3: "the broker is unavailable", 4: "user or password is wrong", 5: "this user may not connect",
}
NOT_SUBSCRIBED = 0x80


class BadPacket(ValueError):
    """Bytes that are no packet."""


class Message(NamedTuple):
    """What was published."""

    topic: str
    payload: bytes
    qos: int = 0
    retain: bool = False
    number: int = 0


class Packet(NamedTuple):
    """A packet as it lies in the stream."""

    kind: int
    flags: int
    body: bytes


def packet(kind: int, flags: int, body: bytes) -> bytes:
    """A whole packet."""
    return bytes([kind << 4 | flags]) + _length(len(body)) + body


def connect(
    client_id: str, *, keep_alive: int, clean: bool = True, username: str = "", password: str = "",
    will: Message | None = None,
) -> bytes:
    """Ask for a session."""
    flags = 2 * clean
    body = _text(client_id)
    if will is not None:
        flags |= 4 | will.qos << 3 | will.retain << 5
        body += _text(will.topic) + _blob(will.payload)
    if username:
        flags |= 0x80 | (0x40 if password else 0)
        body += _text(username) + (_text(password) if password else b"")
    return packet(CONNECT, 0, _text("MQTT") + struct.pack(">BBH", 4, flags, keep_alive) + body)


def subscribe(number: int, filters: Sequence[str], qos: int) -> bytes:
    """Ask for what is published under these filters."""
    return packet(SUBSCRIBE, 2, struct.pack(">H", number) + b"".join(_text(one) + bytes([qos]) for one in filters))


def publish(message: Message) -> bytes:
    """Publish."""
    number = struct.pack(">H", message.number) if message.qos else b""
    return packet(PUBLISH, message.qos << 1 | message.retain, _text(message.topic) + number + message.payload)


def published(flags: int, body: bytes) -> Message:
    """What a packet PUBLISH holds."""
    qos = flags >> 1 & 3
    size = int.from_bytes(body[:2], "big")
    after = 2 + size
    if qos > 1 or len(body) < after + 2 * bool(qos):
        raise BadPacket("a message that is cut, or sent with QoS 2")
    number = int.from_bytes(body[after : after + 2], "big") if qos else 0
    try:
        topic = body[2:after].decode()
    except UnicodeDecodeError as error:
        raise BadPacket("a topic that is no UTF-8") from error
    return Message(topic, body[after + 2 * bool(qos) :], qos, bool(flags & 1), number)


class Stream:
    """Bytes as they arrive, cut into packets."""

    def __init__(self) -> None:
        self._rest = b""

    def take(self, data: bytes) -> Iterator[Packet]:
        """The packets that are whole now."""
        data = self._rest + data if self._rest else data
        at, end = 0, len(data)
        while at + 2 <= end:
            size, start = data[at + 1], at + 2
            if size > 127:
                found = _read_length(data, at + 1, end)
                if found is None:
                    break
                size, start = found
            if start + size > end:
                break
            yield Packet(data[at] >> 4, data[at] & 15, data[start : start + size])
            at = start + size
        self._rest = data[at:]


def matches(wanted: str, topic: str) -> bool:
    """Whether a topic lies under a filter (4.7); what begins with $ is under no wildcard at the beginning."""
    asked, given = wanted.split("/"), topic.split("/")
    if topic.startswith("$") and asked[0] in ("+", "#"):
        return False
    for place, level in enumerate(asked):
        if level == "#":
            return True
        if place >= len(given) or level not in ("+", given[place]):
            return False
    return len(asked) == len(given)


def _read_length(data: bytes, at: int, end: int) -> tuple[int, int] | None:
    size = 0
    for place in range(4):
        if at + place >= end:
            return None
        byte = data[at + place]
        size |= (byte & 127) << 7 * place
        if byte < 128:
            return size, at + place + 1
    raise BadPacket("a length of more than four bytes")


def _length(size: int) -> bytes:
    if size > LONGEST:
        raise BadPacket("a packet that is too long")
    found = bytearray()
    while True:
        size, byte = size >> 7, size & 127
        found.append(byte | (128 if size else 0))
        if not size:
            return bytes(found)


def _text(text: str) -> bytes:
    return _blob(text.encode())


def _blob(data: bytes) -> bytes:
    return struct.pack(">H", len(data)) + data
