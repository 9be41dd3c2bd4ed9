"""Payloads of Sparkplug B (6.4): what each metric says. Pure.

Field numbers and types are facts of the specification's schema; the reading of them is ours.
"""

from typing import Any, NamedTuple

from integrations.plc.tags import Quality
from integrations.sources.sparkplug import protobuf
from integrations.sources.sparkplug.protobuf import BadMessage

SIGNED = {1: 8, 2: 16, 3: 32, 4: 64}  # Int8 to Int64: their bits come as an unsigned number
INT, LONG, FLOAT, DOUBLE, BOOLEAN, TEXT = 10, 11, 12, 13, 14, 15
TYPES = {
    1: "Int8", 2: "Int16", 3: "Int32", 4: "Int64", 5: "UInt8", 6: "UInt16", 7: "UInt32", 8: "UInt64", 9: "Float",
    10: "Double", 11: "Boolean", 12: "String", 13: "DateTime", 14: "Text",
}
BOOLEAN_TYPE, UINT64_TYPE = 11, 8
QUALITIES = {0: Quality.BAD, 192: Quality.GOOD, 500: Quality.STALE}  # 6.4.14


class Metric(NamedTuple):
    """One value; a name or an alias says of what, milliseconds since 1970 say when."""

    name: str
    alias: int | None
    at_ms: int | None
    kind: int
    value: Any
    quality: Quality
    is_historical: bool


class Payload(NamedTuple):
    """A message: its metrics, its moment, its number."""

    at_ms: int | None
    seq: int | None
    metrics: list[Metric]

    def value(self, name: str) -> Any:
        """What a metric of this name says."""
        return next((one.value for one in self.metrics if one.name == name), None)


def read(data: bytes) -> Payload:
    """A payload, or BadMessage."""
    at_ms = seq = None
    metrics = []
    try:
        for number, _how, value in protobuf.fields(data):
            if number == 1 and isinstance(value, int):
                at_ms = value
            elif number == 2 and isinstance(value, bytes):
                metrics.append(_metric(value))
            elif number == 3 and isinstance(value, int):
                seq = value
    except (UnicodeDecodeError, ValueError, TypeError) as error:
        raise BadMessage(str(error)) from error
    return Payload(at_ms, seq, metrics)


def _metric(data: bytes) -> Metric:
    name, alias, at_ms, kind, value, where = "", None, None, 0, None, 0
    is_historical = is_null = False
    quality = Quality.GOOD
    for number, _how, told in protobuf.fields(data):
        if number == 1:
            name = _bytes(told).decode()
        elif number == 2:
            alias = _int(told)
        elif number == 3:
            at_ms = _int(told)
        elif number == 4:
            kind = _int(told)
        elif number == 5:
            is_historical = bool(told)
        elif number == 7:
            is_null = bool(told)
        elif number == 9:
            quality = _quality(_bytes(told))
        elif INT <= number <= TEXT:
            value, where = told, number
    return Metric(name, alias, at_ms, kind, None if is_null else _value(where, kind, value), quality, is_historical)


def _value(where: int, kind: int, told: Any) -> Any:
    if where in (INT, LONG):
        size = SIGNED.get(kind)
        if size is None:
            return told
        told &= (1 << size) - 1
        return told - (1 << size) if told >> (size - 1) else told
    if where == FLOAT:
        return protobuf.FLOAT.unpack(told)[0]
    if where == DOUBLE:
        return protobuf.DOUBLE.unpack(told)[0]
    if where == BOOLEAN:
        return bool(told)
    return told.decode() if where == TEXT else None


def _quality(properties: bytes) -> Quality:
    """The property `Quality` among the others of a metric."""
    names, values = [], []
    for number, _how, told in protobuf.fields(properties):
        if number == 1:
            names.append(_bytes(told).decode())
        elif number == 2:
            values.append(_bytes(told))
    for name, value in zip(names, values, strict=False):
        if name == "Quality":
            code = next((one for number, _how, one in protobuf.fields(value) if number in (3, 4)), None)
            return QUALITIES.get(_int(code), Quality.UNCERTAIN) if code is not None else Quality.UNCERTAIN
    return Quality.GOOD


def rebirth(at_ms: int) -> bytes:
    """The command to a node to say all it has anew (6.4.20)."""
    metric = protobuf.blob(1, b"Node Control/Rebirth") + protobuf.varint(3, at_ms)
    metric += protobuf.varint(4, BOOLEAN_TYPE) + protobuf.varint(BOOLEAN, 1)
    return protobuf.varint(1, at_ms) + protobuf.blob(2, metric)


def _bytes(told: int | bytes) -> bytes:
    if not isinstance(told, bytes):
        raise BadMessage("a number where bytes were expected")
    return told


def _int(told: int | bytes) -> int:
    if not isinstance(told, int):
        raise BadMessage("bytes where a number was expected")
    return told
