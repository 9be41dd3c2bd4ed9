"""The type system of AMQP 1.0 (part 1): bytes to values and back, as far as a receiver needs it. Pure."""

import struct
from typing import Any, NamedTuple

Value = Any
FIXED: dict[int, tuple[str, int]] = {
    0x50: (">B", 1), 0x51: (">b", 1), 0x52: (">B", 1), 0x53: (">B", 1), 0x54: (">b", 1), 0x55: (">b", 1),
    0x60: (">H", 2), 0x61: (">h", 2), 0x70: (">I", 4), 0x71: (">i", 4), 0x72: (">f", 4), 0x80: (">Q", 8),
    0x81: (">q", 8), 0x82: (">d", 8), 0x83: (">q", 8),
}
ALONE: dict[int, Value] = {0x40: None, 0x41: True, 0x42: False, 0x43: 0, 0x44: 0, 0x45: []}
OPAQUE = {0x73: 4, 0x74: 4, 0x84: 8, 0x94: 16, 0x98: 16}  # characters, decimals and UUIDs: passed over as bytes
TEXTS = {0xA1: 1, 0xB1: 4, 0xA3: 1, 0xB3: 4}
BLOBS = {0xA0: 1, 0xB0: 4}
LISTS, MAPS, ARRAYS = {0xC0: 1, 0xD0: 4}, {0xC1: 1, 0xD1: 4}, {0xE0: 1, 0xF0: 4}
DEEPEST = 32


class BadFrame(ValueError):
    """Bytes that are no AMQP."""


class Described(NamedTuple):
    """A value that says what it is."""

    descriptor: Value
    value: Value


class Symbol(str):
    """A word of the protocol's own."""

    __slots__ = ()


class Number(NamedTuple):
    """A number of a given width: what a field asks for matters where both sides must agree."""

    code: int
    value: int


def uint(value: int) -> Number:
    """32 bits."""
    return Number(0x70, value)


def ubyte(value: int) -> Number:
    """8 bits."""
    return Number(0x50, value)


def ushort(value: int) -> Number:
    """16 bits."""
    return Number(0x60, value)


def encode(value: Value) -> bytes:
    """A value as bytes; lists, descriptors, words, truths, numbers of a width, bytes, and nothing."""
    if value is None:
        return b"\x40"
    if isinstance(value, bool):
        return b"\x41" if value else b"\x42"
    if isinstance(value, Number):
        return bytes([value.code]) + struct.pack(FIXED[value.code][0], value.value)
    if isinstance(value, Described):
        return b"\x00\x53" + bytes([value.descriptor]) + encode(value.value)
    if isinstance(value, Symbol):
        return _sized(0xA3, 0xB3, value.encode("ascii"))
    if isinstance(value, str):
        return _sized(0xA1, 0xB1, value.encode())
    if isinstance(value, bytes):
        return _sized(0xA0, 0xB0, value)
    if isinstance(value, list):
        body = b"".join(encode(one) for one in value)
        return b"\xd0" + struct.pack(">II", len(body) + 4, len(value)) + body if value else b"\x45"
    raise TypeError(type(value).__name__)


def _sized(short: int, long: int, data: bytes) -> bytes:
    return bytes([short, len(data)]) + data if len(data) < 256 else bytes([long]) + struct.pack(">I", len(data)) + data


class Reader:
    """Values one after the other out of bytes; BadFrame where they are cut or of a kind that nobody knows."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        self._data, self.at = data, at

    @property
    def is_over(self) -> bool:
        return self.at >= len(self._data)

    def take(self, depth: int = 0) -> Value:
        """The next value."""
        return self._of(self._number(1), depth)

    def _of(self, code: int, depth: int) -> Value:
        if depth > DEEPEST:
            raise BadFrame("values within values without end")
        if code == 0:
            return Described(self.take(depth + 1), self.take(depth + 1))
        if code in ALONE:
            found = ALONE[code]
            return list(found) if isinstance(found, list) else found
        if code == 0x56:
            return bool(self._number(1))
        if code in FIXED:
            kind, size = FIXED[code]
            return struct.unpack(kind, self._bytes(size))[0]
        if code in OPAQUE:
            return self._bytes(OPAQUE[code])
        return self._of_any_size(code, depth)

    def _of_any_size(self, code: int, depth: int) -> Value:
        if code in BLOBS:
            return self._bytes(self._number(BLOBS[code]))
        if code in TEXTS:
            text = self._bytes(self._number(TEXTS[code])).decode(errors="replace")
            return Symbol(text) if code in (0xA3, 0xB3) else text
        for known in (LISTS, MAPS, ARRAYS):
            if code in known:
                return self._compound(known, known[code], depth)
        raise BadFrame(f"a value of kind 0x{code:02x}")

    def _compound(self, known: dict[int, int], width: int, depth: int) -> Value:
        size = self._number(width)
        end, count = self.at + size, self._number(width)
        if end > len(self._data) or count > size:
            raise BadFrame("a list that is cut")
        if known is ARRAYS:
            code = self._number(1)
            if code == 0:
                self.take(depth + 1)  # its descriptor
                code = self._number(1)
            found = [self._of(code, depth + 1) for _place in range(count)]
        else:
            found = [self.take(depth + 1) for _place in range(count)]
        if self.at != end:
            raise BadFrame("a list that is longer or shorter than it says")
        if known is not MAPS:
            return found
        return {key if isinstance(key, str | int) else str(key): one
                for key, one in zip(found[::2], found[1::2], strict=False)}

    def _number(self, size: int) -> int:
        return int.from_bytes(self._bytes(size), "big")

    def _bytes(self, size: int) -> bytes:
        if self.at + size > len(self._data):
            raise BadFrame("a value that is cut")
        found = self._data[self.at : self.at + size]
        self.at += size
        return found
