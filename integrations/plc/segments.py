"""Files of framed records: a length, a CRC-32 and the bytes; a torn end is cut, a broken middle is said."""

import os
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

FRAME = struct.Struct(">II")
LONGEST = 16 * 1024 * 1024
SUFFIX = ".seg"


def path_of(directory: Path, first: int) -> Path:
    """The file whose first record has this number."""
    return directory / f"{first:016d}{SUFFIX}"


def number_of(path: Path) -> int:
    """The number of a file's first record."""
    return int(path.stem)


def frame(payload: bytes) -> bytes:
    """A record as it lies in a file."""
    return FRAME.pack(len(payload), zlib.crc32(payload)) + payload


def scan(path: Path) -> Iterator[tuple[int, bytes]]:
    """Each good record with the offset just behind it; stops at the first that is cut or damaged."""
    with path.open("rb") as file:
        while len(head := file.read(FRAME.size)) == FRAME.size:
            size, checksum = FRAME.unpack(head)
            payload = file.read(size) if size <= LONGEST else b""
            if len(payload) != size or zlib.crc32(payload) != checksum:
                return
            yield file.tell(), payload


def sync_directory(directory: Path) -> None:
    """Make the birth and death of files in a directory durable."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class Writer:
    """One open file that grows by whole records, each durable before `append` returns."""

    def __init__(self, path: Path, *, count: int = 0, size: int = 0) -> None:
        self.path, self.count, self.size = path, count, size
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        os.ftruncate(self._handle, size)
        os.lseek(self._handle, size, os.SEEK_SET)
        sync_directory(path.parent)

    def append(self, payload: bytes) -> None:
        """Write and fsync one record; when the disk refuses, the file is as it was."""
        data = frame(payload)
        try:
            written = os.write(self._handle, data)
            if written != len(data):
                raise OSError(f"only {written} of {len(data)} bytes fit on the disk")
            os.fsync(self._handle)
        except OSError:
            os.ftruncate(self._handle, self.size)
            os.lseek(self._handle, self.size, os.SEEK_SET)
            raise
        self.size += len(data)
        self.count += 1

    def close(self) -> None:
        """Give the file back."""
        os.close(self._handle)
