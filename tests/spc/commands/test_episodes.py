"""Flagged points become one violation, which quality contains once and which ends by itself."""

from datetime import timedelta

import pytest

from plant.models import JournalEntry, Role
from qms.models import Nonconformance
from spc.commands import violations
from spc.models import Violation, ViolationPoint
from tests.factories import NOW
from tests.qms.factories import board, engineer, reaction
from tests.spc import factories
from tests.spc.factories import at, calm
from traceability.models import Hold, LotStatus, MaterialLot

pytestmark = pytest.mark.django_db
BAD = 244.0


def holds() -> list[str]:
    rows = Hold.objects.filter(released_at__isnull=True, lot__isnull=False)
    return list(rows.order_by("lot__number").values_list("lot__number", flat=True))


def kinds(prefix: str) -> list[str]:
    return list(JournalEntry.objects.filter(kind__startswith=prefix).order_by("id").values_list("kind", flat=True))


def test_further_flags_extend_the_running_violation():
    chart = factories.chart()
    [first] = factories.read(chart, [*calm(20), BAD])
    [second] = factories.read(chart, [240.0, BAD], 21)
    assert (first.pk, Violation.objects.count()) == (second.pk, 1)
    assert list(ViolationPoint.objects.order_by("at").values_list("seq", flat=True)) == [20, 22]
    assert Violation.objects.get().last_at == at(22)


def test_eight_quiet_points_end_a_violation():
    chart = factories.chart()
    factories.read(chart, [*calm(20), BAD])
    factories.read(chart, calm(7), 21)
    assert Violation.objects.get().ended_at is None
    factories.read(chart, [None, 240.0], 28)
    assert Violation.objects.get().ended_at == at(29)
    assert kinds("violation.") == ["violation.opened", "violation.ended"]


def test_a_flag_after_the_end_opens_another_violation():
    chart = factories.chart()
    factories.read(chart, [*calm(20), BAD, *calm(8), BAD])
    assert list(Violation.objects.order_by("at").values_list("seq", "ended_at")) == [(20, at(28)), (29, None)]


def test_a_violation_follows_the_reaction_plan():
    reaction()
    chart = factories.chart()
    board("B1")
    [violation] = factories.read(chart, [*calm(20), BAD])
    case = Nonconformance.objects.get()
    assert (violation.nonconformance, case.source_id) == (case, str(violation.pk))
    assert (case.suspect_from, case.suspect_to) == (at(19), NOW)
    assert (holds(), MaterialLot.objects.get().status) == (["B1"], LotStatus.HELD)
    assert violation.respond_by == NOW + timedelta(minutes=15)


def test_a_lot_that_comes_while_it_runs_is_held_too():
    reaction()
    chart = factories.chart()
    board("B1")
    factories.read(chart, [*calm(20), BAD])
    board("B2")
    factories.read(chart, [BAD], 21, at=NOW + timedelta(seconds=1))
    assert (holds(), Nonconformance.objects.count()) == (["B1", "B2"], 1)


def test_provisional_limits_hold_nothing():
    reaction()
    chart = factories.chart(limited=False)
    factories.limit(chart, provisional=True)
    board("B1")
    [violation] = factories.read(chart, [*calm(20), BAD])
    assert (violation.nonconformance, holds(), Nonconformance.objects.count()) == (None, [], 0)


def test_a_rule_that_holds_acts_though_an_alarm_came_first():
    reaction("beyond-3s", hold_lots=False, stop_equipment=False, open_nonconformance=False)
    reaction("side-7")
    chart = factories.chart()
    board("B1")
    factories.read(chart, [*calm(10), BAD])
    assert holds() == []
    [violation] = factories.read(chart, [241.0] * 6, 11)
    assert (holds(), violation.nonconformance) == (["B1"], Nonconformance.objects.get())


def test_a_violation_closed_while_it_runs_opens_anew():
    chart = factories.chart()
    [violation] = factories.read(chart, [*calm(20), BAD])
    now, by = at(20) + timedelta(milliseconds=500), engineer()
    violations.acknowledge(violation=violation, by=by, at=now)
    violations.close(violation=violation, assignable_cause="Fan", action_taken="Replaced", by=by, at=now)
    [again] = factories.read(chart, [BAD], 21)
    assert (again.pk != violation.pk, again.last_good_at) == (True, now)


def test_the_owner_is_the_role_that_the_plan_names():
    reaction(owner_role=Role.TEAM_LEADER)
    [violation] = factories.read(factories.chart(), [*calm(20), BAD])
    assert violation.owner_role == Role.TEAM_LEADER
