"""What a set of rules costs."""

import pytest

from spc.analyses import alarms


def test_a_set_tells_its_false_alarms_and_how_soon_it_sees_a_shift():
    found = alarms.expected(rules="western-electric", points_per_hour=60)

    assert found["in_control"] == {"run_length": pytest.approx(91.75, abs=5e-3), "error": 0.0}
    assert found["false_alarms_per_week"] == pytest.approx(60 * 168 / 91.75, rel=1e-4)
    assert [one["rule"] for one in found["each"]] == found["rules"]
    assert found["shifted"][1] == {"shift": 1.0, "run_length": pytest.approx(9.22, abs=5e-3), "error": 0.0}


def test_a_rate_must_be_above_zero():
    with pytest.raises(ValueError, match="points per hour"):
        alarms.expected(rules="nelson", points_per_hour=0)
