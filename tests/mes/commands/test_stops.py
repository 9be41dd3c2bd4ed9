"""Explaining stops: who may, what is refused, and that nothing said is ever changed."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from mes.commands import machines, stops
from mes.models import StopReason
from plant.models import JournalEntry, ReasonCode
from plant.policies import Forbidden
from plant.queries.persons import system
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def explain(begin=0, end=1, now=3, use="DOWNTIME", by=None):
    reason = factories.reason(use)
    return stops.explain(
        equipment=ground.station(), reason=reason, from_at=NOW + begin * HOUR, by=by or ground.person("OP", "OPERATOR"),
        to_at=None if end is None else NOW + end * HOUR, at=NOW + now * HOUR, note=" belt ",
    )


def observe(state, hours):
    machines.observe_state(equipment=ground.station(), state=state, by=system("plc"), at=NOW + hours * HOUR)


def test_explain_keeps_who_when_and_why():
    observe("ALARM", 0)

    said = explain()

    assert (said.by.number, said.at, said.note) == ("OP", NOW + 3 * HOUR, "belt")
    entry = JournalEntry.objects.get(kind="equipment.stop-explained")
    assert (entry.data["reason"], entry.reason) == ("R1", "belt")


@pytest.mark.parametrize("wrong", [{"end": 4}, {"begin": 1, "end": 1}, {"use": "SCRAP"}, {"begin": 4, "end": None}])
def test_explain_refuses(wrong):
    observe("ALARM", 0)

    with pytest.raises(stops.StopRefused):
        explain(**wrong)


def test_explain_refuses_a_stretch_in_which_the_machine_ran():
    observe("RUNNING", 0)

    with pytest.raises(stops.StopRefused):
        explain(1, 2)
    with pytest.raises(stops.StopRefused):
        explain(1, None)


def test_explain_is_for_the_floor():
    with pytest.raises(Forbidden):
        explain(by=ground.person("V", "VIEWER"))


def test_what_was_said_is_written_once():
    observe("ALARM", 0), explain()

    with pytest.raises(DatabaseError), transaction.atomic():
        StopReason.objects.update(note="other")
    assert ReasonCode.objects.count() == 1
