"""A poller in a process of its own that stores into SQLite: `python -m tests.integrations.plc.poller_process …`."""

import asyncio
import signal
import sqlite3
import sys
from pathlib import Path

from integrations.plc import loops
from integrations.plc.batches import summarise
from integrations.plc.direct import DirectDevice
from integrations.plc.poller import Poller
from integrations.plc.reader import Source
from integrations.plc.spool import Spool
from integrations.plc.tags import Batch, Tag

TABLES = """
CREATE TABLE IF NOT EXISTS reading (tag INTEGER, seq INTEGER, at REAL, value INTEGER, UNIQUE (tag, seq));
CREATE TABLE IF NOT EXISTS gap (device TEXT, start REAL, stop REAL, cause TEXT);
"""


class Store:
    """The database at the end of the line."""

    def __init__(self, path: str) -> None:
        self.connection = sqlite3.connect(path, check_same_thread=False, timeout=10)
        self.connection.executescript(TABLES)

    def __call__(self, batch: Batch) -> None:
        """Store a batch in one transaction; a (tag, seq) that is there already is left alone."""
        rows = [(sample.tag, sample.seq, sample.at.timestamp(), sample.value) for sample in batch.samples()]
        gaps = [(gap.device, gap.start.timestamp(), gap.end.timestamp(), gap.cause) for gap in batch.gaps]
        with self.connection:
            self.connection.executemany("INSERT OR IGNORE INTO reading VALUES (?, ?, ?, ?)", rows)
            self.connection.executemany("INSERT INTO gap VALUES (?, ?, ?, ?)", gaps)


async def main(port: int, folder: Path) -> None:
    """Poll one controller until SIGTERM."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    source = Source("P", DirectDevice("127.0.0.1", port), [Tag(1, 0, "uint32")], period=0.01)
    spool = Spool(folder / "spool", summarise=summarise, segment_bytes=20_000)
    await Poller([source], Store(str(folder / "store.sqlite")), spool).run(stop)


if __name__ == "__main__":
    loops.run(main(int(sys.argv[1]), Path(sys.argv[2])))
