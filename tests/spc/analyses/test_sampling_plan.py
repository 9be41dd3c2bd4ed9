"""Sampling plans at the shell."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from spc.analyses import sampling_plan


def told(*words):
    out = StringIO()
    call_command("sampling_plan", *words, stdout=out)
    return out.getvalue()


def test_a_plan_as_json():
    answer = json.loads(told("--lot", "1200", "--aql", "1", "--level", "II", "--severity", "normal", "--json"))
    assert {name: answer[name] for name in ("code_letter", "letter", "n", "ac", "re", "aql", "inspect_all")} == {
        "code_letter": "J", "letter": "J", "n": 80, "ac": 2, "re": 3, "aql": "1.0", "inspect_all": False,
    }  # fmt: skip


def test_the_whole_table():
    tables = json.loads(told("--dump"))
    assert [len(rows) for rows in tables.values()] == [16, 16, 16]
    assert sum(len(row) for rows in tables.values() for row in rows.values()) == 1248
    assert tables["tightened"]["Q"]["0.025"] == ["S", 3150, 1, 2]
    assert json.loads(told("--dump", "--standard", "z1.4"))["reduced"]["J"]["1.0"] == ["J", 32, 1, 3]


def test_a_plan_as_text():
    assert "code_letter  J" in told("--lot", "1200", "--aql", "1.0")


def test_a_double_plan():
    answer = sampling_plan.analyse(standard="z1.4", lot=1200, aql="1.0", is_double=True)
    assert answer["double"] == {"n1": 50, "n2": 50, "ac1": 0, "re1": 3, "ac2": 3, "re2": 4}


def test_plans_for_two_points():
    assert sampling_plan.analyse(p1=0.01, p2=0.06)["n"] == 110
    assert sampling_plan.analyse(p1=0.01, p2=0.06, by_variables=True)["n"] == 42


def test_a_plan_without_a_fault():
    assert sampling_plan.analyse(standard="c0", lot=1200, aql="1.0")["n"] == 34
    assert sampling_plan.analyse(standard="c0", lot=1200, limit=0.05)["n"] == 45


def test_curves():
    answer = sampling_plan.analyse(lot=1200, aql="1.0", curve=True)
    assert answer["curve"][0] == {"p": 0.0, "pa": 1.0, "aoq": 0.0, "ati": 80.0}
    assert answer["p10"] == pytest.approx(0.0652, abs=1e-4)
    assert answer["aoql"] == pytest.approx(0.016, abs=1e-3)


@pytest.mark.parametrize("words", [(), ("--lot", "9"), ("--lot", "9", "--aql", "3"), ("--lot", "1", "--aql", "1"),
                                   ("--p1", "0.01"), ("--standard", "x", "--lot", "9", "--aql", "1")])  # fmt: skip
def test_what_is_missing_is_told(words):
    with pytest.raises(CommandError, match=r"\w"):
        told(*words)
