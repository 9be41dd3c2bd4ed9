"""Statistics for other systems: the command's answer, and nothing stored."""

import json
import math
from io import StringIO

import pytest
from django.core.management import call_command

from integrations import bodies
from plant.models import JournalEntry
from tests.integrations.erp.callers import PROBLEM, caller, code_of
from traceability.models import Reading

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.integrations.erp.addresses")]
VALUES = [9.9, 10.1, 10.0, 9.8, 10.2, 10.05, 9.95, 10.1, 9.9, 10.0, 10.15, 9.85, 10.0, 10.1, 9.9]
PLAN = {"analysis": "sampling_plan", "options": {"lot": 1200, "aql": 1, "standard": "iso2859-1"}}


def ask(body, **headers):
    return caller("analyses:run").ask("POST", "spc/analyse/", body, **headers)


def command(*words):
    out = StringIO()
    call_command(*words, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_a_sampling_plan_is_the_commands():
    answer = ask(PLAN)
    assert (answer.status_code, answer.json()) == (200, command("sampling_plan", "--lot", "1200", "--aql", "1"))


def test_capability_is_the_commands(tmp_path):
    file = tmp_path / "x.csv"
    file.write_text("x\n" + "\n".join(map(str, VALUES)))
    answer = ask({"analysis": "capability", "data": {"x": VALUES}, "options": {"lsl": 9, "usl": 11}})
    assert answer.json() == command("capability", str(file), "--lsl", "9", "--usl", "11")


def test_a_gauge_study_is_the_commands(tmp_path):
    cells = [(part, who, trial) for part in "12345" for who in "AB" for trial in (1, 2, 3)]
    rows = [(*cell, round(10 + int(cell[0]) * 0.3 + 0.01 * i % 0.07, 3)) for i, cell in enumerate(cells)]
    names = ("part", "appraiser", "trial", "value")
    file = tmp_path / "x.csv"
    file.write_text("\n".join(",".join(map(str, row)) for row in (names, *rows)))
    data = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    answer = ask({"analysis": "gage_rr", "data": data, "options": {"method": "average-range"}})
    assert answer.json() == command("gage_rr", str(file), "--method", "average-range")


def test_a_chart_is_the_commands(tmp_path):
    file = tmp_path / "x.csv"
    file.write_text("x\n" + "\n".join(map(str, [*VALUES, 14])))
    answer = ask({"analysis": "chart", "data": {"x": [*VALUES, 14]}, "options": {"chart": "imr", "rules": "nelson"}})
    assert answer.json() == command("spc_analyse", str(file), "--chart", "imr", "--rules", "nelson")
    assert answer.json()["violations"]


@pytest.mark.parametrize("wrong", [
    {"estimator": 5}, {"stages": -1}, {"columns": [None]}, {"columns": False}, {"head_start": "x"}, {"zz": 1},
])  # fmt: skip
def test_an_option_of_a_chart_is_of_its_kind(wrong):
    answer = ask({"analysis": "chart", "data": {"x": VALUES}, "options": {"chart": "cusum", **wrong}})
    assert (answer.status_code, answer.json()["pointer"]) == (422, f"/options/{next(iter(wrong))}")


def test_numbers_that_can_not_be_worked_with_are_told():
    options = {"chart": "ewma", "sigma": 1e308}
    assert ask({"analysis": "chart", "data": {"x": VALUES}, "options": options}).status_code == 422


def test_nothing_is_stored():
    system = caller("analyses:run")
    before = JournalEntry.objects.count()
    assert system.post("spc/analyse/", PLAN, key="1").status_code == 200
    assert system.post("spc/analyse/", {**PLAN, "options": {"lot": 90, "aql": 1}}, key="1").json()["n"] == 13
    assert (JournalEntry.objects.count(), Reading.objects.count()) == (before, 0)


def test_another_scope_is_not_enough():
    assert caller("quality:read").post("spc/analyse/", PLAN).status_code == 403


@pytest.mark.parametrize(("body", "pointer"), [
    ({}, "/analysis"), ({"analysis": "x"}, "/analysis"), ({"analysis": ["chart"]}, "/analysis"),
    ({"analysis": "sampling_plan", "options": {"lot": 9, "aql": 3}}, ""), ({**PLAN, "options": []}, "/options"),
    ({**PLAN, "options": {"lot": "many"}}, "/options/lot"), ({**PLAN, "options": {"lot": True}}, "/options/lot"),
    ({**PLAN, "options": {"a/b": 1}}, "/options/a~1b"), ({**PLAN, "options": {"lot": [1]}}, "/options/lot"),
    ({**PLAN, "data": []}, "/data"), ({**PLAN, "data": {"x": 1}}, "/data/x"),
    ({**PLAN, "data": {"x": [[]]}}, "/data/x/0"),
    ({**PLAN, "data": {"x": [1], "y": []}}, "/data"), ({**PLAN, "data": {"x": [True]}}, "/data/x/0"),
    ({"analysis": "capability", "data": {"x": [1, "b", 2]}, "options": {"lsl": 0}}, "/data/x/1"),
    ({"analysis": "capability", "data": {"x": [math.inf, 2]}, "options": {"lsl": 0}}, "/data/x/0"),
])  # fmt: skip
def test_what_can_not_be_analysed_is_told_with_a_pointer(body, pointer):
    answer = ask(json.dumps(body).replace("Infinity", "1e400"))
    assert code_of(answer) == (422, "not-analysable", PROBLEM)
    assert answer.json()["pointer"] == pointer


@pytest.mark.parametrize("body", [[], '"text"', 5, {**PLAN, "more": 1}])
def test_a_body_of_another_shape_is_400(body):
    assert code_of(ask(body)) == (400, "invalid", PROBLEM)


def test_too_many_values_or_columns_are_told():
    many = ask({"analysis": "capability", "data": {"x": [1] * 50_001}})
    wide = ask({"analysis": "capability", "data": {str(i): [] for i in range(101)}})
    crowd = ask({"analysis": "gage_rr", "data": {"appraiser": list(range(51))}})
    told = [(one.status_code, one.json()["pointer"]) for one in (many, wide, crowd)]
    assert told == [(422, "/data"), (422, "/data"), (422, "/data/appraiser")]


def test_a_body_beyond_five_megabytes_is_413():
    assert code_of(ask('"' + "a" * (bodies.LARGEST_TABLE + 1) + '"')) == (413, "too-large", PROBLEM)


def test_refusals_speak_the_callers_language():
    answer = ask({}, **{"Accept-Language": "zh-hans"}).json()
    assert answer["detail"].startswith("无法按所发送的内容进行分析")
