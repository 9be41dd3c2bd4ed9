"""Statistics of tables as a person brings them."""

import json

import numpy as np
import pytest

from spc.analyses import answers, statistics

X = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]
Y = [2.1, 3.9, 6.2, 7.8, 10.1, 12.2]


def test_a_pareto_counts_rows_or_takes_counts():
    counted = statistics.pareto({"category": ["a", "b", "a", ""]})
    given = statistics.pareto({"category": ["a", "b", "a"], "count": [1, 5, 2]})

    assert (counted["names"], counted["counts"]) == (("a", "b"), (2.0, 1.0))
    assert (given["names"], given["cumulated_percent"]) == (("b", "a"), (62.5, 100.0))


def test_boxes_and_variance_go_by_group():
    columns = {"value": [*X, *Y], "group": ["x"] * 6 + ["y"] * 6}

    boxes, table = statistics.box_plot(columns, group="group"), statistics.analysis_of_variance(columns)

    assert [(box["group"], box["median"]) for box in boxes["groups"]] == [("x", 3.5), ("y", pytest.approx(7.0))]
    assert (table["method"], table["rows"][1]["df"]) == ("one-way analysis of variance", 10)


def test_two_factors_are_crossed_and_a_third_refused():
    columns = {"value": [1, 2, 3, 5], "a": ["l", "l", "h", "h"], "b": ["1", "2", "1", "2"]}

    found = statistics.analysis_of_variance(columns, factors=("a", "b"))

    assert [row["source"] for row in found["rows"]] == ["first", "second", "error", "total"]
    with pytest.raises(ValueError, match="one factor or two"):
        statistics.analysis_of_variance(columns | {"c": [1] * 4}, factors=("a", "b", "c"))


def test_two_columns_are_compared_by_every_coefficient_and_a_line():
    found, line = statistics.correlate({"x": X, "y": Y}), statistics.regress({"x": X, "y": Y})

    assert found["pearson"]["coefficient"] == pytest.approx(np.corrcoef(X, Y)[0, 1])
    assert (found["spearman"]["coefficient"], found["spearman"]["p"]) == (pytest.approx(1.0), 0.0)
    assert [term["term"] for term in line["terms"]] == ["intercept", "x"]
    assert line["terms"][1]["coefficient"] == pytest.approx(found["slope"])


def test_every_answer_is_json():
    columns = {"value": X, "y": Y, "x": X}
    told = [
        statistics.describe(columns), statistics.histogram(columns), statistics.autocorrelation(columns, lags=3),
        statistics.box_plot(columns), statistics.regress(columns), statistics.correlate(columns),
    ]  # fmt: skip

    assert [json.dumps(answers.plain(answer), allow_nan=False)[0] for answer in told] == ["{"] * 6
    assert told[0]["lag1_autocorrelation"] == pytest.approx(0.5)
