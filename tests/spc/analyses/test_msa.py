"""Studies of a gauge from tables, as a person brings them."""

import numpy as np
import pytest

from spc.analyses import answers, attribute_agreement, msa
from tests import conformance

JUDGED = [
    # part, standard, value, A twice, B twice
    ("1", "1", 5.0, "11", "11"),
    ("2", "1", 5.2, "11", "10"),
    ("3", "0", 6.0, "00", "00"),
    ("4", "0", 5.5, "01", "00"),
]


def judged():
    rows = [
        (part, who, trial, rating, standard, value)
        for part, standard, value, *both in JUDGED
        for who, ratings in zip("AB", both, strict=True)
        for trial, rating in enumerate(ratings)
    ]
    names = ("part", "appraiser", "trial", "rating", "standard", "value")
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def test_attribute_agreement_counts_what_a_person_would():
    found = answers.plain(attribute_agreement.analyse(judged(), usl=5.4, lsl=4.0))

    assert (found["parts"], found["appraisers"], found["trials"], found["good"]) == (4, 2, 2, "1")
    assert found["effectiveness"] == {"A": 75.0, "B": 75.0}
    assert (found["by_appraiser"]["A"]["miss_rate"], found["by_appraiser"]["B"]["false_alarm_rate"]) == (25.0, 25.0)
    assert {name: share["count"] for name, share in found["between"].items()} == {"alike": 2, "right": 2}
    assert found["signal_detection"]["d_usl"] == pytest.approx(1.0)
    assert [(pair["a"], pair["b"]) for pair in found["pairs"]] == [("A", "B")]


def test_attribute_agreement_names_what_lacks():
    table = judged()
    with pytest.raises(ValueError, match="part 4 x appraiser B has 1"):
        attribute_agreement.analyse({name: column[:-1] for name, column in table.items()})
    with pytest.raises(ValueError, match="Part 1 has two standards, 1 and 0"):
        attribute_agreement.analyse(table | {"standard": ["1", "0", *table["standard"][2:]]})


def test_bias_and_linearity_name_their_method_and_verdict():
    bias = conformance.load("spc/aiag_bias_independent")
    line = conformance.load("spc/aiag_linearity")["data"]

    off = msa.bias({"value": bias["data"]["x"]}, reference=6.0, process_stdev=2.5)
    lines = msa.linearity(
        {"reference": np.repeat(line["reference"], 12).tolist(), "value": np.ravel(line["readings"]).tolist()},
        process_variation=14.1,
    )

    assert (off["method"][:4], off["pct_ev"]) == ("bias", pytest.approx(100 * off["stdev"] / 2.5))
    assert (lines["acceptable"], lines["linearity"]) == (False, pytest.approx(0.131667 * 14.1, abs=1e-4))


def test_type_one_tells_the_share_of_the_resolution():
    case = conformance.load("spc/jasp_type1_gauge")

    found = msa.type_one({"value": case["data"]["x"]}, reference=-4, tolerance=15, resolution=0.1)

    assert (found["cg"], found["cgk"]) == pytest.approx((1.19, 1.15), abs=6e-3)
    assert (found["study_variation"], found["percent_resolution"]) == pytest.approx((2.52009, 0.6667), abs=1e-4)
    assert (found["few_readings"], found["is_capable"]) == (False, False)


def test_stability_flags_a_gauge_that_drifts():
    steady = 10 + np.random.default_rng(1).normal(scale=0.1, size=(25, 5))

    rows = {f"x{i + 1}": list(column) for i, column in enumerate(steady.T)}
    drift = msa.stability({"value": list(np.linspace(0, 5, 30) + steady[:, 0].mean())})

    assert msa.stability(rows)["method"] == "stability, X-bar and R"
    assert not drift["stable"]
    assert len(drift["points_flagged"]) > 0


def test_a_measuring_process_takes_its_spread_from_a_table():
    case = conformance.load("spc/iso22514_7_reproducibility")
    rows = [
        (part, who, value)
        for who, parts in enumerate(case["data"]["operators"])
        for part, values in enumerate(parts)
        for value in values
    ]
    columns = dict(zip(("part", "appraiser", "value"), map(list, zip(*rows, strict=True)), strict=True))

    found = msa.measuring_process(columns, tolerance=9.0, evr=0.064, rest=0.0538)

    assert (found["u_ms"], found["u_mp"]) == pytest.approx((0.0836, 0.2093), rel=5e-3)
    assert (found["q_ms"], found["q_mp"]) == pytest.approx((3.7, 9.3), abs=0.05)
