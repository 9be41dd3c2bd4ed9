"""The wire format of protocol buffers, as much of it as Sparkplug needs. Pure."""

import struct
from collections.abc import Iterator

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
DOUBLE, FLOAT = struct.Struct("<d"), struct.Struct("<f")
Field = tuple[int, int, int | bytes]


class BadMessage(ValueError):
    """Bytes that are no message."""


def fields(data: bytes) -> Iterator[Field]:
    """Each field: its number, how it lies there, and its number or bytes."""
    at, end = 0, len(data)
    while at < end:
        tag, at = _varint(data, at)
        number, how = tag >> 3, tag & 7
        if how == VARINT:
            value, at = _varint(data, at)
            yield number, how, value
            continue
        if how == BYTES:
            size, at = _varint(data, at)
        elif how in (FIXED64, FIXED32):
            size = 8 if how == FIXED64 else 4
        else:
            raise BadMessage(f"a field of kind {how}")
        if at + size > end:
            raise BadMessage("a field that is cut")
        yield number, how, data[at : at + size]
        at += size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    try:
        while True:
            byte = data[at]
            at += 1
            value |= (byte & 127) << shift
            if byte < 128:
                return value & 0xFFFF_FFFF_FFFF_FFFF, at
            shift += 7
            if shift > 63:
                raise BadMessage("a number of more than ten bytes")
    except IndexError as error:
        raise BadMessage("a number that is cut") from error


def varint(number: int, value: int) -> bytes:
    """A field that holds a number."""
    return _number(number << 3 | VARINT) + _number(value & 0xFFFF_FFFF_FFFF_FFFF)


def blob(number: int, value: bytes) -> bytes:
    """A field that holds bytes, a text or a message."""
    return _number(number << 3 | BYTES) + _number(len(value)) + value


def double(number: int, value: float) -> bytes:
    """A field that holds 64 bits of a floating number."""
    return _number(number << 3 | FIXED64) + DOUBLE.pack(value)


def _number(value: int) -> bytes:
    found = bytearray()
    while True:
        value, byte = value >> 7, value & 127
        found.append(byte | (128 if value else 0))
        if not value:
            return bytes(found)
