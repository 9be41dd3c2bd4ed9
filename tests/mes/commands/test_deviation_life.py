"""The life of a deviation: the rules of charts' alarms hold for it too: handed over, put off, step by step, settled."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mes.commands import deviations as commands
from mes.models import Deviation, GoldenStep
from mes.queries import deviations
from plant.commands import answering
from plant.models import JournalEntry, Notice, ReasonCode, ReasonUse, Role
from tests import factories
from tests.factories import NOW
from tests.mes.golden_world import GOOD, HOT, kiln

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture(name="deviation")
def opened():
    oven = kiln(owner_role=Role.TEAM_LEADER, respond_minutes=15, close_minutes=60)
    oven.arrive()
    oven.read([GOOD, HOT, HOT])
    for position, is_required in ((1, True), (2, False), (3, True)):
        GoldenStep.objects.create(
            standard=oven.standard, position=position, text=f"Look {position}", required=is_required
        )
    return Deviation.objects.get()


def leader():
    return factories.person("TL", Role.TEAM_LEADER)


def snooze(deviation, minutes, by=None, at=NOW):
    return commands.snooze(deviation=deviation, until=at + minutes * MINUTE, reason="Waits", by=by or leader(), at=at)


def test_it_is_put_off_as_long_as_a_role_may_and_not_handed_up_meanwhile(deviation):
    with pytest.raises(answering.CannotSnooze):
        snooze(deviation, 31)
    snooze(deviation, 30)

    assert commands.escalate(at=NOW + 20 * MINUTE) == []
    assert [one.pk for one in commands.escalate(at=NOW + 31 * MINUTE)] == [deviation.pk]


def test_what_rests_stands_in_nobodys_inbox(deviation):
    Deviation.objects.update(snoozed_until=timezone.now() + MINUTE)
    assert deviations.unanswered(leader()) == []
    Deviation.objects.update(snoozed_until=timezone.now() - MINUTE)
    assert [one.pk for one in deviations.unanswered(leader())] == [deviation.pk]


def test_it_asks_again_when_somebody_says_so(deviation):
    snooze(deviation, 30)
    commands.wake(deviation=deviation, by=leader(), at=NOW)

    assert [one.pk for one in deviations.unanswered(leader())] == [deviation.pk]
    kinds = JournalEntry.objects.filter(kind__startswith="deviation.").order_by("pk").values_list("kind", flat=True)
    assert list(kinds)[-2:] == ["deviation.snoozed", "deviation.woken"]


def test_it_is_handed_over_and_its_owner_told(deviation):
    other = factories.person("ME", Role.MAINTENANCE)
    commands.assign(deviation=deviation, to=other, by=leader(), at=NOW)

    assert [one.pk for one in deviations.unanswered(other)] == [deviation.pk]
    assert Notice.objects.filter(person=other).count() == 1
    with pytest.raises(answering.CannotOwn):
        commands.assign(deviation=deviation, to=factories.person("V", Role.VIEWER), by=leader(), at=NOW)


def test_acknowledged_and_not_settled_in_time_it_goes_further_up(deviation):
    found = commands.acknowledge(deviation=deviation, by=leader(), at=NOW)
    assert found.respond_by == NOW + 60 * MINUTE

    [late] = commands.escalate(at=NOW + 61 * MINUTE)
    assert (late.owner_role, late.owner, late.status) == (Role.QUALITY_ENGINEER, leader(), "ACKNOWLEDGED")


def test_its_steps_are_gone_through_before_it_is_closed(deviation):
    commands.acknowledge(deviation=deviation, by=leader(), at=NOW)
    first, second, third = GoldenStep.objects.order_by("position")
    said = {"deviation": deviation, "by": leader(), "at": NOW}
    with pytest.raises(answering.NotThisStep):
        commands.tick(step=third, **said)
    commands.tick(step=first, **said)
    commands.tick(step=second, is_done=False, remark="Not needed", **said)

    with pytest.raises(answering.StepsOpen):
        commands.close(cause="Fan", action_taken="Changed", **said)
    commands.tick(step=third, **said)
    assert commands.close(cause="Fan", action_taken="Changed", **said).status == "CLOSED"


def test_its_cause_is_one_that_can_be_counted_where_the_plant_keeps_a_list(deviation):
    code = ReasonCode.objects.create(code="FAN", name="Fan", use=ReasonUse.CAUSE)
    GoldenStep.objects.all().delete()
    commands.acknowledge(deviation=deviation, by=leader(), at=NOW)
    said = {"cause": "Fan", "action_taken": "Changed", "by": leader(), "at": NOW}

    with pytest.raises(answering.NothingSaid):
        commands.close(deviation=deviation, **said)
    assert commands.close(deviation=deviation, kind=code, **said).cause_kind == code
