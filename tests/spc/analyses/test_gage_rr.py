"""A gauge study from a table, by the analysis and by the command."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from spc.analyses import gage_rr
from tests import conformance

READINGS = [1.0, 3.0, 5.0, 7.0, 9.0, 11.0, 17.0, 19.0]
SMALL = {"part": [1] * 4 + [2] * 4, "appraiser": ["A", "A", "B", "B"] * 2, "trial": [1, 2] * 4, "value": READINGS}


def aiag():
    appraisers = conformance.load("spc/aiag_grr_average_range")["data"]["appraisers"]
    rows = [
        (part, who, trial, value)
        for who, trials in appraisers.items()
        for trial, row in enumerate(trials, start=1)
        for part, value in enumerate(row, start=1)
    ]
    return dict(zip(("part", "appraiser", "trial", "value"), map(list, zip(*rows, strict=True)), strict=True))


def test_the_same_readings_have_two_right_answers():
    by_range = gage_rr.analyse(aiag(), method="average-range")
    anova = gage_rr.analyse(aiag(), tolerance=8.0)

    assert (by_range["method"], by_range["ndc"], anova["method"], anova["ndc"]) == ("average-range", 5, "anova", 4)
    assert (by_range["ev"], by_range["av"], by_range["grr"]) == pytest.approx((0.20188, 0.22963, 0.30575), abs=2e-4)
    assert (anova["pct_grr"], anova["pct_tolerance_grr"]) == pytest.approx((27.86, 22.68), abs=0.005)
    assert (by_range["verdict"], anova["verdict"]) == ("marginal", "marginal")


def test_every_component_is_told_with_every_share():
    found = gage_rr.analyse(SMALL, lsl=0.0, multiple=5.15)

    part = found["components"]["part"]
    assert part["variance"] == pytest.approx(49.2)
    assert part["study_variation"] == pytest.approx(5.15 * 49.2**0.5)
    assert part["percent_contribution"] == pytest.approx(100 * 49.2 / (49.2 + 17.2 + 3.2))
    assert part["percent_tolerance"] == pytest.approx(100 * 5.15 * 49.2**0.5 / (2 * 9.0))
    assert (found["pv"], found["pct_pv"]) == (part["stdev"], part["percent_study"])
    assert found["components"]["interaction"]["variance"] == 0.0


def test_a_known_process_takes_the_place_of_the_studys_own_total():
    found = gage_rr.analyse(SMALL, process_stdev=10.0)

    assert found["tv"] == pytest.approx(10.0)
    assert found["pv"] == pytest.approx((100 - 20.4) ** 0.5)


def test_nested_takes_parts_of_each_appraiser():
    found = gage_rr.analyse(SMALL | {"part": [1, 1, 3, 3, 2, 2, 4, 4]}, method="nested")

    assert (found["method"], found["parts"], found["appraisers"], found["trials"]) == ("nested anova", 2, 2, 2)


@pytest.mark.parametrize(
    ("share", "of_tolerance", "ndc", "told"),
    [(9, None, 5, "acceptable"), (9, 12, 9, "marginal"), (9, None, 4, "marginal"), (9, 31, 9, "unacceptable")],
)
def test_the_worse_share_decides(share, of_tolerance, ndc, told):
    assert gage_rr.verdict(share, of_tolerance, ndc) == told


def test_the_command_answers_in_json_and_names_what_lacks(tmp_path):
    path, out = tmp_path / "grr.csv", StringIO()
    rows = list(zip(*SMALL.values(), strict=True))
    path.write_text("part,appraiser,trial,value\n" + "\n".join(",".join(map(str, row)) for row in rows))

    call_command("gage_rr", str(path), "--method", "anova", "--tolerance", "40", "--json", stdout=out)

    assert json.loads(out.getvalue())["components"]["repeatability"]["variance"] == pytest.approx(3.2)
    path.write_text("part,appraiser,trial,value\n" + "\n".join(",".join(map(str, row)) for row in rows[:-1]))
    with pytest.raises(CommandError, match="part 2 x appraiser B has 1"):
        call_command("gage_rr", str(path))


def test_an_unknown_method_and_a_missing_column_are_refused():
    with pytest.raises(ValueError, match="Unknown method 'guess'"):
        gage_rr.analyse(SMALL, method="guess")
    with pytest.raises(ValueError, match="no column appraiser"):
        gage_rr.analyse({"part": [1], "value": [2]})
