"""Where the bytes of attachments lie: below var/files, under a random name, written whole or not at all."""

import os
import secrets
import shlex
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from plant.uploads import UploadRefused

PREVIEW = ".preview"
SCAN_SECONDS = 60
# Of some keys, those that rows still speak of; one for each kind of row that has files.
Keeper = Callable[[set[str]], set[str]]
_KEEPERS: list[Keeper] = []


def register(keeper: Keeper) -> Keeper:
    """Tell of rows that speak of files; the sweep leaves those files."""
    _KEEPERS.append(keeper)
    return keeper


def spoken_of(keys: set[str]) -> set[str]:
    """Of some keys, those that a row still speaks of."""
    return set().union(*(keeper(keys) for keeper in _KEEPERS))


def root() -> Path:
    """The folder of all files; it belongs into the backup."""
    return Path(settings.VAR_DIR) / "files"


def new_key() -> str:
    """A name that nobody guesses."""
    return secrets.token_hex(16)


def path_of(key: str) -> Path:
    """Where a file lies."""
    return root() / key[:2] / key


def store(key: str, data: bytes) -> None:
    """Write a file whole and durable, and let the scanner of the plant look at it first, if there is one."""
    store_chunks(key, [data])


def store_chunks(key: str, chunks: Iterable[bytes]) -> None:
    """The same for what is too large to be held at once."""
    place = path_of(key)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = place.with_suffix(place.suffix + ".part")
    with open(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as into:
        into.writelines(chunks)
        into.flush()
        os.fsync(into.fileno())
    try:
        scan(half)
        half.replace(place)
    finally:
        half.unlink(missing_ok=True)


def scan(path: Path) -> None:
    """Ask the plant's virus scanner (UPLOAD_SCANNER, a command that gets the path); anything but 0 is a refusal."""
    command = shlex.split(settings.UPLOAD_SCANNER)
    if not command:
        return
    try:
        verdict = subprocess.run([*command, str(path)], check=False, capture_output=True, timeout=SCAN_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        message = _("The virus scanner does not answer. Try again later, or tell the administrator.")
        raise UploadRefused(message) from error
    if verdict.returncode != 0:
        raise UploadRefused(_("The virus scanner refuses this file."))


def forget(key: str) -> None:
    """Take a file and its preview away; one that is not there is no fault."""
    for name in (key, key + PREVIEW):
        path_of(name).unlink(missing_ok=True)


def stored() -> Iterator[tuple[str, float]]:
    """Every stored file's key and when it was written (seconds since 1970), previews and halves included."""
    for path in root().glob("??/*"):
        yield path.name, path.stat().st_mtime
