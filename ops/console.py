"""Telling the person at the terminal what happens, and running helper programs."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path


class Failure(Exception):
    """Something a person has to act on; the text says what happened and what to do."""


def say(text: str) -> None:
    """One line on standard output, at once; a closed terminal is no reason to fall over."""
    try:
        print(text, flush=True)
    except OSError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - lives as long as the process


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say what was done and how long it took."""
    started = time.monotonic()
    yield
    say(f"  {name} ({time.monotonic() - started:.1f} s)")


def call(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> None:
    """Run a program quietly; on failure show the end of what it said."""
    done = subprocess.run(
        [str(part) for part in command], env=env, cwd=cwd, stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False,
    )
    if done.returncode:
        tail = "\n".join(done.stdout.splitlines()[-40:])
        raise Failure(f"{' '.join(map(str, command))} failed with {done.returncode}:\n{tail}")


def succeeds(command: Sequence[str | Path], *, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> bool:
    """Whether a program could be started and ended well."""
    try:
        call(command, env=env, cwd=cwd)
    except (Failure, OSError):
        return False
    return True
