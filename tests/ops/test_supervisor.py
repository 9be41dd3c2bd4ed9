"""The supervisor: restarts, one owner, nothing left behind."""

import json
import os
import signal
import subprocess
import sys

import pytest

from ops import leftovers
from ops.children import Child
from ops.console import Failure
from ops.paths import ROOT, Var
from ops.supervisor import Supervisor, merge_json, owning
from tests.ops.test_children import SLEEPER, eventually, is_alive

HOUSE = """
import os, sys
from pathlib import Path
from ops import leftovers
from ops.children import Child
from ops.paths import Var
from ops.supervisor import supervising
with supervising(Var(Path(sys.argv[1]))) as it:
    env = dict(os.environ) | leftovers.mark(it.var)
    child = it.add(Child(name="x", command=sys.argv[2:], env=env, log=it.var.log / "x.log", cwd=it.var.root))
    print(child.pid, flush=True)
    it.run_forever()
"""


def house(folder) -> tuple[subprocess.Popen, int]:
    command = [sys.executable, "-c", HOUSE, str(folder), *SLEEPER]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT)
    return process, int(process.stdout.readline())


def test_tick_starts_again_what_was_killed(tmp_path):
    supervisor = Supervisor(Var(tmp_path))
    told = []
    supervisor.changed = told.append
    log = supervisor.var.log / "x.log"
    child = supervisor.add(Child(name="x", command=SLEEPER, env=os.environ, log=log, cwd=tmp_path))
    first = child.pid

    os.kill(first, signal.SIGKILL)
    supervisor.wait_until(lambda: child.pid not in (None, first), what="x", seconds=10)
    second = child.pid
    supervisor.stop()

    assert told == [{"x": second}]


def test_wait_until_says_what_was_not_ready(tmp_path):
    with pytest.raises(Failure, match="the plant was not ready within 0 s"):
        Supervisor(Var(tmp_path)).wait_until(lambda: False, what="the plant", seconds=0)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_child_ends_with_its_supervisor(tmp_path, number):
    process, child = house(tmp_path)

    process.send_signal(number)
    process.wait(10)
    process.stdout.close()

    assert eventually(lambda: not is_alive(child))


def test_owning_refuses_a_second_supervisor(tmp_path):
    with owning(tmp_path / "lock"), pytest.raises(Failure, match=f"process {os.getpid()}"), owning(tmp_path / "lock"):
        pytest.fail("two supervisors")


def test_leftovers_of_this_folder_are_ended(tmp_path):
    var = Var(tmp_path)
    orphan = subprocess.Popen(SLEEPER, env=dict(os.environ) | leftovers.mark(var))
    stranger = subprocess.Popen(SLEEPER)

    leftovers.end(var, grace=0.5)

    assert orphan.wait(5) < 0
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()


def test_merge_json_keeps_what_others_wrote(tmp_path):
    path = tmp_path / "demo.json"
    path.write_text('{"logins": [1], "url": "old"}')

    merge_json(path, url="new", pids={"web": 7})

    assert json.loads(path.read_text()) == {"logins": [1], "url": "new", "pids": {"web": 7}}
