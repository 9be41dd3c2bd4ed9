"""The scanner's reading for anyone: one JSON string a line, one answer a line, without a plant."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plant.gs1.scans import AS_SENT
from plant.management.commands import gs1_parse
from tests.plant.management.test_computing import BARE

ROOT = Path(__file__).resolve().parents[3]
REFUSED = {"ok": False, "elements": {}, "symbology": None}


def told(sent: bytes, *options: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "manage.py", "gs1_parse", *options]
    return subprocess.run(command, cwd=ROOT, env=BARE, input=sent, capture_output=True, timeout=120, check=False)


def test_each_line_is_answered_without_a_plant():
    lines = [b'"]C1010952123454321310LOT-7"', b'"(01)09521234543214"', b"not json", b"7", b"", b'"\xff"']
    lines += [b'"6901234567892"']
    done = told(b"\n".join(lines), "--json")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr, len(answers)) == (0, b"", len(lines))
    assert answers[0] == {
        "ok": True, "error": None, "elements": {"01": "09521234543213", "10": "LOT-7"}, "symbology": "GS1_128_CCA",
    }  # fmt: skip
    assert all(answer == {**REFUSED, "error": answer["error"]} and answer["error"] for answer in answers[1:6])
    assert (answers[6]["elements"], answers[6]["symbology"]) == ({"01": "06901234567892"}, None)


def test_options_name_the_scanner():
    done = told(b'"<]C110LOT-7~21SN>"\n"]C110A"', "--prefix=<", "--suffix=>", "--separator=~", "--complete")
    assert done.stdout.decode().count("(10)") == 2


@pytest.mark.parametrize("line", [
    b"[" * 100_000, b'"\\ud800(01)"', b'"' + b"9" * 100_000 + b'"', b"1" * 5000, b"NaN", b"null",
])  # fmt: skip
def test_parse_refuses_hostile_lines(line):
    answer = gs1_parse.parse(line, AS_SENT)
    assert answer == {**REFUSED, "error": answer["error"]}
    assert json.dumps(answer).isascii()


@given(st.binary(max_size=80))
def test_parse_never_fails(line):
    assert set(gs1_parse.parse(line, AS_SENT)) == {"ok", "error", "elements", "symbology"}
