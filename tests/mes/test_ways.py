"""The way of a lot through its routing, against a model that knows of each piece what was done on it."""

from hypothesis import given, settings
from hypothesis import strategies as st

from mes.ways import Lack, Missing, Way, problems, stages
from tests.mes.ways_world import BRANCHED, Op, row


def way(turns=None):
    return Way(stages(BRANCHED), turns or {})


def test_operations_of_a_group_are_open_together_and_what_follows_is_not():
    found = way()
    assert found.open_to({"CUT"}) == ["CUT"]
    assert found.open_to({"DRILL"}) == ["DRILL", "BRUSH", "MARK"]
    assert found.open_to({"LASER"}) == ["LASER", "GLUE"]
    assert found.missing("LASER", {"DRILL"}) == Missing(Lack.FIRST, "DRILL")
    assert found.missing("CUT", {"DRILL"}) == Missing(Lack.PASSED, "DRILL")
    assert found.missing("TEST", {"WASH"}) == Missing(Lack.FIRST, "WASH")


def test_a_choice_closes_the_others():
    assert way({"JOIN": ["GLUE"]}).open_to({"GLUE"}) == ["GLUE"]
    assert way({"JOIN": ["GLUE"]}).missing("LASER", {"GLUE"}) == Missing(Lack.INSTEAD, "GLUE")
    assert way({"JOIN": ["GLUE"]}).after("GLUE") == "WASH"


def test_pieces_that_are_further_in_a_group_keep_the_others_behind_them():
    assert way().missing("MARK", {"DRILL", "BRUSH"}) is None
    assert way().source("MARK", {"DRILL", "BRUSH"}) == "BRUSH"
    assert way({"SIDES": ["MARK"]}).missing("BRUSH", {"DRILL", "MARK"}) is None
    assert way({"SIDES": ["MARK"]}).missing("MARK", {"DRILL"}) == Missing(Lack.PASSED, "DRILL")


def test_what_keeps_a_routing_from_coming_into_effect():
    ops = row(Op("A", group="G"), Op("B"), Op("C", group="G"), Op("D", is_optional=True))
    assert problems(ops, ["G", "H"]) == [("too-few", "H"), ("apart", "G"), ("no-common-end", "D")]
    either = [Op(code, group="G", is_alternative=True, is_optional=code == "A") for code in "AB"]
    assert problems(row(*either, Op("C")), ["G"]) == [("optional-in-part", "G")]
    assert problems(BRANCHED, ["SIDES", "JOIN"]) == []


@st.composite
def routings(draw):
    ops = []
    for nth in range(draw(st.integers(1, 4))):
        kind, size = draw(st.sampled_from(["PLAIN", "PARALLEL", "ALTERNATIVE"])), draw(st.integers(2, 3))
        optional = draw(st.booleans())
        if kind == "PLAIN":
            ops.append(Op(f"O{nth}", is_optional=optional))
        else:
            ops += [Op(f"O{nth}{one}", group=f"G{nth}", is_alternative=kind == "ALTERNATIVE") for one in range(size)]
    return row(*ops, Op("END"))


@settings(max_examples=200, deadline=None)
@given(routings(), st.integers(1, 3), st.randoms(use_true_random=False))
def test_no_piece_leaves_without_what_it_has_to_pass(ops, pieces, dice):
    found, turns, over = stages(ops), {}, set()
    place, did = [found[0].ops[0].code] * pieces, [set() for _ in range(pieces)]
    for _ in range(60):
        standing = {one for one in place if one}
        if not standing:
            break
        here, op = Way(found, turns), dice.choice(ops)
        source = here.source(op.code, standing)
        assert bool(source) == (op.code in here.open_to(standing)) == (here.missing(op.code, standing) is None)
        stage = next(one for one in found if op in one.ops)
        if pieces == 1:  # one piece has nobody to wait for: what the model allows is open, and nothing else
            beside = {one.code for one in stage.ops}
            begun = did[0] & beside
            allowed = place[0] in beside and op.code not in did[0] and not (op.is_alternative and begun)
            assert bool(source) == allowed
        if not source:
            continue
        if (order := here.turned(op.code, source)) is not None:
            turns[op.group] = order
        place = [op.code if one == source else one for one in place]
        there = [nth for nth, one in enumerate(place) if one == op.code]
        skips = op.is_optional and dice.random() < 0.5
        for nth in there if skips else dice.sample(there, dice.randint(1, len(there))):
            assert op.code not in did[nth]
            (over if skips else did[nth]).add((nth, op.code) if skips else op.code)
            place[nth] = Way(found, turns).after(op.code)
    codes = [[op.code for op in stage.ops] for stage in found]
    for nth, one in enumerate(place):
        left = next((number for number, here in enumerate(codes) if one in here), len(codes))
        for stage in found[:left]:
            mine = [op.code for op in stage.ops if op.code in did[nth] or (nth, op.code) in over]
            assert len(mine) == (1 if stage.is_alternative else len(stage.ops))
