"""A check that hangs fails by name, and takes what it started along."""

import os
import subprocess
import sys
import time

import pytest

from ops.check import ended_well

HANGS = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import time; time.sleep(600)'])"


def started(code):
    return subprocess.Popen([sys.executable, "-c", code], start_new_session=True, stderr=subprocess.DEVNULL)


def test_a_program_that_ends_is_judged_by_its_exit_code():
    assert ended_well(started("pass"), "good")
    assert not ended_well(started("raise SystemExit(3)"), "bad")


def test_a_program_that_hangs_is_a_failure_and_leaves_nothing_behind(capfd):
    process, begun = started(HANGS), time.monotonic()

    assert not ended_well(process, "slow", limit=0.5)
    assert "slow had not ended" in capfd.readouterr().out
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    assert time.monotonic() - begun < 60
