"""A check that hangs fails by name, and takes what it started along."""

import subprocess
import sys
import time
from pathlib import Path

from ops.check import ended_well
from tests.ops.test_children import eventually, is_alive

HANGS = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(600)'])"


def group(leader):
    """The processes of a group."""
    return [int(folder.name) for folder in Path("/proc").iterdir() if folder.name.isdigit() and is_in(folder, leader)]


def is_in(folder, leader):
    try:
        return int((folder / "stat").read_text().rpartition(")")[2].split()[2]) == leader
    except FileNotFoundError:
        return False


def started(code):
    return subprocess.Popen([sys.executable, "-c", code], start_new_session=True, stderr=subprocess.DEVNULL)


def test_a_program_that_ends_is_judged_by_its_exit_code():
    assert ended_well(started("pass"), "good")
    assert not ended_well(started("raise SystemExit(3)"), "bad")


def test_a_program_that_hangs_is_a_failure_and_leaves_nothing_behind(capfd):
    process, begun = started(HANGS), time.monotonic()

    assert not ended_well(process, "slow", limit=0.5)
    assert "slow had not ended" in capfd.readouterr().out
    assert eventually(lambda: not any(is_alive(pid) for pid in group(process.pid)))
    assert time.monotonic() - begun < 60
