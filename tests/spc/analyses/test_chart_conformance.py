"""Charts of whole tables against reference software and published pages, each within its case's own tolerance."""

import numpy as np
import pytest

from spc.analyses import chart
from tests import conformance

ROUNDED_D2 = 5e-4  # the references use d2 with three decimals


def table(case):
    """The case's readings, phase I before phase II, as a table, and how many points phase I has."""
    data = case["data"]
    first, later = (data.get(name) for name in ("phase1", "phase2"))
    if isinstance(first, dict):
        columns = {{"d": "count", "c": "count"}.get(name, name): [*first[name], *later[name]] for name in first}
        return columns, len(next(iter(first.values())))
    if first is None and "n" in data:
        return {"count": data.get("c") or data["d"], "n": data["n"]}, len(data["n"])
    first = data.get("x") or data.get("c") or first
    rows = [row if isinstance(row, list) else [row] for row in [*first, *(later or [])]]
    return {f"x{i + 1}": [row[i] for row in rows] for i in range(len(rows[0]))}, len(first)


def analysed(name, **asked):
    case = conformance.load(f"spc/{name}")
    data, count = table(case)
    phase1 = count if count < len(next(iter(data.values()))) else None
    return case["expected"], chart.analyse(data, phase1=phase1, **asked)


def points(found, rule):
    return [one["point"] for one in found["violations"] if one["rule"] == rule]


def assert_same_lines(found, expected, rel):
    """Centre exactly, sigma and limits within what the constants' decimals explain."""
    room = 3 * found["sigma"] * rel + 1e-9
    n = len(found["statistics"])
    assert found["center"] == pytest.approx(expected["center"], rel=1e-9)
    assert found["sigma"] == pytest.approx(expected["sigma"], rel=max(rel, 1e-9))
    for line in ("lcl", "ucl"):
        told = np.broadcast_to(found[line], n)
        assert told == pytest.approx(np.resize(expected[line], n), abs=room), line
    assert found["statistics"] == pytest.approx([*expected["statistics"], *(expected["newstats"] or [])], rel=1e-9)
    assert points(found, "beyond-3s") == expected["beyond_limits"]


VARIABLES = [
    *((f"cc_imr_boiler_t{i}", {"chart": "imr"}) for i in (1, 2, 7, 8)),
    ("cc_imr_viscosity_span3", {"chart": "imr", "span": 3}),
    ("cc_xbar_pistonrings_mvlue_r", {"chart": "xbar-r", "estimator": "mvlue"}),
    ("cc_xbar_pistonrings_mvlue_sd", {"chart": "xbar-s", "estimator": "MVLUE-SD"}),
    ("cc_xbar_pistonrings_uwave_r", {"chart": "xbar-r"}),
    ("cc_xbar_pistonrings_uwave_sd", {"chart": "xbar-s", "estimator": "unweighted"}),
    ("cc_xbar_unequal_n_uwave_r", {"chart": "xbar-r", "estimator": "UWAVE-R"}),
    ("cc_s_pistonrings", {"chart": "s"}),
]
COUNTS = [
    ("cc_np_orangejuice", "np"), ("cc_p_orangejuice", "p"), ("cc_p_orangejuice2", "p"), ("cc_c_circuit", "c"),
    ("cc_c_circuit_revised", "c"), ("cc_u_circuit_revised", "u"), ("cc_u_dyedcloth", "u"), ("cc_u_pcmanufact", "u"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "asked"), VARIABLES)
def test_charts_of_measured_values(name, asked):
    expected, found = analysed(name, rules="nelson", **asked)

    assert_same_lines(found, expected, ROUNDED_D2)


@pytest.mark.parametrize(("name", "kind"), COUNTS)
def test_charts_of_counts(name, kind):
    expected, found = analysed(name, chart=kind, rules=[{"kind": "beyond"}, {"kind": "side", "k": 7}])

    assert_same_lines(found, expected, 1e-12)
    assert points(found, "side-7") == expected["violating_runs_7"]


@pytest.mark.parametrize("name", ["cc_imr_viscosity_span3", "cc_imr_boiler_t8"])
def test_runs_beside_limits(name):
    expected, found = analysed(name, chart="imr", span=3 if "span3" in name else 2, rules="gb17989.2")

    assert points(found, "side-7") == expected["violating_runs_7"]


