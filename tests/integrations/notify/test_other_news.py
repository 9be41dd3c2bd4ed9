"""News beside charts: golden windows, reject rates and sensors reach their channels too."""

from datetime import timedelta

import pytest

from integrations.models import ChannelKind, Message, News
from mes.commands import deviations
from mes.models import Deviation, RejectReminder
from plant.commands import journal
from plant.models import Delivery, Role
from plant.queries import persons
from qms.commands import inspections, sensors
from tests.factories import NOW, person, received
from tests.integrations.notify import factories
from tests.mes.golden_world import GOOD, HOT, kiln
from tests.qms import factories as quality
from tests.qms.commands.test_sensors import calibrate, sensor_of

pytestmark = pytest.mark.django_db


@pytest.fixture(name="deviation")
def outside():
    oven = kiln()
    oven.arrive()
    oven.read([GOOD, HOT])
    return Deviation.objects.get()


def test_a_deviation_is_told_when_it_opens_is_handed_over_and_handed_up(deviation):
    for news in (News.ALARM, News.ASSIGNED, News.ESCALATED):
        factories.rule(factories.channel(), news)
    leader = person("TL", Role.TEAM_LEADER)
    deviations.assign(deviation=deviation, to=leader, by=leader, at=NOW)
    deviations.escalate(at=deviation.respond_by + timedelta(minutes=1))

    assert [factories.spread(f"deviation.{kind}") for kind in ("opened", "assigned", "escalated")] == [1, 1, 1]
    assert Message.objects.filter(title__contains="Zone 3").count() == 3
    assert Delivery.objects.filter(subscriber="integrations.notify.spread").count() >= 3


def test_an_overdue_sensor_is_told_to_the_channel_of_overdue_tasks():
    factories.rule(factories.channel(), News.OVERDUE)
    sensor = sensor_of("T3")
    calibrate(sensor, NOW - timedelta(days=90), NOW - timedelta(days=1), at=NOW - timedelta(days=90))
    sensor.refresh_from_db()
    sensors.watch(sensor=sensor, by=persons.system("qms"), at=NOW - timedelta(hours=23))

    assert factories.spread("sensor.overdue") == 1
    assert "T3" in Message.objects.get().title


def test_a_reject_rate_is_told():
    factories.rule(factories.channel(), News.ALARM)
    fields = {"kind": "RAW", "key": "1", "lot": received("R1"), "bad": 3, "total": 10, "percent": 5, "at": NOW}
    reminder = RejectReminder.objects.create(**fields)
    journal.record("rejectreminder.opened", subject=reminder, by=persons.system("mes"))

    assert factories.spread("rejectreminder.opened") == 1
    assert "30.0 %" in Message.objects.get().title


def test_an_inspection_that_is_asked_for_is_told_to_its_inspectors():
    inspector = person("IN", Role.INSPECTOR, language="en")
    factories.rule(factories.channel(ChannelKind.BELL, ""), News.INSPECTION)
    lot = received("R1")
    task = inspections.create(
        kind="PQC", lot=lot, trigger="t", lines=[quality.plan_line()], by=inspector, at=NOW, operation="REFLOW"
    )

    assert (factories.spread("inspection.created"), factories.spread("inspection.created")) == (1, 0)
    told = Message.objects.get()
    assert (told.person, lot.number in told.title, told.facts["role"]) == (inspector, True, Role.INSPECTOR)
    assert task.number in told.title
