"""A chart of a table: published examples, every kind of chart, options that go together and those that do not."""

import json

import numpy as np
import pytest

from spc.analyses import chart
from spc.engine import constants
from tests.spc.analyses import published

NAN = float("nan")


def table(rows):
    return {f"x{i + 1}": [row[i] for row in rows] for i in range(len(rows[0]))}


def noisy(n, columns=1, seed=5):
    return table(np.random.default_rng(seed).normal(10, 1, (n, columns)).round(3).tolist())


def fired(found, *rules):
    return [(one["rule"], one["point"]) for one in found["violations"] if not rules or one["rule"] in rules]


def test_individuals_of_nist():
    found = chart.analyse({"flow": published.FLOW_RATE}, chart="imr")

    assert (found["center"], found["lcl"], found["ucl"]) == pytest.approx((50.81, 45.8154, 55.8041), abs=3e-3)
    assert found["beside"]["mr"]["center"] == pytest.approx(1.8778, abs=1e-4)
    assert (found["points"], found["count"], found["provisional"], found["violations"]) == (10, 10, True, [])


def test_wafers_of_nist():
    found = chart.analyse({"count": published.WAFERS}, chart="c", rules="western-electric")

    assert (found["center"], found["sigma"], found["lcl"], found["ucl"]) == (16, 4, 4, 28)
    assert found["violations"] == [{"rule": "beyond-3s", "number": 1, "point": 24, "window_start": 24}]
    assert found["not_judged"] == ["2of3-beyond-2s", "4of5-beyond-1s"]


def test_ewma_of_nist():
    found = chart.analyse(
        {"x": published.EWMA_TEMPERATURES}, chart="ewma", target=50.0, sigma=2.0539, asymptotic=True, **{"lambda": 0.3}
    )

    assert (found["lcl"], found["ucl"]) == pytest.approx((47.4115, 52.5884), abs=1e-3)
    assert (found["statistics"][0], found["statistics"][-1]) == pytest.approx((50.6, 51.99), abs=5.1e-3)
    assert found["violations"] == []


def test_cusum_of_nist():
    found = chart.analyse(
        {"x": published.CUSUM_READINGS}, chart="cusum", target=325.0, sigma=1.0, units="data", h=4.1959, k=0.3175
    )

    assert (found["pos"][12], found["pos"][13], found["pos"][-1]) == pytest.approx((3.01, 4.94, 19.04), abs=6e-3)
    assert fired(found) == [("cusum-upper", point) for point in range(14, 21)]
    assert found["violations"][0]["window_start"] == 13


def test_a_head_start_tells_of_a_shift_at_once():
    found = chart.analyse({"x": [2.5, 1.0]}, chart="cusum", center=0.0, sigma=1.0, fir=True)

    assert (found["pos"], found["neg"]) == ([4.5, 5.0], [0.0, 0.0])


def test_subgroups_by_hand():
    found = chart.analyse(table(published.PISTON_ROWS), chart="xbar-r", rules="none")

    ranges = [max(row) - min(row) for row in published.PISTON_ROWS]
    mean, f = float(np.mean(published.PISTON_ROWS)), constants.of(5)
    assert (found["center"], found["sigma"]) == pytest.approx((mean, np.mean(ranges) / f.d2))
    assert found["ucl"] == pytest.approx(mean + f.A2 * np.mean(ranges))
    assert found["beside"]["r"]["ucl"] == pytest.approx(f.D4 * np.mean(ranges))
    assert chart.analyse(table(published.PISTON_ROWS), chart="r")["statistics"] == pytest.approx(ranges)


def test_limits_of_deviations_by_hand():
    found = chart.analyse(table(published.PISTON_ROWS), chart="s")

    mean, f = float(np.std(published.PISTON_ROWS, axis=1, ddof=1).mean()), constants.of(5)
    assert (found["center"], found["lcl"], found["ucl"]) == pytest.approx((mean, f.B3 * mean, f.B4 * mean))
    assert found["sigma"] == pytest.approx(mean / f.c4)


def test_a_column_of_subgroups_does_as_well_as_rows():
    rows = published.PISTON_ROWS
    long = {"sample": [i for i, row in enumerate(rows) for _ in row], "mm": [x for row in rows for x in row]}

    assert chart.analyse(long, chart="xbar-s") == chart.analyse(table(rows), chart="xbar-s")


def test_phase1_judges_all_by_the_first():
    data = noisy(25, 4, seed=1)
    data = {name: [*cells, 13.0, 13.0] for name, cells in data.items()}

    found = chart.analyse(data, chart="xbar-r", phase1=25)

    alone = chart.analyse(noisy(25, 4, seed=1), chart="xbar-r")
    assert (found["center"], found["ucl"], found["count"]) == (alone["center"], alone["ucl"], 25)
    assert fired(found, "beyond-3s") == [("beyond-3s", 26), ("beyond-3s", 27)]


def test_an_excluded_point_is_neither_used_nor_judged_and_runs_bridge_it():
    data = {"x": [0.0, 2.0, 0.0, 1.0, 2.0, 2.0, 99.0, 2.0]}
    rules = [{"kind": "side", "k": 3}]

    found = chart.analyse(data, chart="imr", rules=rules, exclude=[7])

    assert found["center"] == pytest.approx(9 / 7)
    assert found["violations"] == [{"rule": "side-3", "number": 1, "point": 8, "window_start": 5}]
    assert found["beside"]["mr"]["center"] == pytest.approx(6 / 5)


