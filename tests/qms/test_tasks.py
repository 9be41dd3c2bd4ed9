"""What waits too long is told further up, once for each step."""

from datetime import timedelta

import pytest

from plant.models import JournalEntry
from plant.queries import persons
from qms.commands import escalations
from qms.tasks import escalate_overdue
from tests.factories import NOW
from tests.qms import factories as make

pytestmark = pytest.mark.django_db


def test_escalate_overdue_tells_once_for_each_step():
    make.reaction()
    make.contain()

    assert [escalate_overdue(), escalate_overdue()] == [1, 0]
    assert JournalEntry.objects.get(kind="nonconformance.escalated").data["step"] == 3


def test_escalate_before_it_is_due_does_nothing():
    make.reaction(respond_minutes=15)
    case = make.contain().nonconformance

    assert escalations.escalate(subject=case, by=persons.system("qms"), at=NOW) is False
    assert escalations.escalate(subject=case, by=persons.system("qms"), at=NOW + timedelta(minutes=15)) is True
