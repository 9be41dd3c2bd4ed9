"""Where files lie: a folder below the plant's exchange folder. Nothing outside is touched, through no link either."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from integrations.adapters.port import Never
from plant.spoken import spoken


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as a folder tells it."""

    name: str
    size: int
    changed: float


class Store(Protocol):
    """A folder with subfolders of one level."""

    def entries(self, folder: str) -> list[Entry]:
        """The plain files of a folder, oldest first."""
        ...

    def read(self, path: str, most: int) -> bytes:
        """The content of a file, cut after so many bytes."""
        ...

    def write(self, path: str, content: bytes) -> None:
        """Put a file there at once: under another name first, so that nobody sees half of it."""
        ...

    def move(self, path: str, to: str) -> None:
        """Rename within the store."""
        ...

    def remove(self, path: str) -> None:
        """Take a file away, if it is there."""
        ...


def checked(path: str) -> str:
    """A relative path that leads downwards."""
    parts = Path(path).parts
    if not parts or Path(path).is_absolute() or ".." in parts or any("\\" in part or "\0" in part for part in parts):
        raise Never(spoken("“%(path)s” is no path below the folder of this connection.") % {"path": path})
    return "/".join(parts)


class Folder:
    """Files on this machine."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def _path(self, path: str, *, make: bool = False) -> Path:
        found = self.root / checked(path)
        if make:
            found.parent.mkdir(parents=True, exist_ok=True)
        if not found.parent.resolve().is_relative_to(self.root):
            raise Never(spoken("“%(path)s” leads out of the folder of this connection.") % {"path": path})
        return found

    def entries(self, folder: str) -> list[Entry]:
        return sorted(self._entries(folder), key=lambda entry: (entry.changed, entry.name))

    def _entries(self, folder: str) -> Iterator[Entry]:
        where = self._path(f"{folder}/x", make=True).parent
        for one in os.scandir(where):
            if one.is_file(follow_symlinks=False):
                found = one.stat(follow_symlinks=False)
                yield Entry(one.name, found.st_size, found.st_mtime)

    def read(self, path: str, most: int) -> bytes:
        descriptor = os.open(self._path(path), os.O_RDONLY | os.O_NOFOLLOW)
        with os.fdopen(descriptor, "rb") as file:
            return file.read(most)

    def write(self, path: str, content: bytes) -> None:
        target = self._path(path, make=True)
        half = target.with_name(f".{target.name}.part")
        with half.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        half.replace(target)

    def move(self, path: str, to: str) -> None:
        self._path(path).replace(self._path(to, make=True))

    def remove(self, path: str) -> None:
        self._path(path).unlink(missing_ok=True)