def test_nothing_straddles_stages():
    data = {"x": [1.0, 2.0, 1.0, 2.0, 11.0, 12.0, 11.0, 12.0], "stage": list("aaaabbbb")}

    found = chart.analyse(data, chart="imr", rules=[{"kind": "side", "k": 2}], stages="stage")

    assert found["center"] == [1.5] * 4 + [11.5] * 4
    assert found["beside"]["mr"]["center"] == 1.0
    assert (found["violations"], len(found["sigma"])) == ([], 2)


def test_a_missing_value_has_no_point_and_breaks_runs():
    found = chart.analyse({"x": ["1", "", "1", "2", "2"]}, chart="imr", rules=[{"kind": "side", "k": 2}])

    assert found["statistics"] == [1.0, None, 1.0, 2.0, 2.0]
    assert fired(found) == [("side-2", 5)]


def test_beyond_means_the_limits_as_drawn():
    counts = {"count": [0, 0, 1, 0, 9, 0, 1, 0, 0, 1], "n": [20] * 10}

    plain = chart.analyse(counts, chart="p", rules="gb17989.2")
    exact = chart.analyse(counts, chart="p", limits="exact", rules="gb17989.2")
    narrow = chart.analyse({"x": [0.0, 0.0, 1.0, 0.0, 3.0, 0.0]}, chart="imr", nsigma=1.0)

    assert (plain["lcl"], exact["lcl"], exact["ucl"]) == (0, 0, 5 / 20)
    assert fired(plain, "beyond-3s") == fired(exact, "beyond-3s") == [("beyond-3s", 5)]
    assert fired(narrow, "beyond-1s") == [("beyond-1s", 5)]


def test_sizes_that_differ_give_limits_for_each_point():
    found = chart.analyse({"count": [2, 3, 1], "n": [100, 150, 50]}, chart="np")

    assert found["center"] == pytest.approx([2, 3, 1])
    assert found["ucl"] == pytest.approx([n * 0.02 + 3 * (n * 0.02 * 0.98) ** 0.5 for n in (100, 150, 50)])


def test_t2_has_a_beta_limit_for_its_own_points_and_an_f_limit_for_later_ones():
    data = dict(zip("ab", noisy(30, 2).values(), strict=True))

    own, later = chart.analyse(data, chart="t2"), chart.analyse(data, chart="t2", phase1=20)

    assert (len(own["center"]), own["alpha"]) == (2, pytest.approx(1 - 0.9973**2))
    assert len(set(later["ucl"])) == 2
    assert later["ucl"][0] < own["ucl"] < later["ucl"][-1]


@pytest.mark.parametrize("name", ["imr-r", "imr-s"])
def test_three_charts_tell_what_lies_between_and_within(name):
    found = chart.analyse(noisy(30, 4), chart=name)

    assert set(found["beside"]) == {"mr", name[-1]}
    assert found["sigma_total"] ** 2 == pytest.approx(found["sigma_within"] ** 2 + found["sigma_between"] ** 2)


def test_every_chart_answers_what_json_can_hold():
    data = {
        **noisy(20, 3), "count": [3, 1] * 10, "n": [50, 60] * 10, "part": ["a", "b"] * 10, "target": [10, 9] * 10,
        "gap": [3, 8] * 10,
    }  # fmt: skip
    columns = {"imr": ["x1"], "g": ["gap"], "t": ["gap"], "c": ["count"], "t2": ["x1", "x2"]}
    for name in chart.CHARTS:
        counted = ["count", "n"] if name in ("p", "np", "u", "laney-p", "laney-u") else ["x1", "x2", "x3"]
        found = chart.analyse(data, chart=name, columns=columns.get(name, counted))
        assert len(found["statistics"]) == 20
        json.dumps(found, allow_nan=False)


@pytest.mark.parametrize("rules", ["nelson", "NELSON", [{"kind": "side", "k": 4}], '{"rules": ["jmp"]}', "none"])
def test_rules_come_by_name_as_data_or_as_json(rules):
    assert isinstance(chart.analyse(noisy(20), chart="imr", rules=rules)["violations"], list)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"chart": "pie"}, "There is no chart 'pie'; choose one of imr"),
        ({"rules": "nelsen"}, "There is no rule set 'nelsen'; choose default, nelson"),
        ({"rules": [{"kind": "side"}, {"kind": "wave"}]}, "Rule 2: Unknown kind of rule 'wave'"),
        ({"colour": 1}, "Unknown option: colour"),
        ({"span": 7}, "spans 2 to 5"),
        ({"span": 2.5}, "span must be a whole number"),
        ({"nsigma": 0}, "nsigma must be above 0"),
        ({"sigma": "2"}, "sigma must be a number"),
        ({"phase1": 5, "stages": "stage"}, "leave out phase1 or stages"),
        ({"phase1": 99}, "phase1 is 99, but there are 20 points"),
        ({"exclude": [99]}, "Point 99 cannot be excluded"),
        ({"chart": "p"}, "no column of sample sizes"),
        ({"chart": "ewma", "lambda": 1.5}, "weight lambda lies above 0"),
        ({"data": {}}, "no rows to analyse"),
        ({"data": {"a": [1], "b": [1, 2]}}, "differ in length"),
        ({"data": {"a": [1, 2], "b": [1, 2]}}, "One column of values is needed, the file has a, b"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(asked, says):
    asked = {"data": noisy(20), "chart": "imr", **asked}

    with pytest.raises(ValueError, match=says):
        chart.analyse(asked.pop("data"), **asked)
