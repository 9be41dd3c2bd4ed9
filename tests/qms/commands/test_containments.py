"""A rule fired: exactly what is suspect is held, once."""

from datetime import timedelta
from decimal import Decimal

import pytest

from plant.models import JournalEntry
from qms.models import Nonconformance, NonconformanceLot
from tests.factories import NOW, station
from tests.qms import factories as make
from traceability.commands import holds, visits
from traceability.models import Hold

pytestmark = pytest.mark.django_db


def test_contain_holds_exactly_the_lots_at_the_equipment():
    make.reaction()
    suspect = make.board("B1")
    make.board("B2", at_oven=False)

    done = make.contain()

    held = Hold.objects.filter(lot__isnull=False).values_list("lot__number", flat=True)
    assert list(held) == [suspect.number]
    assert done.nonconformance.lots.get().quantity == Decimal(10)


def test_contain_stops_the_equipment_and_names_who_answers_until_when():
    plan = make.reaction(respond_minutes=20)

    case = make.contain().nonconformance

    assert Hold.objects.get(target_kind="EQUIPMENT").target_id == station().code
    assert (case.owner_role, case.due_at) == (plan.owner_role, NOW + timedelta(minutes=20))


def test_contain_again_adds_the_lots_that_became_suspect_since():
    make.reaction()
    make.board("B1")
    first = make.contain()
    late = make.board("B2", at_oven=False)
    visits.arrive(lot=late, equipment=station(), by=make.operator(), at=NOW + timedelta(seconds=30))

    again = make.contain(suspect_to=NOW + timedelta(minutes=1))

    assert again.nonconformance == first.nonconformance
    assert [hold.lot.number for hold in again.holds] == ["B2"]
    assert again.nonconformance.suspect_to == NOW + timedelta(minutes=1)
    assert Nonconformance.objects.count() == 1


def test_contain_does_not_hold_again_what_was_decided():
    make.reaction(stop_equipment=False)
    lot = make.board("B1")
    case = make.contain().nonconformance
    make.dispose(case, (lot, "USE_AS_IS", 10))

    make.contain(suspect_to=NOW + timedelta(minutes=1))

    lot.refresh_from_db()
    assert lot.status == "AVAILABLE"


def test_contain_after_the_close_opens_a_following_case_for_new_lots():
    make.reaction(stop_equipment=False)
    make.board("B1")
    first = make.contain().nonconformance
    make.dispose(first, (first.lots.get().lot, "SCRAP", 10))
    make.nonconformances.close(nonconformance=first, reason="Done", by=make.engineer(), at=NOW)
    make.board("B2")

    second = make.contain().nonconformance

    assert (second.source_id, second.lots.get().lot.number) == ("7/2", "B2")


def test_contain_does_not_stop_again_after_a_restart():
    make.reaction(hold_lots=False)
    case = make.contain().nonconformance
    holds.release(hold=Hold.objects.get(), reason="Restarted", by=make.engineer(), at=NOW)

    again = make.contain()

    assert (again.nonconformance, again.holds) == (case, [])


@pytest.mark.parametrize("plan", [None, {"hold_lots": False, "stop_equipment": False, "open_nonconformance": False}])
def test_contain_without_a_plan_for_it_only_alarms(plan):
    if plan:
        make.reaction(**plan)
    make.board("B1")

    done = make.contain()

    assert (done.nonconformance, done.holds) == (None, [])
    assert not NonconformanceLot.objects.exists()


def test_contain_prefers_the_reaction_to_this_very_rule():
    make.reaction("", owner_role="QUALITY_MANAGER")
    make.reaction("nelson-1", owner_role="TEAM_LEADER")

    assert make.contain().nonconformance.owner_role == "TEAM_LEADER"
    assert make.contain("8", rule="nelson-2").nonconformance.owner_role == "QUALITY_MANAGER"


def test_contain_journals_one_opening():
    make.reaction()
    make.contain()
    make.contain()

    assert JournalEntry.objects.filter(kind="nonconformance.opened").count() == 1
