"""One child process: started in a group of its own, dying with its supervisor, restarted with patience."""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1  # linux/prctl.h
LIBC = ctypes.CDLL(None)
LOG_LIMIT = 20_000_000
DELAYS = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0)
STEADY_AFTER = 20.0


@dataclass(frozen=True)
class Account:
    """The unprivileged account that a child runs as."""

    uid: int
    gid: int


@dataclass
class Backoff:
    """How long to wait before the next start: longer each time, short again after a steady run."""

    failures: int = 0

    def next_delay(self, ran_for: float) -> float:
        self.failures = 1 if ran_for >= STEADY_AFTER else self.failures + 1
        return DELAYS[min(self.failures, len(DELAYS)) - 1]


@dataclass
class Child:
    """A process that shall run: what to start, how to stop it, and what became of it."""

    name: str
    command: Sequence[str]
    env: Mapping[str, str]
    log: Path
    cwd: Path
    account: Account | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    death_signal: signal.Signals = signal.SIGTERM
    patience: float = 15.0
    before_start: Callable[[], None] = lambda: None
    backoff: Backoff = field(default_factory=Backoff)
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float | None = None

    @property
    def pid(self) -> int | None:
        return self.process.pid if self.process and self.process.poll() is None else None

    def start(self) -> None:
        """Start it; the kernel stops it should the supervisor vanish."""
        self.before_start()
        keep_short(self.log)
        who = {} if self.account is None else {
            "user": self.account.uid, "group": self.account.gid, "extra_groups": [],
        }
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, env=dict(self.env),
                cwd=self.cwd, process_group=0, preexec_fn=self._die_with(os.getpid()),
                **who,
            )
        self.started_at, self.start_again_at = time.monotonic(), None

    def _die_with(self, supervisor: int) -> Callable[[], None]:
        def before_exec() -> None:  # runs after setuid, which would clear the setting
            LIBC.prctl(PR_SET_PDEATHSIG, int(self.death_signal))
            if os.getppid() != supervisor:
                os._exit(1)

        return before_exec

    def schedule_restart(self) -> float:
        """Plan the next start after an exit; answer the delay."""
        delay = self.backoff.next_delay(time.monotonic() - self.started_at)
        self.start_again_at = time.monotonic() + delay
        return delay

    def sweep(self) -> None:
        """End what the process left behind in its group, so that a successor finds its port free."""
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def stop(self) -> int | None:
        """Ask it to end, wait, insist."""
        if self.process is None:
            return None
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
        try:
            self.process.wait(self.patience)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.sweep()
        return self.process.returncode


def keep_short(log: Path) -> None:
    """Set a log that has grown long aside, keeping one predecessor."""
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".log.1"))
