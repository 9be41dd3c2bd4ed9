"""Which files are ready to be taken, and taking one: renamed first, so that nobody else takes it or writes on."""

import fnmatch
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from integrations.adapters.files.stores import Entry, Store

TAKING, DONE, HALF = "taking", ".done", (".part", ".tmp", ".filepart", ".crdownload")
MARKER, STILL = "MARKER", "STILL"


@dataclass(frozen=True, slots=True)
class Picked:
    """A file that is ours now, under the folder of those that are being read."""

    name: str
    path: str
    at: int  # when it was taken, in milliseconds


def ready(entries: list[Entry], settings: Mapping[str, Any], now: float) -> list[Entry]:
    """Whole files: their marker lies beside them, or their size and time have stood still."""
    names = {entry.name for entry in entries}
    wanted = [
        entry for entry in entries
        if fnmatch.fnmatch(entry.name, settings["pattern"]) and not entry.name.startswith(".")
        and not entry.name.endswith((DONE, *HALF))
    ]
    if settings["ready"] == MARKER:
        return [entry for entry in wanted if entry.name + DONE in names]
    return [entry for entry in wanted if now - entry.changed >= settings["still_seconds"]]


def pick(store: Store, settings: Mapping[str, Any], clock: Callable[[], float] = time.time) -> Iterator[Picked]:
    """First what was being read when somebody stopped, then what is ready; each is claimed by its renaming."""
    for entry in store.entries(TAKING):
        yield Picked(entry.name, f"{TAKING}/{entry.name}", round(clock() * 1000))
    found = store.entries(settings["incoming"])
    sizes = {entry.name: entry.size for entry in found}
    if settings["ready"] == STILL:  # clocks of other machines lie; a second look does not
        sizes = {entry.name: entry.size for entry in store.entries(settings["incoming"])}
    for entry in ready(found, settings, clock()):
        if sizes.get(entry.name) != entry.size:
            continue
        path = f"{TAKING}/{entry.name}"
        try:
            store.move(f"{settings['incoming']}/{entry.name}", path)
        except FileNotFoundError:  # somebody else was faster
            continue
        if settings["ready"] == MARKER:
            store.remove(f"{settings['incoming']}/{entry.name}{DONE}")
        yield Picked(entry.name, path, round(clock() * 1000))
