"""Lock files whose process is gone, or has become another."""

import os
import subprocess
import sys

from ops.leftovers import stale_lock


def test_lock_of_a_running_program_is_not_stale(tmp_path):
    lock = tmp_path / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n/data\n")

    assert not stale_lock(lock, os.path.basename(sys.executable))


def test_lock_with_a_strangers_number_is_stale(tmp_path):
    lock = tmp_path / "postmaster.pid"
    lock.write_text(f"{os.getpid()}\n/data\n")

    assert stale_lock(lock, "/somewhere/pg/data")


def test_lock_of_a_zombie_is_stale(tmp_path):
    lock = tmp_path / "postmaster.pid"
    zombie = subprocess.Popen([sys.executable, "-c", ""])
    os.waitid(os.P_PID, zombie.pid, os.WEXITED | os.WNOWAIT)
    lock.write_text(f"{zombie.pid}\n/data\n")

    assert stale_lock(lock, "python")
    zombie.wait()


def test_empty_lock_is_stale_and_no_lock_is_not(tmp_path):
    lock = tmp_path / "postmaster.pid"
    assert not stale_lock(lock, "x")

    lock.write_text("")
    assert stale_lock(lock, "x")
