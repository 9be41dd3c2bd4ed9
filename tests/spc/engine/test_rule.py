"""What a rule may be, what it is called and how it is told."""

import re

import pytest

from spc.engine.rules import NELSON, RULE_SETS, SENTENCES, Rule


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"kind": "wave"}, "Unknown kind of rule 'wave'"),
        ({"kind": "beyond"}, "needs a zone in sigmas"),
        ({"kind": "beyond", "zone": 0}, "must be above 0 sigma"),
        ({"kind": "beyond", "zone": float("nan")}, "needs a zone in sigmas"),
        ({"kind": "beyond", "zone": "3"}, "needs a zone in sigmas"),
        ({"kind": "beyond", "zone": 3, "k": 2}, "judges one point"),
        ({"kind": "side", "k": 0}, "k must be a whole number"),
        ({"kind": "side", "k": 7.0}, "k must be a whole number"),
        ({"kind": "side", "k": 7, "m": 8}, "m means nothing"),
        ({"kind": "side", "k": 7, "zone": 1}, "zone means nothing"),
        ({"kind": "side", "k": 65}, "at most 64 points"),
        ({"kind": "side", "k": 7, "ties": "continue"}, "ties='continue' means nothing"),
        ({"kind": "trend", "k": 1}, "too few steps"),
        ({"kind": "trend", "k": 7, "count": "steps"}, "count of a rule is points or moves"),
        ({"kind": "alternate", "k": 2}, "too few steps"),
        ({"kind": "zone", "k": 3, "m": 2, "zone": 2}, "at least k = 3"),
        ({"kind": "zone", "k": 2, "zone": 2}, "m must be a whole number"),
        ({"kind": "outside", "k": 1, "zone": 1}, "cannot lie on both sides"),
    ],
)
def test_a_rule_without_sense_is_refused(fields, says):
    with pytest.raises(ValueError, match=re.escape(says)):
        Rule(**fields)


def test_from_dict_names_what_it_does_not_know():
    with pytest.raises(ValueError, match="Unknown in a rule: colour, size"):
        Rule.from_dict({"kind": "side", "k": 7, "size": 1, "colour": 2})
    with pytest.raises(ValueError, match="needs a kind"):
        Rule.from_dict({"k": 7})


def test_to_dict_leaves_defaults_out():
    assert Rule(kind="trend", k=7, count="moves").to_dict() == {"kind": "trend", "k": 7, "count": "moves"}


def test_ids_say_what_the_rule_does():
    assert [rule.id for rule in NELSON] == [
        "beyond-3s", "side-9", "trend-6", "alternate-14",
        "2of3-beyond-2s", "4of5-beyond-1s", "inside-1s-15", "outside-1s-8",
    ]  # fmt: skip
    assert Rule(kind="trend", k=7, count="moves", missing="bridge").id == "trend-7-moves-bridge"


def test_span_counts_the_points_looked_at():
    assert [rule.span for rule in NELSON] == [1, 9, 6, 14, 3, 5, 15, 8]
    assert Rule(kind="trend", k=7, count="moves").span == 8


@pytest.mark.parametrize("name", RULE_SETS)
def test_every_rule_of_a_set_has_an_id_of_its_own_and_a_sentence(name):
    among = RULE_SETS[name]

    assert len({rule.id for rule in among}) == len(among)
    assert all("%" not in rule.sentence() for rule in among)


def test_a_sentence_is_translated_before_its_numbers_are_put_in():
    rule = Rule(kind="trend", k=7)

    assert rule.sentence() == "7 points in a row rise, or fall; points, not steps, are counted."
    assert rule.sentence({SENTENCES["trend:points"]: "连续 %(k)s 点"}.__getitem__) == "连续 7 点"


def test_a_trend_with_ties_tells_its_points():
    rule = Rule(kind="trend", k=6, count="moves", ties="continue")

    assert rule.sentence() == "7 points in a row never fall, or never rise; equal neighbours do not end the run."


def test_every_kind_of_rule_has_a_headline_that_fits_a_title():
    among = [rule for rules in RULE_SETS.values() for rule in rules]
    assert all("%" not in rule.headline() and len(rule.headline()) <= 40 for rule in among)
    assert Rule(kind="zone", k=2, m=3, zone=2).headline() == "2 of 3 points beyond 2 sigma"
