"""Who gets what: rules by kind, weight, line and role; each message is made once."""

from datetime import time, timedelta

import pytest
from django.utils import timezone

from integrations.models import ChannelKind, Message, MessageStatus, News, Reach, Weight
from integrations.notify.commands import news
from integrations.notify.tasks import spread as task
from plant.models import Delivery, Notice, Role
from spc.commands import owners, samples
from tests.factories import NOW, line, person, station
from tests.integrations.notify import factories
from tests.qms.factories import engineer
from tests.spc.commands.test_samples import duty

pytestmark = pytest.mark.django_db


def test_an_alarm_hands_its_news_over_in_its_own_transaction():
    factories.alarm()
    assert Delivery.objects.filter(subscriber="integrations.notify.spread").count() >= 1


def test_a_group_channel_gets_one_message_however_often_it_is_told():
    factories.rule(factories.channel())
    factories.alarm()
    assert (factories.spread(), factories.spread()) == (1, 0)
    made = Message.objects.get()
    assert (made.status, made.person, made.facts["equipment"]) == (MessageStatus.WAITING, None, station().code)
    assert made.title.startswith("Violation found: ZONE3 · ")


@pytest.mark.parametrize(("weight", "made"), [(Weight.NORMAL, 1), (Weight.IMPORTANT, 0)])
def test_what_weighs_less_is_not_told(weight, made):
    factories.rule(factories.channel(), weight=weight)
    factories.alarm()
    assert factories.spread() == made


def test_a_rule_of_a_line_holds_for_its_stations_only():
    here, elsewhere = factories.channel(), factories.channel()
    factories.rule(here, line=station().parent)
    factories.rule(elsewhere, line=line("L9"))
    factories.alarm()
    factories.spread()
    assert [message.channel for message in Message.objects.all()] == [here]


def test_the_bell_rings_for_the_role_of_the_rule():
    manager = person("QM", Role.QUALITY_MANAGER, language="en")
    factories.rule(factories.channel(ChannelKind.BELL, ""), role=Role.QUALITY_MANAGER)
    factories.alarm()
    assert (factories.spread(), factories.spread()) == (1, 0)
    assert [(one.person, one.url) for one in Notice.objects.all()] == [(manager, f"/spc/violations/{_alarm()}/")]


def _alarm() -> int:
    return int(Message.objects.get().facts["subject"]["id"])


def test_an_alarm_that_was_handed_over_is_told_to_its_new_owner():
    Reach.objects.create(person=engineer("Q2"), email="q2@plant.example")
    factories.rule(factories.channel(ChannelKind.EMAIL, ""), News.ASSIGNED)
    owners.assign(violation=factories.alarm(), to=engineer("Q2"), by=engineer(), at=NOW)
    factories.spread("violation.assigned")
    assert [message.person for message in Message.objects.all()] == [engineer("Q2")]


def test_mail_waits_for_the_end_of_the_quiet_hours():
    local = timezone.localtime(NOW)
    begin, end = (local - timedelta(hours=1)).time(), (local + timedelta(hours=2)).time()
    Reach.objects.create(person=engineer(), email="q@plant.example", quiet_from=begin, quiet_to=end)
    factories.rule(factories.channel(ChannelKind.EMAIL, ""), role=Role.QUALITY_ENGINEER)
    factories.alarm()
    factories.spread()
    assert Message.objects.get(person=engineer()).next_at == NOW + timedelta(hours=2)


@pytest.mark.parametrize(("hour", "ends"), [(23, 6), (5, 6), (12, 12)])
def test_quiet_hours_may_cross_midnight(hour, ends):
    local = timezone.localtime(NOW).replace(hour=hour, minute=0, second=0, microsecond=0)
    after = news.after_quiet(time(22), time(6), local)
    assert (after.hour, after >= local, after - local < timedelta(hours=8)) == (ends, True, True)


def test_the_task_marks_its_delivery_done():
    factories.rule(factories.channel())
    factories.alarm()
    delivery = Delivery.objects.filter(subscriber="integrations.notify.spread").latest("pk")
    task(delivery.pk, delivery.entry_id)
    delivery.refresh_from_db()
    assert delivery.delivered_at is not None


def test_a_missed_sample_is_told_to_the_role_that_takes_it():
    inspector = person("IN", Role.INSPECTOR, language="en")
    factories.rule(factories.channel(ChannelKind.BELL, ""), News.SAMPLE)
    duty()
    samples.look(at=NOW + timedelta(minutes=10))
    Notice.objects.all().delete()
    assert factories.spread("controlchart.sample-missed") == 1
    assert [(one.person, one.title[:13]) for one in Notice.objects.all()] == [(inspector, "Sample missed")]


def test_a_text_message_goes_to_the_mobile_number_of_those_who_gave_one():
    Reach.objects.create(person=engineer(), email="q@plant.example")
    manager = person("QM", Role.QUALITY_MANAGER, language="en")
    Reach.objects.create(person=manager, phone="+8613800000000")
    template = {"form": {"to": "{to}", "text": "{text}"}}
    gateway = factories.channel(ChannelKind.SMS, template=template)
    for role in ("", Role.QUALITY_MANAGER):
        factories.rule(gateway, role=role)
    factories.alarm()

    factories.spread()

    assert [message.person for message in Message.objects.all()] == [manager]
