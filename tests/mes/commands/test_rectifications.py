"""What puts a stop right: done with evidence, verified by another, closed with the last, handed up when late."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from mes.commands import rectifications, stoppages
from mes.models import Rectification, Stoppage
from mes.queries import stoppages as reading
from plant.errors import Refusal
from plant.models import Notice
from tests.factories import NOW, person
from tests.mes import factories

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def stoppage():
    world = factories.world()
    return stoppages.stop(
        scope="OPERATION", equipment=world.stations["MOUNT"], job_segment=world.job.segments.first(),
        reason="Burrs", by=world.operator, at=NOW,
    )


def leader():
    return person("LEAD", "TEAM_LEADER")


def finish(row, by=None, **more):
    told = {"evidence": "Punch ground, 20 pieces measured", "at": NOW + HOUR, **more}
    return rectifications.finish(rectification=row, by=by or person("OP", "OPERATOR"), **told)


def verify(row, by=None, **more):
    told = {"is_good": True, "at": NOW + 2 * HOUR, **more}
    return rectifications.verify(rectification=row, by=by or leader(), **told)


def test_stop_asks_for_a_rectification_within_two_days(stoppage):
    row = Rectification.objects.get()

    assert (row.due_at - NOW, row.owner_role, row.status) == (48 * HOUR, "TEAM_LEADER", "OPEN")
    assert reading.waiting(leader()) == [row]


def test_done_needs_evidence(stoppage):
    with pytest.raises(Refusal, match="what shows it"):
        finish(Rectification.objects.get(), evidence=" ")
    with pytest.raises(DatabaseError), transaction.atomic():
        Rectification.objects.update(status="DONE")


def test_nobody_verifies_their_own(stoppage):
    row = finish(Rectification.objects.get(), by=leader())

    with pytest.raises(Refusal, match="did themselves"):
        verify(row)
    with pytest.raises(DatabaseError), transaction.atomic():
        Rectification.objects.update(status="VERIFIED", verified_by=leader(), verified_at=NOW)


def test_sent_back_then_verified_closes_the_stop_that_goes_on(stoppage):
    row = finish(Rectification.objects.get())
    sent = verify(row, is_good=False, remark="Measure more")
    stoppages.resume(stoppage=stoppage, reason="Sorted", by=leader(), at=NOW + HOUR)
    state = Stoppage.objects.get().status
    verify(finish(sent))

    assert (sent.status, state, Stoppage.objects.get().status) == ("OPEN", "RESUMED", "CLOSED")


def test_what_was_given_to_somebody_is_theirs(stoppage):
    owner = person("MAINT", "MAINTENANCE")
    row = rectifications.give(rectification=Rectification.objects.get(), to=owner, by=leader(), at=NOW)

    assert Notice.objects.filter(person=owner).count() == 1
    with pytest.raises(Refusal, match="given to"):
        finish(row)
    assert finish(row, by=owner).done_by == owner


def test_overdue_is_handed_up_once_for_each_step(stoppage):
    boss = person("QM", "QUALITY_MANAGER")
    leader()
    late = NOW + 49 * HOUR
    taken = [len(rectifications.escalate(at=at)) for at in (NOW + 47 * HOUR, late, late, late + 24 * HOUR)]

    assert taken == [0, 1, 0, 1]
    assert Notice.objects.filter(person=boss).count() == 1
    assert Notice.objects.filter(person=leader()).count() == 1


def test_nothing_more_is_asked_of_a_closed_stop(stoppage):
    stoppages.resume(stoppage=stoppage, reason="Sorted", by=leader(), at=NOW)
    verify(finish(Rectification.objects.get()))

    with pytest.raises(Refusal, match="closed"):
        rectifications.ask(stoppage=stoppage, what="More", owner=None, by=leader(), at=NOW)
