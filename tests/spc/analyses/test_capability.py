"""Capability of a table as a person brings it: against reference software, and what the answer says of itself."""

import json
from io import StringIO

import numpy as np
import pytest
from django.core.management import CommandError, call_command

from spc.analyses import answers, capability
from tests import conformance

SERIES = [10.1, 9.8, 10.0, 10.4, 9.7, 10.2, 9.9, 10.3, 10.0, 9.6]


def rows(subgroups):
    return {f"x{i + 1}": list(column) for i, column in enumerate(np.array(subgroups).T)}


@pytest.mark.parametrize("name", ["cap_pistonrings_qcc", "cap_pistonrings_qcc_tight"])
def test_subgroups_agree_with_the_reference(name):
    case = conformance.load(f"spc/{name}")
    expected, limits = case["expected"], {key: case["params"][key] for key in ("lsl", "usl", "target")}

    found = capability.analyse(rows(case["data"]["phase1"]), df="n-1", **limits)

    assert found["sigma_within"] == pytest.approx(0.0097850386930353, rel=5e-4)
    names = {"cp": "Cp", "cpk": "Cp_k", "cpm_within": "Cpm"}
    assert {key: found[key] for key in names} == pytest.approx({k: expected[v] for k, v in names.items()}, rel=5e-4)
    for index in ("cp", "cpk"):
        assert found["intervals"][index] == pytest.approx(expected[f"{names[index]}_ci"], rel=5e-4)
    outside = found["ppm"]["observed"], found["ppm"]["expected_within"]
    told = [share / 1e6 for ppm in outside for share in (ppm["below"], ppm["above"])]
    names = ("obs_lt_lsl", "obs_gt_usl", "exp_lt_lsl", "exp_gt_usl")
    assert told == pytest.approx([expected[name] for name in names], abs=1e-4)


@pytest.mark.parametrize("name", ["weibull", "lognormal"])
def test_another_distribution_goes_by_percentiles(name):
    case = conformance.load("spc/cap_nonnormal_weibull_lognormal_mle")
    expected = case["expected"][name]

    found = capability.analyse({"value": case["data"]["x"]}, distribution=name, lsl=0.1, usl=5.0)

    assert (found["pp"], found["ppu"], found["ppl"]) == pytest.approx(
        (expected["Pp"], expected["Ppu"], expected["Ppl"]), rel=2e-4
    )
    assert found["cp"] is None
    assert found["method"] == "percentiles (ISO 22514-4)"


def test_a_series_and_its_groups_take_another_sigma():
    series = capability.analyse({"value": SERIES}, lsl=9.0, usl=11.0)
    grouped = capability.analyse({"value": SERIES}, lsl=9.0, usl=11.0, subgroup=5)

    assert (series["within"], series["subgroup_size"], series["subgroups"]) == ("MRbar2/d2", 1, None)
    assert series["sigma_within"] == pytest.approx(np.abs(np.diff(SERIES)).mean() / 1.12838, rel=1e-5)
    assert (grouped["within"], grouped["subgroup_size"], grouped["subgroups"]) == ("Rbar/d2", 5, 2)
    assert grouped["ppk"] == series["ppk"]


def test_an_answer_tells_why_it_may_not_be_trusted():
    drift = list(np.linspace(0, 1, 40))

    found = capability.analyse({"value": drift}, lsl=-1.0, usl=2.0, gauge_share=40.0)

    assert (found["flags"], found["trusted"]) == (["unstable", "gauge_share"], False)
    assert capability.analyse({"value": SERIES}, usl=11.0, stable=True)["flags"] == ["few_readings"]
    assert (found["grade"][1], found["without_gauge"]) == ("3", None)


def test_the_gauge_is_taken_out_as_the_standard_tells():
    steady = 10 + np.random.default_rng(1).normal(size=200)

    found = capability.analyse({"value": steady}, lsl=6.0, usl=14.0, gauge_share=20.0)

    assert found["without_gauge"]["cp"] == pytest.approx(1 / np.sqrt(1 / found["cp"] ** 2 - 0.3**2))
    assert found["without_gauge"]["cpk"] / found["cpk"] == pytest.approx(found["without_gauge"]["cp"] / found["cp"])


def test_one_side_has_no_cp_but_an_interval_of_its_side():
    found = capability.analyse({"value": SERIES}, usl=11.0)

    assert (found["cp"], found["pp"], found["ppm"]["observed"]["below"]) == (None, None, None)
    assert found["intervals"]["cpu"] == found["intervals"]["cpk"]
    assert answers.plain(found)["lsl"] is None


def test_best_keeps_the_normal_unless_it_is_rejected():
    skew = np.random.default_rng(3).weibull(0.8, 200)

    assert capability.analyse({"value": SERIES}, usl=12.0, distribution="best")["distribution"] == "normal"
    assert capability.analyse({"value": skew}, usl=12.0, distribution="best")["distribution"] != "normal"
    assert capability.analyse({"value": skew}, usl=12.0, distribution="box-cox")["parameters"]["exponent"] < 1


@pytest.mark.parametrize(
    ("columns", "options", "says"),
    [
        ({"a": [1], "b": [2]}, {}, "Name one column value"),
        ({"x1": [1, 2], "x2": [2, 3]}, {"subgroup": 5}, "a subgroup of 2 already"),
        ({"value": [1, 2]}, {"subgroup": 5}, "cannot be made of 2 values"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(columns, options, says):
    with pytest.raises(ValueError, match=says):
        capability.analyse(columns, usl=9.0, **options)


def test_the_command_answers_in_json_and_in_words(tmp_path):
    path, out, words = tmp_path / "data.csv", StringIO(), StringIO()
    path.write_text("value\n" + "\n".join(map(str, SERIES)))

    call_command("capability", str(path), "--lsl", "9", "--usl", "11", "--target", "10", "--json", stdout=out)
    call_command("capability", str(path), "--lsl", "9", "--usl", "11", stdout=words)

    assert json.loads(out.getvalue())["cpm"] == pytest.approx(2 / (6 * np.sqrt(np.mean((np.array(SERIES) - 10) ** 2))))
    assert "ppk" in words.getvalue()
    with pytest.raises(CommandError, match="needs a lower or an upper"):
        call_command("capability", str(path))
