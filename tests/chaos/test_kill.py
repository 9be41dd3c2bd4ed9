"""kill -9, in the middle of scans and a drift: nothing acknowledged is lost, nothing is done twice, all comes back."""

import os
import signal
import time
from pathlib import Path

import pytest

from benchmarks.plant import Plant
from benchmarks.tablets import verdict
from tests.chaos import looks
from tests.chaos.load import scanning

pytestmark = [pytest.mark.chaos, pytest.mark.timeout(360)]
VICTIMS = ["web worker", "worker", "edges", "poller", "redis", "postgres"]
TABLETS, RECOVERY, PULSE = 3, 60.0, 45.0
LONGEST_SILENCE = 3.0  # seconds between two readings of a stream, beyond which a gap must say why


@pytest.fixture(scope="module")
def plant(system):
    return Plant(system.var)


@pytest.fixture(scope="module")
def jobs(plant):
    """Work orders of their own for the tablets of each test."""
    return plant.floor("make", f"CHAOS{int(time.time())}", "CB-200", "8", str(TABLETS * (len(VICTIMS) + 1)))


def kill(plant, victim):
    """End a process at once; of the web server only one of its workers."""
    pid = plant.pids[victim.split()[0]]
    if victim == "web worker":
        pid = int(Path(f"/proc/{pid}/task/{pid}/children").read_text().split()[0])
    os.kill(pid, signal.SIGKILL)


def comes_back(plant, since):
    """Readings flow, worker, beat, poller and edges live, the plant is ready: all by itself, within a minute."""
    deadline = time.monotonic() + RECOVERY
    for statement, words, least in ((looks.NEWEST_READING, [], since), (looks.PULSES, [since + PULSE], 4)):
        looks.wait(plant, statement, *words, least=least, seconds=max(deadline - time.monotonic(), 1))
    plant.wait_ready(max(deadline - time.monotonic(), 1))


@pytest.mark.parametrize("victim", VICTIMS)
def test_kill_loses_nothing_and_heals(plant, jobs, victim):
    mine = jobs[VICTIMS.index(victim) * TABLETS :][:TABLETS]
    plant.write_drift(drifted=False)
    looks.wait(plant, looks.CALM, least=1, seconds=RECOVERY)

    with scanning(plant, mine) as tablets:
        time.sleep(1.5)
        began = time.time()
        plant.write_drift(drifted=True)
        kill(plant, victim)
        try:
            comes_back(plant, time.time())
            looks.wait(plant, looks.DRIFTS, began, least=1, seconds=RECOVERY)
        finally:
            plant.write_drift(drifted=False)

    told = verdict(plant, tablets)
    assert (told["lost"], told["applied_twice"], told["refusals"]) == (0, 0, [])
    assert sum(len(tablet.sent) for tablet in tablets) > 0
    assert plant.ask(looks.HOLES, began - 60, LONGEST_SILENCE) == []


def test_flushing_redis_changes_nothing(plant, jobs):
    with scanning(plant, jobs[-TABLETS:]) as tablets:
        plant.redis().flushall()
        flushed_at = time.time()
        comes_back(plant, flushed_at + 1)

    told = verdict(plant, tablets)
    assert (told["lost"], told["applied_twice"], told["refusals"]) == (0, 0, [])


@pytest.mark.parametrize("check", ["check_invariants", "verify_journal"])
def test_what_must_be_true_is_true_after_all_that(plant, check):
    done = plant.manage(check)

    assert done.returncode == 0, done.stdout + done.stderr
