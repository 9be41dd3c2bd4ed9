"""What the poller needs of a controller, whichever codec talks to it, and the ways it can fail."""

import struct
from collections.abc import Callable
from typing import NamedTuple, Protocol


class DeviceError(Exception):
    """A controller did not give what was asked."""


class NoAnswerError(DeviceError):
    """Nothing came in time, or the connection is down."""


class WrongAnswerError(DeviceError):
    """Something came that is not the answer to the question."""


class RefusedError(DeviceError):
    """The controller answered with a Modbus exception; the connection is fine."""

    def __init__(self, code: int) -> None:
        super().__init__(f"Modbus exception {code}")
        self.code = code


class Answer(NamedTuple):
    """The bytes of registers (or bits, eight in each), when the request left (µs since 1970), how long it took."""

    data: bytes
    sent_us: int
    seconds: float

    @property
    def registers(self) -> tuple[int, ...]:
        """The registers as unsigned numbers."""
        return struct.unpack(f">{len(self.data) // 2}H", self.data)


Heard = Callable[[Answer | BaseException], None]


class Port(Protocol):
    """A controller that can be read; one request at a time."""

    def ask(self, table: str, address: int, count: int, heard: Heard) -> None:
        """What `read_block` does, without waiting: `heard` is told once, later, what that would give or raise."""

    async def read_block(self, table: str, address: int, count: int) -> Answer:
        """Read a stretch of one table, or raise a DeviceError within a bounded time; never a wrong value."""

    async def write_registers(self, address: int, registers: list[int]) -> None:
        """Write holding registers once, without a retry."""

    async def close(self) -> None:
        """Give the connection back."""
