"""CAPA: no close before another person has found it effective."""

from datetime import timedelta

import pytest

from qms.commands import capas
from tests.factories import NOW, person
from tests.qms import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def one():
    """A CAPA with everything done, ready for its check."""
    by = {"by": make.engineer(), "at": NOW}
    found = make.capa(make.report(make.board("B1")))
    capas.set_root_cause(capa=found, root_cause="No replacement interval", **by)
    action = capas.add_action(
        capa=found, description="Replace yearly", owner=person("MT", "MAINTENANCE", "QUALITY_ENGINEER"),
        due_at=NOW + timedelta(days=3), **by
    )
    capas.finish_action(action=action, result="Plan made", **by)
    return capas.start_check(capa=found, **by)


def test_close_needs_the_effectiveness_check(one):
    with pytest.raises(capas.CapaRefused):
        capas.close(capa=one, by=make.engineer("QE2"), at=NOW + timedelta(days=40))

    make.checked(one, make.engineer("QE2"))

    assert capas.close(capa=one, by=make.engineer(), at=NOW + timedelta(days=40)).status == "CLOSED"


@pytest.mark.parametrize("number", ["QE", "MT"])
def test_check_by_somebody_who_worked_on_it_is_refused(one, number):
    with pytest.raises(capas.CapaRefused) as refused:
        make.checked(one, make.engineer(number))

    assert refused.value.code == "own-work"


def test_check_before_its_day_is_refused(one):
    with pytest.raises(capas.CapaRefused) as refused:
        make.checked(one, make.engineer("QE2"), at=NOW + timedelta(days=29))

    assert refused.value.code == "too-early"


def test_check_that_finds_it_ineffective_begins_the_actions_again(one):
    again = make.checked(one, make.engineer("QE2"), effective=False, finding="It drifted again")

    assert (again.status, again.effective) == ("ACTIONS", False)


def test_start_check_needs_a_cause_and_finished_actions():
    one = make.capa(make.report(make.board("B1")))

    with pytest.raises(capas.CapaRefused):
        capas.start_check(capa=one, by=make.engineer(), at=NOW)


def test_open_refuses_a_check_before_the_actions_are_due():
    with pytest.raises(capas.CapaRefused):
        make.capa(make.report(make.board("B1")), check_due_at=NOW)
