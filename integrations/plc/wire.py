"""Modbus TCP frames: how a request is put, and every check an answer must pass before it may be a value."""

import struct

from integrations.plc.ports import RefusedError, WrongAnswerError

FUNCTIONS = {"coil": 1, "discrete": 2, "holding": 3, "input": 4}
WRITE_MULTIPLE = 16
BITS = frozenset({1, 2})
HEADER = struct.Struct(">HHHBB")  # transaction, protocol, length, unit, function
LONGEST = 254  # unit and PDU: Modbus Messaging on TCP/IP V1.0b, 3.1.3


def read_request(tid: int, unit: int, function: int, address: int, count: int) -> bytes:
    """A read of `count` registers or bits."""
    return HEADER.pack(tid, 0, 6, unit, function) + struct.pack(">HH", address, count)


def write_request(tid: int, unit: int, address: int, registers: list[int]) -> bytes:
    """A write of several holding registers."""
    count = len(registers)
    body = struct.pack(f">HHB{count}H", address, count, 2 * count, *registers)
    return HEADER.pack(tid, 0, 2 + len(body), unit, WRITE_MULTIPLE) + body


def complete(frame: bytes) -> bool:
    """True when nothing more is to be waited for: the announced length is there, or the header is a lie."""
    if len(frame) < 6:
        return False
    protocol, length = struct.unpack_from(">HH", frame, 2)
    return protocol != 0 or not 3 <= length <= LONGEST or len(frame) >= 6 + length


def body(frame: bytes, *, tid: int, unit: int, function: int) -> bytes:
    """What follows the function code of an answer that matches its question, or WrongAnswerError or RefusedError."""
    if len(frame) < 9:
        raise WrongAnswerError(f"{len(frame)} bytes are no answer")
    got_tid, protocol, length, got_unit, got_function = HEADER.unpack_from(frame)
    if tid == 0 or got_tid != tid:
        raise WrongAnswerError(f"transaction {got_tid} instead of {tid}")
    if protocol != 0 or length != len(frame) - 6:
        raise WrongAnswerError(f"protocol {protocol}, length {length} of {len(frame) - 6}")
    if got_unit != unit:
        raise WrongAnswerError(f"unit {got_unit} instead of {unit}")
    if got_function == function | 0x80 and len(frame) == 9 and frame[8]:
        raise RefusedError(frame[8])
    if got_function != function:
        raise WrongAnswerError(f"function {got_function} instead of {function}")
    return frame[8:]


def values(frame: bytes, *, tid: int, unit: int, function: int, count: int) -> tuple[int, ...]:
    """Exactly `count` registers or bits of a checked answer."""
    data = body(frame, tid=tid, unit=unit, function=function)
    size = (count + 7) // 8 if function in BITS else 2 * count
    if data[0] != size or len(data) != size + 1:
        raise WrongAnswerError(f"{data[0]} bytes announced, {len(data) - 1} came, {size} asked")
    if function in BITS:
        return tuple(data[1 + place // 8] >> place % 8 & 1 for place in range(count))
    return struct.unpack_from(f">{count}H", data, 1)


def check_written(frame: bytes, *, tid: int, unit: int, address: int, count: int) -> None:
    """The controller says it took exactly what was written."""
    if body(frame, tid=tid, unit=unit, function=WRITE_MULTIPLE) != struct.pack(">HH", address, count):
        raise WrongAnswerError("the write was acknowledged for other registers")
