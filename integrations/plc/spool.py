"""Readings on the local disk between the poll and the database's commit: nothing is lost while either side is down."""

import fcntl
import os
import struct
import threading
import time
import zlib
from collections import deque
from collections.abc import Callable
from itertools import islice, pairwise
from pathlib import Path

from integrations.plc import segments
from integrations.plc.segments import Writer, number_of, path_of, scan
from integrations.plc.tags import EPOCH_ZERO

MARK = struct.Struct(">QI")
RECENT = 4096  # records kept in memory, so that the usual case reads no file
Summary = Callable[[list[bytes]], bytes]


class Spool:
    """A queue of numbered records in segment files; one thread may append while another reads and commits.

    `summarise` turns records that are thrown away (the size cap was reached), or the neighbours of records that a disk
    has damaged, into one record that says so. A second process on the same directory gets BlockingIOError.
    """

    def __init__(
        self, directory: Path, *, summarise: Summary, segment_bytes: int = 4_000_000, cap_bytes: int = 1_000_000_000
    ) -> None:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.directory, self._summarise = directory, summarise
        self._segment_bytes, self._cap_bytes = segment_bytes, cap_bytes
        self._lock = threading.RLock()
        self._recent: deque[tuple[int, bytes]] = deque(maxlen=RECENT)
        self._mark = os.open(directory / "committed", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self.last: bytes | None = None
        self.overflows = 0
        self._writer, self.next = self._open_newest()
        self.committed = min(self._read_mark(), self.next)

    def append(self, payload: bytes) -> int:
        """Make a record durable and return its number; OSError means it is not stored."""
        with self._lock:
            if self._writer.size >= self._segment_bytes:
                self._rotate()
            if self._total() + len(payload) > self._cap_bytes:
                self._overflow()
            return self._put(payload)

    def read(self, limit: int = 100) -> list[tuple[int, bytes]]:
        """The oldest records that are not committed, in order, with their numbers."""
        with self._lock:
            start = self.committed
            if self._recent and self._recent[0][0] <= start:
                return [record for record in self._recent if record[0] >= start][:limit]
            return self._read_files(start, limit)

    def commit(self, number: int) -> None:
        """Everything up to and including this record is in the database; its space may go.

        The mark is not fsynced: an older one after a crash only means that the database is told something twice.
        """
        with self._lock:
            self.committed = max(self.committed, number + 1)
            data = struct.pack(">Q", self.committed)
            os.pwrite(self._mark, MARK.pack(self.committed, zlib.crc32(data)), 0)
            while self._recent and self._recent[0][0] < self.committed:
                self._recent.popleft()
            self._trim()

    @property
    def backlog(self) -> int:
        """How many records wait."""
        return self.next - self.committed

    def new_epoch(self) -> int:
        """A number for this run that is higher than that of any run before, whatever the clock says; durable."""
        path = self.directory / "epoch"
        before = int(path.read_text()) if path.exists() else 0
        epoch = max(before + 1, int(time.time()) - EPOCH_ZERO)
        draft = path.with_suffix(".new")
        with draft.open("w") as file:
            file.write(str(epoch))
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        segments.sync_directory(self.directory)
        return epoch

    def close(self) -> None:
        """Give the files back; what waits stays for the next run."""
        with self._lock:
            self._writer.close()
            os.close(self._mark)

    def _files(self) -> list[Path]:
        return sorted(self.directory.glob(f"*{segments.SUFFIX}"))

    def _total(self) -> int:
        return sum(path.stat().st_size for path in self._files())

    def _open_newest(self) -> tuple[Writer, int]:
        files = self._files()
        if not files:
            return Writer(path_of(self.directory, 0)), 0
        count = size = 0
        for end, payload in scan(files[-1]):
            count, size, self.last = count + 1, end, payload
        first = number_of(files[-1])
        if self.last is None and len(files) > 1:
            self.last = max(scan(files[-2]), default=(0, None))[1]
        return Writer(files[-1], count=count, size=size), first + count

    def _read_mark(self) -> int:
        data = os.pread(self._mark, MARK.size, 0)
        if len(data) == MARK.size:
            number, checksum = MARK.unpack(data)
            if zlib.crc32(data[:8]) == checksum:
                return number
        files = self._files()
        return number_of(files[0])

    def _read_files(self, start: int, limit: int) -> list[tuple[int, bytes]]:
        files = self._files()
        found: list[tuple[int, bytes]] = []
        for index, path in enumerate(files):
            end = number_of(files[index + 1]) if index + 1 < len(files) else self.next
            if end <= start:
                continue
            good = [payload for _, payload in scan(path)]
            records = list(enumerate(good, number_of(path)))
            if number_of(path) + len(good) < end:
                records.append((end - 1, self._summarise(good[-1:] + self._first_of(files[index + 1 : index + 2]))))
            found += [record for record in records if record[0] >= start]
            if len(found) >= limit:
                return found[:limit]
        return found

    def _first_of(self, files: list[Path]) -> list[bytes]:
        return [payload for path in files for _, payload in islice(scan(path), 1)]

    def _put(self, payload: bytes) -> int:
        self._writer.append(payload)
        number, self.next = self.next, self.next + 1
        self._recent.append((number, payload))
        return number

    def _rotate(self) -> None:
        full, self._writer = self._writer, Writer(path_of(self.directory, self.next))
        full.close()
        self._trim()

    def _trim(self) -> None:
        files = self._files()
        for path, following in pairwise(files):
            if number_of(following) <= self.committed:
                path.unlink()

    def _overflow(self) -> None:
        """Throw the oldest file away and leave a record that says what went."""
        if not self._writer.count and len(self._files()) == 1:
            return
        if len(self._files()) == 1:
            self._rotate()
        oldest, following = self._files()[:2]
        lost = [p for n, (_, p) in enumerate(scan(oldest), number_of(oldest)) if n >= self.committed]
        oldest.unlink()
        self.committed = max(self.committed, number_of(following))
        while self._recent and self._recent[0][0] < self.committed:
            self._recent.popleft()
        self.overflows += 1
        if lost:
            self._put(self._summarise(lost))
