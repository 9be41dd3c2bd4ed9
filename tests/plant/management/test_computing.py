"""What only computes runs where no plant is set up; everything else says which setting is missing."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
BARE = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}


def manage(*arguments):
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=BARE, capture_output=True, text=True, timeout=120, check=False)


@pytest.mark.parametrize("arguments", [
    ("spc_analyse", "--chart", "imr"), ("capability", "--lsl", "0", "--usl", "9"),
    ("sampling_plan", "--standard", "iso2859-1", "--lot", "1200", "--aql", "1.0"),
])  # fmt: skip
def test_computing_needs_no_plant(arguments, tmp_path):
    table = tmp_path / "table.csv"
    table.write_text("x\n1\n2\n3\n4\n2\n3\n")
    name, *options = arguments
    done = manage(name, *([] if name == "sampling_plan" else [str(table)]), *options, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)


def test_other_commands_say_what_is_missing():
    assert "Set SECRET_KEY" in manage("migrate").stderr
