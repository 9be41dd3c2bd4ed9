"""Run rules against what R packages and Minitab flagged, each by its own convention."""

from dataclasses import replace

import numpy as np
import pytest

from spc.engine import charts, rules
from spc.engine.rules import DEFAULT, MINITAB, NELSON, WESTERN_ELECTRIC, Rule
from tests import conformance


def with_option(among, kind, **options):
    return [replace(rule, **options) if rule.kind == kind else rule for rule in among]


FULL = with_option(NELSON, "zone", window="full")
EITHER = with_option(NELSON, "outside", outside="either")
TIES = with_option(EITHER, "trend", ties="continue")
WE_FULL = with_option(WESTERN_ELECTRIC, "zone", window="full")
JASP = {
    "beyond3s": Rule(kind="beyond", zone=3),
    "same_side_7": Rule(kind="side", k=7),
    "trend_7": Rule(kind="trend", k=7, count="moves"),
    "2of3_beyond2s": Rule(kind="zone", k=2, m=3, zone=2),
    "within1s_15": Rule(kind="inside", k=15, zone=1, inside="strict"),
    "outside1s_8": Rule(kind="outside", k=8, zone=1, outside="either"),
    "4of5_beyond1s": Rule(kind="zone", k=4, m=5, zone=1),
    "alternating_14": Rule(kind="alternate", k=14, count="moves"),
}


def flagged(x, center, sigma, among):
    """Points, counted from 1, at which each rule fires."""
    flags = rules.evaluate(x, center, sigma, among)
    return [(np.flatnonzero(flags >> np.uint32(i) & 1) + 1).tolist() for i in range(len(among))]


@pytest.mark.parametrize(
    ("name", "prefix", "among"),
    [
        ("rules_cont_qcc3", "NEL", FULL),
        ("rules_cont_qcc3", "WE", WE_FULL),
        ("rules_ties_qcc3", "NEL", FULL),
        ("rules_ties_qcc3", "WE", WE_FULL),
        ("rules_ties_rspc_jmp", "NEL", EITHER),
        ("rules_cont_rspc_minitab", "NEL", MINITAB),
        ("rules_cont_rspc_ties_allowed", "NEL", TIES),
    ],
)
def test_rules_agree_with_the_reference(name, prefix, among):
    case = conformance.load(f"spc/{name}")

    found = flagged(case["data"]["x"], case["params"]["center"], case["params"]["sigma"], among)

    assert found == [case["expected"][f"{prefix}{i + 1}"] for i in range(len(among))]


@pytest.mark.parametrize(
    ("software", "prefix", "among"),
    [("qcc3", "WE", WE_FULL), ("qcc3", "NEL", FULL), ("rspc_jmp", "NEL", EITHER), ("rspc_minitab", "NEL", MINITAB)],
)
def test_rules_agree_on_real_data(software, prefix, among):
    case = conformance.load("spc/rules_real_boiler_t8")

    found = flagged(case["data"]["x"], case["params"]["center"], case["params"]["sigma"], among)

    assert found == [case["expected"][software][f"{prefix}{i + 1}"] for i in range(len(among))]


def test_rules_agree_with_minitab_on_every_test():
    case = conformance.load("spc/jasp_rules_imr_all")
    limits = charts.individuals(case["data"]["x"]).location

    found = flagged(case["data"]["x"], limits.center, limits.spread, list(JASP.values()))

    assert dict(zip(JASP, found, strict=True)) == case["expected"]


def test_a_point_on_the_limit_of_nist_is_in():
    case = conformance.load("spc/nist_6331_c_chart")
    center = case["expected"]["center"]

    found = flagged(case["data"]["c"], center, center**0.5, NELSON[:1])

    assert found == [case["expected"]["violations"]]


@pytest.mark.parametrize(
    ("name", "among"),
    [
        ("Nelson 1-8 all", NELSON),
        ("Nelson 1-4", NELSON[:4]),
        ("AIAG/GB set: 1 + 7 side + 7 trend", DEFAULT),
    ],
)
def test_false_alarms_come_as_seldom_as_published(name, among):
    published = conformance.load("spc/arl_nelson_rules_mc")["expected"][name]
    quiet = np.random.default_rng(20).normal(size=(2000, 1500))

    first = (rules.evaluate(quiet, 0.0, 1.0, among) != 0).argmax(axis=1) + 1

    error = np.hypot(first.std() / len(first) ** 0.5, published["se"])
    assert abs(first.mean() - published["arl0"]) < 4 * error
