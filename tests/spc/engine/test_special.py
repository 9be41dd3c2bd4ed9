"""The tail of F against another implementation, far out too."""

import itertools

import pytest
from scipy import special as reference

from spc.engine import special

DEGREES = (1, 2, 5, 9, 18, 60, 1800)
POINTS = (0.0, 1e-6, 0.3, 1.0, 2.5, 21.0, 201.0, 5000.0)


@pytest.mark.parametrize(("df1", "df2"), list(itertools.product(DEGREES, DEGREES)))
def test_the_tail_of_f_is_that_of_another_implementation(df1, df2):
    found = [special.f_tail(df1, df2, f) for f in POINTS]

    assert found == pytest.approx([reference.fdtrc(df1, df2, f) for f in POINTS], rel=1e-9, abs=1e-290)
