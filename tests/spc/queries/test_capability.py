"""Capability names its sigma, and is refused or marked where it would mislead (R201)."""

import numpy as np
import pytest

from spc.queries import capability
from tests.qms.factories import characteristic
from tests.spc import factories
from tests.spc.factories import at, calm

pytestmark = pytest.mark.django_db


def told(chart):
    return capability.of(chart, at(0), at(5000))


def noise(points: int) -> list[float]:
    return (240 + np.random.default_rng(3).normal(0, 1, points)).clip(237.5, 242.5).tolist()


def test_indices_rest_on_the_frozen_sigma_and_on_all_readings():
    chart = factories.chart()
    values = calm(300)
    factories.store(chart, values)
    found = told(chart).indices
    mean, spread = np.mean(values), np.std(values, ddof=1)
    assert (found.n, found.within, found.sigma_within) == (300, "entered", 1.0)
    assert found.cpk == pytest.approx(min(245 - mean, mean - 235) / 3)
    assert found.ppk == pytest.approx(min(245 - mean, mean - 235) / (3 * spread))


def test_the_sigma_of_means_becomes_that_of_single_readings():
    chart = factories.chart(kind="XBAR_R", subgroup_size=4)
    factories.store(chart, calm(300))
    assert told(chart).indices.sigma_within == 2.0


@pytest.mark.parametrize(("values", "limited"), [(calm(29), True), (calm(300), False), ([240.0] * 300, True)])
def test_capability_is_refused(values, limited):
    chart = factories.chart(limited=limited)
    factories.store(chart, values)
    answer = told(chart)
    assert (answer.indices, bool(answer.refused)) == (None, True)


def test_capability_without_a_tolerance_is_refused():
    one = characteristic()
    one.lower = one.upper = None
    one.save()
    chart = factories.chart()
    factories.store(chart, calm(300))
    assert told(chart).indices is None


def test_an_unstable_process_is_marked():
    chart = factories.chart()
    factories.read(chart, [*noise(50), 244.0])
    answer = told(chart)
    assert (answer.in_control, answer.flagged >= 1, len(answer.warnings)) == (False, True, 1)


def test_a_process_in_control_says_so():
    chart = factories.chart()
    factories.read(chart, calm(100))
    answer = told(chart)
    assert (answer.in_control, answer.flagged, answer.warnings) == (True, 0, ())


def studied(share):
    """The chart, its characteristic 10 wide, and an approved study by which the measuring takes this percentage."""
    chart = factories.chart()
    study = factories.approved(factories.concluded(factories.measured(factories.study())))
    limits = chart.line.characteristic
    assert study.characteristic_id == limits.pk
    limits.lower, limits.upper = 240 - study.spread / share * 50, 240 + study.spread / share * 50
    limits.save()
    factories.store(chart, calm(300))
    return type(chart).objects.get(pk=chart.pk)


def test_an_approved_study_that_takes_much_of_the_tolerance_stands_beside_the_figures():
    answer = told(studied(45))

    assert answer.indices is not None
    assert "The measuring takes 45 % of the tolerance (MSA-1)" in answer.warnings[0]


def test_a_gauge_that_takes_little_is_not_mentioned():
    assert told(studied(12)).warnings == ()


def test_no_figure_is_told_where_the_measuring_alone_fills_the_tolerance():
    answer = told(studied(110))

    assert answer.indices is None
    assert "alone takes 110 %" in answer.refused
