"""kill -9 of the poller in full flight, again and again: every value served is stored once or lies in a gap."""

import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from tests.integrations.plc.memory_plc import plc_in_thread

ROOT = Path(__file__).resolve().parents[3]
ROUNDS = 6


def start(port, folder):
    command = [sys.executable, "-m", "tests.integrations.plc.poller_process", str(port), str(folder)]
    return subprocess.Popen(command, cwd=ROOT)


def wait_for_progress(plc, since):
    deadline = time.monotonic() + 20
    while len(plc.served) <= since + 10:
        assert time.monotonic() < deadline, "the poller does not poll"
        time.sleep(0.01)


def storm(plc, folder):
    """Start and kill the poller again and again; the last one may finish."""
    chance = random.Random(7)
    for number in range(ROUNDS):
        before = len(plc.served)
        process = start(plc.port, folder)
        wait_for_progress(plc, before)
        time.sleep(chance.uniform(0.05, 0.4))
        process.kill() if number < ROUNDS - 1 else process.terminate()
        process.wait(20)


def test_kill_loses_nothing_and_repeats_nothing(tmp_path):
    with plc_in_thread(counting=True) as plc:
        storm(plc, tmp_path)
        served = dict(plc.served)
    store = sqlite3.connect(tmp_path / "store.sqlite")
    stored = [value for (value,) in store.execute("SELECT value FROM reading ORDER BY seq")]
    gaps = store.execute("SELECT start, stop FROM gap").fetchall()
    missing = served.keys() - set(stored)

    assert stored == sorted(set(stored))
    assert len(stored) > 100
    assert len(gaps) >= ROUNDS - 1
    assert [number for number in missing if not any(a <= served[number] <= b + 0.01 for a, b in gaps)] == []
    assert len(missing) <= 40 * ROUNDS
