"""Flags in a row are one episode."""

import numpy as np
import pytest

from spc.engine import episodes, rules
from spc.engine.episodes import Episode
from spc.engine.rules import Rule

NAN = float("nan")


def found(values, *among):
    return episodes.find(values, rules.evaluate(values, 0.0, 1.0, among), among)


def test_consecutive_flags_are_one_episode_with_its_first_window():
    side = Rule(kind="side", k=3)

    assert found([0, 1, 1, 1, 1, 1, 0, -1, -1, -1], side) == [Episode(0, 3, 5, 1), Episode(0, 9, 9, 7)]


def test_rules_have_episodes_of_their_own():
    among = Rule(kind="side", k=2), Rule(kind="beyond", zone=3)

    assert found([4, 4, 1], *among) == [Episode(1, 0, 1, 0), Episode(0, 1, 2, 0)]


def test_a_gap_ends_an_episode_and_its_window():
    two = Rule(kind="zone", k=1, m=3, zone=1)

    assert found([2, NAN, 2, 2], two) == [Episode(0, 0, 0, 0), Episode(0, 2, 3, 2)]


def test_a_bridged_gap_does_not():
    side = Rule(kind="side", k=3, missing="bridge")

    assert found([1, NAN, 1, 1, NAN, 1], side) == [Episode(0, 3, 5, 0)]


def test_no_flags_are_no_episodes():
    assert found([0.0, 0.5], Rule(kind="side", k=2)) == []


def test_every_flag_lies_in_exactly_one_episode():
    x = np.random.default_rng(8).normal(size=3000)
    flags = rules.evaluate(x, 0.0, 1.0, rules.NELSON)

    covered = np.zeros(x.size, np.uint32)
    for episode in episodes.find(x, flags, rules.NELSON):
        covered[episode.start : episode.end + 1] += np.uint32(1 << episode.rule)

    assert covered.tolist() == flags.tolist()


def test_lengths_that_differ_are_refused():
    with pytest.raises(ValueError, match="one series of one length"):
        episodes.find([1.0, 2.0], [0], rules.NELSON)
