"""The order of a study: every cell once, the same again from the same seed."""

from hypothesis import given
from hypothesis import strategies as st

from spc.gauging import kinds


@st.composite
def designs(draw):
    kind = draw(st.sampled_from(list(kinds.KINDS)))
    spans = kinds.KINDS[kind]
    parts, people, trials = (draw(st.integers(low, min(high, 12))) for low, high in (
        spans.parts, spans.appraisers, spans.trials))  # fmt: skip
    return kind, parts, [f"P{n}" for n in range(people)], trials, draw(st.integers(0, kinds.LARGEST_SEED))


@given(designs())
def test_every_cell_comes_once_and_the_seed_gives_the_same_order_again(design):
    kind, parts, people, trials, _seed = design

    cells = kinds.order(*design)

    assert len(set(cells)) == len(cells) == kinds.count(kind, parts, len(people), trials)
    assert {part for part, _who, _trial in cells} == set(range(1, kinds.pieces(kind, parts, len(people)) + 1))
    assert {trial for _part, _who, trial in cells} == set(range(1, trials + 1))
    assert cells == kinds.order(*design)


@given(designs())
def test_an_appraiser_meets_a_part_again_only_after_all_the_others(design):
    kind, _parts, people, _trials, _seed = design
    for who in people:
        trials = [trial for _part, one, trial in kinds.order(*design) if one == who]
        assert kind == "linearity" or trials == sorted(trials)


def test_two_seeds_give_two_orders():
    assert kinds.order("crossed", 10, ["A"], 3, 1) != kinds.order("crossed", 10, ["A"], 3, 2)
