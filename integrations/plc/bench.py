"""A measuring bench that does not exist: a micrometer and a fixed scanner behind one TCP port, saying lines of text."""

import asyncio
import contextlib
import random

EVERY = 5.0  # seconds between two boards
SCANS = 60  # boards between two scans of the bench's own plate


class Bench:
    """Says the thickness of board after board to whoever is connected; now and then the scanner reads nothing."""

    def __init__(self, seed: int, plate: str) -> None:
        self._rng, self._plate, self._count = random.Random(f"{seed}/bench"), plate, 0

    def lines(self) -> list[str]:
        """What is said of the next board."""
        self._count += 1
        found = [f"01A{self._rng.gauss(1.6, 0.008):+010.3f}"]
        if self._count % SCANS == 1:
            found.append(f"S{self._plate}")
        elif self._rng.random() < 0.02:
            found.append("NOREAD")
        return found

    async def speak(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Until the other side is gone."""
        with contextlib.suppress(ConnectionError):
            while not reader.at_eof():
                writer.write("".join(f"{line}\r\n" for line in self.lines()).encode())
                await writer.drain()
                await asyncio.sleep(EVERY)
        writer.close()