@pytest.mark.parametrize(("name", "kind", "letter"), [("laney-p", "p", "p"), ("laney-u", "u", "u")])
def test_laney(name, kind, letter):
    expected, found = analysed("laney_p_u_prime_plain", chart=name)

    assert found["center"] == pytest.approx(expected["pbar"], rel=1e-9)
    assert found["sigma_z"] == pytest.approx(expected[f"sigma_z_{kind}"], rel=1e-9)
    assert found["ucl"] == pytest.approx(expected[f"{letter}_ucl"], rel=1e-9)
    assert found["lcl"] == pytest.approx(expected[f"{letter}_lcl"], rel=1e-9)


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("tw_ewma_pistonrings_l1", {"lambda": 0.1}),
        ("tw_ewma_pistonrings_l4", {"lambda": 0.4}),
        ("tw_ewma_viscosity", {"lambda": 0.2, "nsigma": 2.7}),
    ],
)
def test_ewma(name, asked):
    expected, found = analysed(name, chart="ewma", **asked)

    n, room = len(found["statistics"]), 3 * found["sigma"] * ROUNDED_D2
    assert found["sigma"] == pytest.approx(expected["sigma"], rel=ROUNDED_D2)
    assert found["statistics"] == pytest.approx(expected["ewma"][:n], rel=1e-9)
    for line in ("lcl", "ucl"):
        assert found[line] == pytest.approx(expected[line][:n], abs=room)
    assert [one["point"] for one in found["violations"]] == expected["violations"]


def test_ewma_of_montgomery():
    case = conformance.load("spc/montgomery_92_ewma")
    expected, tolerance = case["expected"], case["tolerance"]["abs"]

    found = chart.analyse(case["data"], chart="ewma", target=10.0, sigma=1.0, nsigma=2.7, **{"lambda": 0.1})

    assert found["statistics"] == pytest.approx(expected["ewma"], abs=tolerance)
    assert (found["lcl"], found["ucl"]) == (
        pytest.approx(expected["lcl"], abs=tolerance), pytest.approx(expected["ucl"], abs=tolerance)
    )  # fmt: skip
    assert [one["point"] for one in found["violations"]] == expected["signals"]


def test_ewma_of_nist():
    case = conformance.load("spc/nist_6324_ewma")
    expected, tolerance = case["expected"], case["tolerance"]

    found = chart.analyse(case["data"], chart="ewma", target=50.0, sigma=2.0539, asymptotic=True, **{"lambda": 0.3})

    limits = expected["lcl"], expected["ucl"]
    assert found["statistics"] == pytest.approx(expected["ewma"], abs=tolerance["ewma_abs"])
    assert (found["lcl"], found["ucl"]) == pytest.approx(limits, abs=tolerance["limits_abs"])
    assert found["violations"] == expected["violations"]


def test_cusum():
    expected, found = analysed("tw_cusum_pistonrings_h5", chart="cusum")

    room = {"rel": ROUNDED_D2, "abs": 5 * ROUNDED_D2}
    assert found["pos"] == pytest.approx(expected["pos"], **room)
    assert found["neg"] == pytest.approx(expected["neg"], **room)
    assert points(found, "cusum-upper") == expected["violations_upper"]
    assert points(found, "cusum-lower") == expected["violations_lower"]


def test_t2_of_individuals():
    case = conformance.load("spc/montgomery_t2_individuals")
    expected, rows = case["expected"], case["data"]["x"]

    found = chart.analyse({"strength": [a for a, _ in rows], "diameter": [b for _, b in rows]}, chart="t2")

    for name, mine in (("center", "center"), ("cov", "covariance"), ("ucl", "ucl"), ("t2", "statistics")):
        assert np.array(found[mine]) == pytest.approx(np.array(expected[name]), abs=case["tolerance"]["abs"]), name
    assert found["violations"] == expected["out_of_control"]


def test_short_runs():
    case = conformance.load("spc/shortrun_dnom_standardized")
    data, expected, room = case["data"], case["expected"], case["tolerance"]["abs"]
    rows = {f"x{i + 1}": [row[i] for row in data["subgroups"]] for i in range(4)}
    whole = rows | {"part": data["parts"], "target": [data["targets"][part] for part in data["parts"]]}

    plain, found = (chart.analyse(whole, chart=name) for name in ("dnom", "standardised"))

    assert plain["statistics"] == pytest.approx(expected["dnom_xbar"])
    assert found["mean_range"] == pytest.approx(expected["rbar_by_part"])
    assert found["statistics"] == pytest.approx(expected["xbar_s"], abs=room)
    assert found["beside"]["r"]["statistics"] == pytest.approx(expected["r_s"], abs=room)
    limits = expected["limits_standardized"]
    assert [found["lcl"], found["ucl"]] == pytest.approx(limits["xbar"], abs=room)
    assert [found["beside"]["r"]["lcl"], found["beside"]["r"]["ucl"]] == pytest.approx(limits["r"], abs=room)


def test_events_on_one_day_are_a_run_of_zeros():
    case = conformance.load("spc/jasp_rare_event_data")
    dates = (day.split("/") for day in case["data"]["md"])
    days = [int(np.datetime64(f"2023-{month:0>2}-{day:0>2}").astype(int)) for month, day in dates]

    found = chart.analyse({"days": np.diff(days).tolist()}, chart="g", limits="exact", rules="gb17989.2")

    zeros = [one for one in found["violations"] if one["rule"] == "zeros-3"]
    events = {gap + 1 for one in zeros for gap in range(one["window_start"], one["point"] + 1)}  # each ends a gap
    assert sorted(events) == case["expected"]["g_chart_md_flagged"]
