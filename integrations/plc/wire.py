"""Modbus TCP frames: how a request is put, and every check an answer must pass before it may be a value."""

import struct
from functools import lru_cache
from typing import NamedTuple

from integrations.plc.ports import RefusedError, WrongAnswerError

FUNCTIONS = {"coil": 1, "discrete": 2, "holding": 3, "input": 4}
WRITE_MULTIPLE = 16
BITS = frozenset({1, 2})
HEADER = struct.Struct(">HHHBB")  # transaction, protocol, length, unit, function
LONGEST = 254  # unit and PDU: Modbus Messaging on TCP/IP V1.0b, 3.1.3
LONGEST_FRAME = LONGEST + 6


class Question(NamedTuple):
    """A read as it is sent poll after poll, and what must stand before the data of its answer."""

    unit: int
    function: int
    tail: bytes  # of the request, behind the transaction number
    head: bytes  # of the answer, likewise: protocol, length, unit, function, byte count

    def request(self, tid: int) -> bytes:
        """The frame to send."""
        return tid.to_bytes(2, "big") + self.tail

    def data(self, frame: bytes, tid: int) -> bytes:
        """The bytes of exactly what was asked, of an answer that is right in every byte; else a DeviceError."""
        head = self.head
        if frame[2:9] == head and len(frame) == 9 + head[6] and int.from_bytes(frame[:2], "big") == tid != 0:
            return frame[9:]
        data = body(frame, tid=tid, unit=self.unit, function=self.function)
        raise WrongAnswerError(f"{data[0]} bytes announced, {len(data) - 1} came, {head[6]} asked")


@lru_cache(maxsize=65536)
def question(unit: int, function: int, address: int, count: int) -> Question:
    """A read of `count` registers or bits."""
    size = (count + 7) // 8 if function in BITS else 2 * count
    tail = struct.pack(">HHBBHH", 0, 6, unit, function, address, count)
    return Question(unit, function, tail, struct.pack(">HHBBB", 0, 3 + size, unit, function, size))


def write_request(tid: int, unit: int, address: int, registers: list[int]) -> bytes:
    """A write of several holding registers."""
    count = len(registers)
    body = struct.pack(f">HHB{count}H", address, count, 2 * count, *registers)
    return HEADER.pack(tid, 0, 2 + len(body), unit, WRITE_MULTIPLE) + body


def complete(frame: bytes) -> bool:
    """True when nothing more is to be waited for: the announced length is there, or the header is a lie."""
    if len(frame) < 6:
        return False
    length = frame[4] << 8 | frame[5]
    return len(frame) >= 6 + length or not 3 <= length <= LONGEST or frame[2:4] != b"\0\0"


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


def check_written(frame: bytes, *, tid: int, unit: int, address: int, count: int) -> None:
    """The controller says it took exactly what was written."""
    if body(frame, tid=tid, unit=unit, function=WRITE_MULTIPLE) != struct.pack(">HH", address, count):
        raise WrongAnswerError("the write was acknowledged for other registers")
