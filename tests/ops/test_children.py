"""Children: patience before a restart, a clean end."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from ops.children import DELAYS, STEADY_AFTER, Backoff, Child, keep_short

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
PARENT = [
    sys.executable, "-c",
    "import subprocess, sys, time; print(subprocess.Popen(sys.argv[1:]).pid, flush=True); time.sleep(60)", *SLEEPER,
]


def child(folder: Path, command: list[str]) -> Child:
    return Child(name="x", command=command, env=os.environ, log=folder / "x.log", cwd=folder, patience=2)


def is_alive(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().split()[2] != "Z"


def eventually(condition, seconds: float = 5) -> bool:
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return bool(condition())


def test_backoff_grows_to_its_cap():
    backoff = Backoff()

    assert [backoff.next_delay(0) for _ in range(len(DELAYS) + 1)] == [*DELAYS, DELAYS[-1]]


def test_backoff_is_short_again_after_a_steady_run():
    backoff = Backoff(failures=9)

    assert backoff.next_delay(STEADY_AFTER) == DELAYS[0]


def test_stop_ends_the_process(tmp_path):
    it = child(tmp_path, SLEEPER)
    it.start()

    assert it.stop() == -signal.SIGTERM
    assert it.pid is None


def test_stop_insists_when_a_process_ignores_the_signal(tmp_path):
    deaf = "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)"
    it = child(tmp_path, [sys.executable, "-c", deaf])
    it.start()
    assert eventually(lambda: it.log.read_text() == "deaf\n")

    assert it.stop() == -signal.SIGKILL


def test_sweep_ends_grandchildren_of_a_killed_process(tmp_path):
    it = child(tmp_path, PARENT)
    it.start()
    assert eventually(lambda: it.log.read_text().endswith("\n"))
    grandchild = int(it.log.read_text())

    it.process.kill()
    it.process.wait()
    it.sweep()

    assert eventually(lambda: not is_alive(grandchild))


@pytest.mark.parametrize(("size", "kept"), [(10, True), (20_000_001, False)])
def test_keep_short_sets_a_long_log_aside(tmp_path, size, kept):
    log = tmp_path / "x.log"
    log.write_bytes(b"x" * size)

    keep_short(log)

    assert log.exists() is kept
