"""Limits are told from good readings, frozen as a version, and never changed."""

import numpy as np
import pytest
from django.db import DatabaseError, transaction

from plant.models import JournalEntry, Role
from plant.policies import Forbidden
from spc.commands import ghosts, limits
from spc.models import LimitSet
from spc.queries import previews
from tests.factories import NOW, person
from tests.qms.factories import engineer
from tests.spc import factories
from tests.spc.factories import at, calm

pytestmark = pytest.mark.django_db


def freeze(chart, last=2000, **fields):
    wanted = {"data_from": at(0), "data_to": at(last), "reason": "First study", "by": engineer(), "at": NOW, **fields}
    return limits.freeze(chart=chart, **wanted)


def noise(points: int) -> list[float]:
    return (240 + np.random.default_rng(7).normal(0, 1, points)).round(3).tolist()


def test_freeze_tells_limits_of_single_values():
    chart = factories.chart(limited=False)
    factories.store(chart, calm(100))
    frozen = freeze(chart)
    steps = np.abs(np.diff(calm(100)))
    assert frozen.sigma == pytest.approx(steps.mean() / 1.12838, rel=1e-5)
    assert (frozen.version, frozen.points, frozen.provisional) == (1, 100, False)
    assert (frozen.center, frozen.upper) == (pytest.approx(240.0), pytest.approx(240 + 3 * frozen.sigma))
    assert JournalEntry.objects.filter(kind="limits.frozen").count() == 1


def test_freeze_from_few_readings_is_provisional():
    chart = factories.chart(limited=False)
    factories.store(chart, calm(99))
    assert freeze(chart).provisional is True


def test_freeze_tells_limits_of_subgroups():
    chart = factories.chart(limited=False, kind="XBAR_R", subgroup_size=5)
    values = noise(100)
    factories.store(chart, values)
    frozen = freeze(chart)
    ranges = np.ptp(np.array(values).reshape(20, 5), axis=1)
    assert frozen.sigma == pytest.approx(ranges.mean() / 2.32593 / np.sqrt(5), rel=1e-5)
    assert (frozen.points, frozen.provisional, frozen.range_center) == (20, False, pytest.approx(ranges.mean()))


@pytest.mark.parametrize(("kind", "method", "sigma"), [
    ("XBAR_S", "", lambda groups: groups.std(axis=1, ddof=1).mean() / 0.9399856),
    ("XBAR_S", "rmsdf", lambda groups: np.sqrt(groups.var(axis=1, ddof=1).mean()) / 0.99687996),
    ("XBAR_R", "mvlue-r", lambda groups: np.ptp(groups, axis=1).mean() / 2.3259290),
])  # fmt: skip
def test_freeze_tells_sigma_as_it_is_asked_to(kind, method, sigma):
    chart, values = factories.chart(limited=False, kind=kind, subgroup_size=5), noise(100)
    factories.store(chart, values)
    frozen = freeze(chart, method=method)
    assert frozen.sigma == pytest.approx(sigma(np.array(values).reshape(20, 5)) / np.sqrt(5), rel=1e-6)


def test_freeze_leaves_out_what_a_person_excluded():
    chart = factories.chart(limited=False)
    factories.store(chart, [*calm(50), 900.0, *calm(60)])
    ghosts.leave_out(chart=chart, places=[(at(50), 50)], reason="The sensor fell off", by=engineer(), at=NOW)
    frozen = freeze(chart)
    assert (frozen.points, round(frozen.center, 2)) == (110, 240.0)


def test_freeze_ignores_readings_that_went_wrong():
    chart = factories.chart(limited=False)
    factories.store(chart, [*calm(50), None, *calm(60)])
    assert freeze(chart).points == 110


@pytest.mark.parametrize("values", [[], [240.0], [240.0] * 50, [240.0, None, 241.0]])
def test_freeze_refuses_readings_without_spread(values):
    chart = factories.chart(limited=False)
    factories.store(chart, values)
    with pytest.raises(previews.NoLimits):
        freeze(chart)


def test_freeze_refuses_to_begin_before_the_version_in_force():
    chart = factories.chart()
    factories.store(chart, calm(100))
    with pytest.raises(previews.LimitsRefused):
        freeze(chart, valid_from=at(-5))


def test_freeze_needs_a_reason_and_a_role():
    chart = factories.chart(limited=False)
    factories.store(chart, calm(100))
    with pytest.raises(previews.LimitsRefused):
        freeze(chart, reason=" ")
    with pytest.raises(Forbidden):
        freeze(chart, by=person("OP1", Role.OPERATOR))


def test_preview_shows_what_lies_outside_and_what_is_coarse():
    chart = factories.chart(limited=False)
    factories.store(chart, [*calm(100), 250.0])
    seen = previews.of(chart=chart, data_from=at(0), data_to=at(200))
    assert (seen.outside, seen.coarse, LimitSet.objects.count()) == ([(at(100), 100, 250.0)], False, 0)
    factories.store(chart, [240.0, 241.0] * 100, 300)
    assert previews.of(chart=chart, data_from=at(300), data_to=at(900)).coarse is True


def test_enter_refuses_what_is_no_number():
    chart = factories.chart(limited=False)
    for center, sigma in ((float("nan"), 1.0), (240.0, 0.0), (240.0, float("inf")), (240.0, -1.0)):
        with pytest.raises(previews.LimitsRefused):
            factories.limit(chart, center, sigma)


def test_a_frozen_version_cannot_be_changed():
    frozen = factories.limit(factories.chart(limited=False))
    with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
        LimitSet.objects.filter(pk=frozen.pk).update(upper=999)
