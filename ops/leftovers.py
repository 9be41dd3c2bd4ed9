"""Ending what a killed supervisor left behind, so that the next start finds a clean place."""

import contextlib
import os
import signal
import time
from pathlib import Path

from ops.paths import Var

MARK = "ZHIZAO_CHILD_OF"
PROC = Path("/proc")
GRACE = 10.0


def mark(var: Var) -> dict[str, str]:
    """The environment entry by which children of this folder are known."""
    return {MARK: str(var.root)}


def find(var: Var) -> list[int]:
    """Processes that were started for this folder and still run (empty where there is no /proc)."""
    wanted = f"{MARK}={var.root}".encode()
    return [int(entry.name) for entry in PROC.glob("[0-9]*") if wanted in environment(entry)]


def environment(entry: Path) -> list[bytes]:
    """A process's environment; nothing when it is gone or another's."""
    with contextlib.suppress(OSError):
        return (entry / "environ").read_bytes().split(b"\0")
    return []


def end(var: Var, grace: float = GRACE) -> None:
    """Give leftovers time to end by themselves (their parent's death told them to), then end them."""
    deadline = time.monotonic() + grace
    while (pids := find(var)) and time.monotonic() < deadline:
        send(pids, signal.SIGTERM)
        time.sleep(0.2)
    send(pids, signal.SIGKILL)


def send(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)


def stale_lock(lock: Path, program: str) -> bool:
    """Whether a pid file names a process that is not that program any more (gone, a zombie, or a stranger)."""
    try:
        pid = int(lock.read_text(encoding="utf-8").split()[0])
    except (OSError, ValueError, IndexError):
        return lock.exists()
    return program.encode() not in command_line(pid)


def command_line(pid: int) -> bytes:
    """The command line of a process; empty for zombies and for those that are gone."""
    with contextlib.suppress(OSError):
        return (PROC / str(pid) / "cmdline").read_bytes()
    return b""
