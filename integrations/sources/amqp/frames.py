"""Frames of AMQP 1.0 (parts 2, 3 and 5): cut out of the stream, made for it, and what a message holds. Pure."""

import json
import struct
from collections.abc import Iterator
from typing import NamedTuple

from integrations.sources.amqp.types import BadFrame, Described, Reader, Symbol, Value, encode, ubyte, uint, ushort

AMQP, SASL = b"AMQP\x00\x01\x00\x00", b"AMQP\x03\x01\x00\x00"
OPEN, BEGIN, ATTACH, FLOW, TRANSFER = 0x10, 0x11, 0x12, 0x13, 0x14
DISPOSITION, DETACH, END, CLOSE = 0x15, 0x16, 0x17, 0x18
MECHANISMS, INIT, OUTCOME = 0x40, 0x41, 0x44
ACCEPTED, SOURCE, TARGET = 0x24, 0x28, 0x29
DATA, SEQUENCE, VALUE = 0x75, 0x76, 0x77
ERROR = 0x1D
LARGEST = 1_048_576  # bytes of a frame that we take
MANY = 2**31 - 1


class Frame(NamedTuple):
    """One of either family; an empty one only says that somebody lives."""

    channel: int
    code: int
    fields: list[Value]
    payload: bytes = b""

    def field(self, place: int, otherwise: Value = None) -> Value:
        """A field, or what it means when it is left out."""
        found = self.fields[place] if place < len(self.fields) else None
        return otherwise if found is None else found


class Stream:
    """Bytes as they arrive, cut into the headers of the protocol and frames."""

    def __init__(self) -> None:
        self._rest = b""

    def take(self, data: bytes) -> Iterator[Frame | bytes]:
        """What is whole now: a header as its eight bytes, or a frame."""
        self._rest += data
        while len(self._rest) >= 8:
            if self._rest[:4] == b"AMQP":
                found, self._rest = self._rest[:8], self._rest[8:]
                yield found
                continue
            size, offset, kind, channel = struct.unpack(">IBBH", self._rest[:8])
            if not 8 <= offset * 4 <= size <= LARGEST or kind > 1:
                raise BadFrame("this is no AMQP 1.0")
            if len(self._rest) < size:
                return
            body, self._rest = self._rest[offset * 4 : size], self._rest[size:]
            yield _frame(channel, body)


def _frame(channel: int, body: bytes) -> Frame:
    if not body:
        return Frame(channel, 0, [])
    reader = Reader(body)
    said = reader.take()
    if not isinstance(said, Described) or not isinstance(said.value, list):
        raise BadFrame("a frame that says nothing")
    code = said.descriptor if isinstance(said.descriptor, int) else 0
    return Frame(channel, code, said.value, body[reader.at :])


def frame(code: int, *fields: Value, kind: int = 0) -> bytes:
    """A frame of our only channel."""
    body = encode(Described(code, list(fields)))
    return struct.pack(">IBBH", len(body) + 8, 2, kind, 0) + body


def empty() -> bytes:
    """We live."""
    return struct.pack(">IBBH", 8, 2, 0, 0)


def init(mechanism: str, username: str, password: str, host: str) -> bytes:
    """Who we are: nobody, or user and password."""
    said = f"\0{username}\0{password}".encode() if mechanism == "PLAIN" else b"zhizao"
    return frame(INIT, Symbol(mechanism), said, host, kind=1)


def open_(name: str, host: str, idle_ms: int) -> bytes:
    """Open the connection."""
    return frame(OPEN, name, host, uint(LARGEST), ushort(0), uint(idle_ms))


def begin() -> bytes:
    """Begin the session."""
    return frame(BEGIN, None, uint(0), uint(MANY), uint(MANY))


def attach(name: str, address: str) -> bytes:
    """Ask for what stands in a queue or comes to a topic, kept by the other side until we say that it is safe."""
    source = Described(SOURCE, [address, uint(0)])
    target = Described(TARGET, [name])
    # the sender waits for us (unsettled), and need not hear of our settling a second time (first)
    return frame(ATTACH, name, uint(0), True, ubyte(0), ubyte(0), source, target)


def flow(transfers: int, deliveries: int, credit: int) -> bytes:
    """Let so many more messages come, counted from how many came; transfers are their pieces."""
    return frame(FLOW, uint(transfers), uint(MANY), uint(0), uint(MANY), uint(0), uint(deliveries), uint(credit))


def accepted(first: int, last: int) -> bytes:
    """These are safe with us."""
    return frame(DISPOSITION, True, uint(first), uint(last), True, Described(ACCEPTED, []))


def why(fields: Value) -> str:
    """An error in words, wherever it stands."""
    for one in fields if isinstance(fields, list) else ():
        if isinstance(one, Described) and one.descriptor in (ERROR, "amqp:error:list"):
            condition, *rest = one.value or ["unknown"]
            return f"{condition}: {rest[0]}" if rest and rest[0] else str(condition)
    return ""


def bodies(payload: bytes) -> list[bytes]:
    """What a message holds: bytes of its data, or texts of its values; sections around them are passed over."""
    reader, found = Reader(payload), []
    while not reader.is_over:
        section = reader.take()
        if not isinstance(section, Described):
            raise BadFrame("a message without sections")
        if section.descriptor == DATA and isinstance(section.value, bytes):
            found.append(section.value)
        elif section.descriptor == VALUE:
            found.append(_as_bytes(section.value))
        elif section.descriptor == SEQUENCE and isinstance(section.value, list):
            found += [_as_bytes(one) for one in section.value]
    return found


def _as_bytes(value: Value) -> bytes:
    if isinstance(value, bytes):
        return value
    return (value if isinstance(value, str) else json.dumps(value, default=str)).encode()
