"""Sets of rules by name, and as people write them down."""

import numpy as np
import pytest

from spc.engine import rules
from spc.engine.rule import HEADLINES, SENTENCES, Rule
from spc.engine.rulesets import GB4091_1983, NELSON, RULE_SETS, parse


def ids(name):
    return [rule.id for rule in RULE_SETS[name]]


def test_sets_hold_what_their_sources_say():
    assert ids("western-electric") == ["beyond-3s", "2of3-beyond-2s", "4of5-beyond-1s", "side-8"]
    assert ids("gb17989.2") == ids("default") == ["beyond-3s", "side-7", "trend-7"]
    assert ids("seven-rising") == ["trend-7"]
    assert ids("iso8258") == ids("nelson")
    assert ids("aiag")[1:3] == ["side-7", "trend-6"]
    assert ids("minitab")[2:4] == ["trend-6-moves", "alternate-14-moves"]
    assert ids("jmp") == [*ids("nelson")[:7], "outside-1s-8-either"]
    assert ids("gb4091-1983")[2:6] == ["10of11-beyond-0s", "12of14-beyond-0s", "14of17-beyond-0s", "16of20-beyond-0s"]
    assert ids("gb4091-1983")[7:] == ["2of3-between-2s-3s-either", "3of7-between-2s-3s-either"]


def test_points_near_the_limits_count_whichever_side_but_not_those_beyond():
    near = GB4091_1983[-1:]

    assert rules.evaluate([2.5, 0, -2.5, 0, 0, 3], 0, 1, near).tolist() == [0, 0, 0, 0, 0, 1]
    assert rules.evaluate([2.5, 0, -2.5, 0, 0, 3.1], 0, 1, near).tolist() == [0] * 6
    assert rules.evaluate([2.5, 0, 2.0, 0, 0, 2.5], 0, 1, near).tolist() == [0] * 6


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ({"kind": "beyond"}, Rule(kind="beyond", zone=3)),
        ({"kind": "beyond", "k": 1, "m": 1, "zone": 3, "count": "points"}, Rule(kind="beyond", zone=3)),
        ({"kind": "beyond", "k": 2, "m": 3, "zone": 2}, Rule(kind="zone", k=2, m=3, zone=2)),
        ({"kind": "side", "k": 10, "m": 11}, Rule(kind="zone", k=10, m=11, zone=0)),
        ({"kind": "side", "k": 9, "m": 9, "zone": 0}, Rule(kind="side", k=9)),
        ({"kind": "run_side", "k": 7, "zone": None}, Rule(kind="side", k=7)),
        ({"kind": "k_of_m_zone", "k": 4, "m": 5, "zone": 1}, Rule(kind="zone", k=4, m=5, zone=1)),
        ({"kind": "trend", "k": 6, "m": 6, "count": "moves", "inside": "inclusive"},
         Rule(kind="trend", k=6, count="moves")),
        ({"kind": "hugging", "k": 15, "zone": 1, "inside": "strict"},
         Rule(kind="inside", k=15, zone=1, inside="strict")),
    ],
)  # fmt: skip
def test_rules_are_read_as_people_write_them(written, meant):
    assert parse([written]) == parse({"rules": [written]}) == (meant,)


def test_a_set_may_stand_among_rules_and_nothing_stands_twice():
    assert parse(["nelson", {"kind": "side", "k": 9}, {"kind": "side", "k": 7}]) == (*NELSON, Rule(kind="side", k=7))


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("nelson", "A rule set is a list of rules"),
        ({"sets": []}, "A rule set is a list of rules"),
        (["nelsen"], "Rule 1: there is no set 'nelsen'"),
        ([{"kind": "side", "k": 7}, 5], "Rule 2: A rule is an object with a kind"),
        ([{"k": 7}], "Rule 1: Unknown kind of rule ''"),
        ([{"kind": "trend", "k": 6, "m": 7}], "Rule 1: m means nothing"),
        ([{"kind": "side", "k": 7, "colour": 1}], "Rule 1: Unknown in a rule: colour"),
        ([{"kind": "zone", "k": 2, "m": 3, "zone": 2, "zone_high": 2}], "zone_high must be a number of sigmas above"),
        ([{"kind": "inside", "k": 15, "zone": 1, "zone_high": 2}], "zone_high means nothing"),
    ],
)
def test_what_is_no_rule_is_told_with_its_place(written, says):
    with pytest.raises(ValueError, match=says):
        parse(written)


def test_every_sentence_and_headline_is_said_by_some_rule():
    every = [rule for among in RULE_SETS.values() for rule in among]
    every += [
        Rule(kind="trend", k=6, ties="continue"), Rule(kind="zone", k=2, m=3, zone=2, outside="either"),
        Rule(kind="zone", k=2, m=3, zone=2, zone_high=3),
    ]  # fmt: skip
    said = {"sentence": set(), "headline": set()}
    for rule in every:
        rule.sentence(lambda words: said["sentence"].add(words) or words)
        rule.headline(lambda words: said["headline"].add(words) or words)

    assert said == {"sentence": set(SENTENCES.values()), "headline": set(HEADLINES.values())}
    assert "10 of 11 points on one side" in {rule.headline() for rule in every}


def test_flags_of_every_set_fit_the_mask():
    x = np.random.default_rng(3).normal(size=500)

    assert all((rules.evaluate(x, 0, 1, among) < 2 ** len(among)).all() for among in RULE_SETS.values())
