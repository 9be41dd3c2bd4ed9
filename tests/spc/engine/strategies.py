"""Random rules of every kind and option, and readings coarse enough to tie."""

import numpy as np
from hypothesis import strategies as st

from spc.engine.rules import Rule

MISSING = st.sampled_from(["break", "bridge"])
COUNT = st.sampled_from(["points", "moves"])
ZONE = st.sampled_from([0.5, 1.0, 2.0])
LEVELS = st.sampled_from([float("nan"), *np.arange(-3, 3.5, 0.5).tolist()])


@st.composite
def zone_rules(draw):
    m = draw(st.integers(1, 9))
    window = draw(st.sampled_from(["partial", "full"]))
    k, zone = draw(st.integers(1, m)), draw(st.sampled_from([0.0, 1.0, 2.0]))
    high = draw(st.sampled_from([None, zone + 0.5, zone + 1]))
    side = draw(st.sampled_from(["both", "either"]))
    return Rule(kind="zone", k=k, m=m, zone=zone, zone_high=high, outside=side, window=window, missing=draw(MISSING))


ANY_RULE = st.one_of(
    st.builds(Rule, kind=st.just("beyond"), zone=ZONE),
    st.builds(Rule, kind=st.just("side"), k=st.integers(1, 9), missing=MISSING),
    st.builds(
        Rule, kind=st.just("trend"), k=st.integers(2, 6), count=COUNT, missing=MISSING,
        ties=st.sampled_from(["break", "continue"]),
    ),
    st.builds(Rule, kind=st.just("alternate"), k=st.integers(3, 6), count=COUNT, missing=MISSING),
    zone_rules(),
    st.builds(
        Rule, kind=st.just("inside"), k=st.integers(1, 9), zone=ZONE, missing=MISSING,
        inside=st.sampled_from(["inclusive", "strict"]),
    ),
    st.builds(
        Rule, kind=st.just("outside"), k=st.integers(2, 6), zone=ZONE, missing=MISSING,
        outside=st.sampled_from(["both", "either"]),
    ),
)  # fmt: skip
