"""Where the snapshots lie, and which is the current one."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from traceability.snapshot.arrays import Arrays, Facts, load

MARK = "SELECT concat_ws(' ', id, parent_id, child_id, extract(epoch FROM at)) FROM traceability_link WHERE id = %s"


def home() -> Path:
    """The folder of this machine's snapshots."""
    return Path(settings.VAR_DIR) / "genealogy"


def current() -> tuple[Arrays, Facts] | None:
    """The newest snapshot, mapped once by each process; none when there is none yet."""
    for _ in range(2):  # another may take its place while this one is being opened
        try:
            return _mapped(home() / os.readlink(home() / "current"))
        except FileNotFoundError:
            continue
    return None


@contextmanager
def alone() -> Iterator[bool]:
    """Whether nobody else on this machine makes a snapshot now; two would take away each other's folders."""
    home().mkdir(parents=True, exist_ok=True)
    opened = os.open(home(), os.O_RDONLY)
    try:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(opened)


def make_current(folder: Path) -> Path:
    """Point to a new snapshot in one step, and drop the others; whoever has one mapped keeps it."""
    pointer = folder / "pointer"
    pointer.symlink_to(folder.name)
    pointer.rename(home() / "current")
    for other in home().iterdir():
        if other.is_dir() and not other.is_symlink() and other != folder:
            shutil.rmtree(other)
    return folder


def mark(cursor: Any, last_link: int) -> str:
    """What the last link of a snapshot looks like; another database, or one restored from before, has another."""
    cursor.execute(MARK, [last_link])
    row = cursor.fetchone()
    return row[0] if row else ""


@lru_cache(maxsize=2)
def _mapped(folder: Path) -> tuple[Arrays, Facts]:
    return load(folder)
