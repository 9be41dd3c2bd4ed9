"""The chart of a file from the shell."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.spc.analyses import published


@pytest.fixture
def wafers(tmp_path):
    path = tmp_path / "wafers.csv"
    path.write_text("count\n" + "\n".join(map(str, published.WAFERS)))
    return str(path)


def ran(capsys, *arguments):
    call_command("spc_analyse", *arguments)
    return capsys.readouterr().out


def test_json_holds_the_chart(wafers, capsys):
    found = json.loads(ran(capsys, wafers, "--chart", "c", "--rules", "nelson", "--json"))

    assert (found["center"], found["sigma"], found["lcl"], found["ucl"]) == (16, 4, 4, 28)
    assert found["violations"] == [{"rule": "beyond-3s", "number": 1, "point": 24, "window_start": 24}]


def test_text_is_for_people(wafers, capsys):
    shown = ran(capsys, wafers, "--chart", "c", "--rules", "western-electric").splitlines()

    assert [line.split() for line in shown[:3]] == [["chart", "c"], ["points", "25"], ["center", "16"]]


def test_rules_come_from_a_file_too(wafers, tmp_path, capsys):
    (tmp_path / "rules.json").write_text('{"rules": [{"kind": "side", "k": 3}]}')

    arguments = ["--chart", "c", "--phase1", "20", "--exclude", "3,8", "--json", "--rules"]
    found = json.loads(ran(capsys, wafers, *arguments, str(tmp_path / "rules.json")))

    assert {one["rule"] for one in found["violations"]} == {"side-3"}
    assert found["count"] == 18


def test_what_is_wrong_is_told_without_a_trace(wafers):
    with pytest.raises(CommandError, match="no column of sample sizes"):
        call_command("spc_analyse", wafers, "--chart", "p")
    with pytest.raises(CommandError, match=r"none\.json cannot be read"):
        call_command("spc_analyse", wafers, "--chart", "c", "--rules", "none.json")
