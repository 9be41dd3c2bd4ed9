"""Keeping a set of processes running until told to stop, and stopping them in order."""

import fcntl
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO

from ops import leftovers
from ops.children import Child
from ops.console import Failure, say
from ops.paths import Var

TICK = 0.1


@dataclass
class Supervisor:
    """Starts children, restarts what exits, stops all in reverse order of start."""

    var: Var
    children: list[Child] = field(default_factory=list)
    changed: Callable[[dict[str, int]], None] = lambda pids: None

    def add(self, child: Child) -> Child:
        self.children.append(child)
        child.start()
        return child

    def pids(self) -> dict[str, int]:
        return {child.name: child.pid for child in self.children if child.pid}

    def tick(self) -> None:
        """One look at every child: note exits, start again what is due."""
        for child in self.children:
            if child.start_again_at is None and child.pid is None:
                self._exited(child)
            elif child.start_again_at is not None and time.monotonic() >= child.start_again_at:
                self._start_again(child)

    def _start_again(self, child: Child) -> None:
        try:
            child.start()
        except OSError as error:
            child.schedule_restart()
            say(f"! {child.name} could not be started: {error}")
            return
        say(f"  {child.name} started again (pid {child.pid})")
        self.changed(self.pids())

    def _exited(self, child: Child) -> None:
        child.sweep()
        delay = child.schedule_restart()
        code = child.process.returncode if child.process else None
        say(f"! {child.name} ended with {code}, starting again in {delay:g} s; see {child.log}")

    def wait_until(self, ready: Callable[[], bool], *, what: str, seconds: float, pause: float = TICK) -> None:
        """Keep all children running until a condition holds."""
        deadline = time.monotonic() + seconds
        while not ready():
            if time.monotonic() > deadline:
                raise Failure(f"{what} was not ready within {seconds:g} s; the logs are in {self.var.log}")
            self.tick()
            time.sleep(pause)

    def run_forever(self) -> None:
        """Supervise until a signal raises KeyboardInterrupt."""
        while True:
            self.tick()
            time.sleep(TICK)

    def stop(self) -> None:
        """Stop every child, last started first."""
        for child in reversed(self.children):
            child.stop()
        self.children.clear()


@contextmanager
def supervising(var: Var) -> Iterator[Supervisor]:
    """A supervisor that owns its folder alone, hears SIGTERM like Ctrl-C, and leaves nothing running."""
    with owning(var.root / "supervisor.lock"):
        leftovers.end(var)
        supervisor = Supervisor(var)
        previous = {number: signal.signal(number, interrupt) for number in wanted_signals()}
        try:
            yield supervisor
        finally:
            with deaf_to_signals():
                supervisor.stop()
            for number, handler in previous.items():
                signal.signal(number, handler)


def wanted_signals() -> list[signal.Signals]:
    """SIGTERM, and SIGHUP unless whoever started us (nohup) asked to ignore it."""
    return [number for number in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(number) is not signal.SIG_IGN]


def interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def deaf_to_signals() -> Iterator[None]:
    """A second Ctrl-C does not cut an orderly stop short; every wait in it is bounded."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    previous = {number: signal.signal(number, signal.SIG_IGN) for number in numbers}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler or signal.SIG_DFL)  # None: the interpreter is ending


@contextmanager
def owning(lock: Path) -> Iterator[IO[str]]:
    """Hold a folder for one supervisor; the kernel lets go of the lock even after kill -9."""
    with open(lock, "a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise Failure(f"already running here (process {file.read()}); stop it, or choose another --var") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield file


def merge_json(path: Path, **facts: object) -> None:
    """Add facts to a JSON file, so that readers see the old file or the new one, never half of it."""
    known: dict[str, object] = {}
    with suppress(OSError, ValueError):
        known = json.loads(path.read_text(encoding="utf-8"))
    temporary = path.with_name(path.name + ".new")
    temporary.write_text(json.dumps(known | facts, ensure_ascii=False, indent=1), encoding="utf-8")
    temporary.replace(path)
