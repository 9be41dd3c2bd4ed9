"""What the poller needs of a controller, whichever codec talks to it, and the ways it can fail."""

from collections.abc import Sequence
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
    """Registers (or bits), when the request left (microseconds since 1970), and how long the answer took."""

    registers: Sequence[int]
    sent_us: int
    seconds: float


class Port(Protocol):
    """A controller that can be read; one request at a time."""

    async def read_block(self, table: str, address: int, count: int) -> Answer:
        """Read a stretch of one table, or raise a DeviceError; never a wrong value."""

    async def write_registers(self, address: int, registers: list[int]) -> None:
        """Write holding registers once, without a retry."""

    async def close(self) -> None:
        """Give the connection back."""
