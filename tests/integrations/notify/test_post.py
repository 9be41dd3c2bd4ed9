"""The way out: nothing is lost, nothing is doubled, a dead channel delays no other, and what is given up is seen."""

from datetime import timedelta

import pytest

from integrations.models import Channel, ChannelKind, Message, MessageStatus
from integrations.notify import post
from integrations.notify.commands import messages
from plant.models import JournalEntry
from tests.factories import NOW
from tests.integrations.notify import factories, servers
from tests.integrations.notify.factories import deliver, keeper, waiting

pytestmark = pytest.mark.django_db(transaction=False)


@pytest.fixture
def site():
    with servers.http() as running:
        yield running


def row() -> Message:
    return Message.objects.get()


def test_a_message_is_delivered_once(site):
    waiting(factories.channel(address=site.url))
    assert (deliver(), deliver(1)) == (1, 0)
    assert (row().status, row().attempts, len(site.asked)) == (MessageStatus.SENT, 1, 1)


def test_a_failure_is_tried_again_later_with_the_same_id(site):
    site.answers = [(500, {}, {})]
    waiting(factories.channel(address=site.url))
    assert (deliver(), deliver(1), deliver(7)) == (0, 0, 1)
    ids = {asked.headers["webhook-id"] for asked in site.asked}
    assert (len(site.asked), len(ids), row().attempts) == (2, 1, 2)


def test_a_server_that_asks_to_wait_is_left_so_long(site):
    site.answers = [(429, {"Retry-After": "40"}, {})]
    waiting(factories.channel(address=site.url))
    assert (deliver(), deliver(39), deliver(41)) == (0, 0, 1)


def test_the_rest_of_a_failing_batch_is_not_tried_and_costs_no_attempt(site):
    site.answers = [(500, {}, {})]
    waiting(factories.channel(address=site.url), 3)
    deliver()
    assert (len(site.asked), sorted(Message.objects.values_list("attempts", flat=True))) == (1, [0, 0, 1])
    assert deliver(8) == 3


def test_a_dead_channel_delays_no_other(site):
    waiting(factories.channel(address="http://127.0.0.1:9/"), 2)
    waiting(factories.channel(address=site.url), 2)
    assert (deliver(), len(site.asked)) == (2, 2)
    dead = Channel.objects.get(failures=1)
    assert dead.rests_until > NOW


def test_what_cannot_arrive_is_given_up_seen_and_sent_again_by_a_person(site):
    site.answers = [(404, {}, {})]
    waiting(factories.channel(address=site.url))
    deliver()
    assert (row().status, row().last_error) == (MessageStatus.DEAD, "HTTP 404")
    messages.send_again(message=row(), by=keeper(), at=NOW)
    assert (deliver(1), row().status) == (1, MessageStatus.SENT)
    assert JournalEntry.objects.filter(kind="message.waiting").count() == 1


def test_after_twelve_attempts_a_message_is_given_up(site):
    site.answers = [(500, {}, {})] * 12
    waiting(factories.channel(address=site.url))
    for attempt in range(12):
        deliver(attempt * 1000.0)
    assert (row().status, row().attempts, len(site.asked)) == (MessageStatus.DEAD, 12, 12)


def test_a_worker_killed_between_sending_and_marking_sends_the_same_id_again(site):
    channel = factories.channel(address=site.url)
    waiting(channel)
    batch = messages.take(channel=channel, at=NOW)
    message, letter, where, adapter = post._prepared(batch)[0]
    adapter(letter, where)  # and here it dies
    assert deliver(60) == 0
    assert deliver(91) == 1
    first, second = (asked.headers["webhook-id"] for asked in site.asked)
    assert first == second
    assert not messages.delivered(message=message, lease=batch.lease, at=NOW)


def test_a_sleeper_past_its_lease_does_not_overwrite():
    channel = factories.channel()
    waiting(channel)
    asleep = messages.take(channel=channel, at=NOW)
    messages.take(channel=channel, at=NOW + timedelta(seconds=91))
    said = {"error": "late", "again": True, "after": 0.0, "at": NOW}
    assert not messages.refused(message=asleep.messages[0], lease=asleep.lease, **said)


def test_a_robot_takes_twenty_a_minute(site):
    waiting(factories.robot(ChannelKind.DINGTALK, site.url), 25)
    assert [deliver(second) for second in (0, 1, 2, 3)] == [10, 10, 0, 0]
    assert deliver(62) == 5


def test_the_wait_doubles_and_is_never_much_longer_than_ten_minutes():
    waits = [messages.wait(attempt).total_seconds() for attempt in range(1, 30)]
    assert 4 <= waits[0] <= 6
    assert 480 <= waits[-1] <= 720
    assert messages.wait(1, 90.0).total_seconds() == 90


def test_a_secret_that_cannot_be_opened_is_told_and_given_up(site):
    channel = factories.robot(ChannelKind.WECOM, site.url)
    Channel.objects.filter(pk=channel.pk).update(sealed=channel.sealed[:-4] + "AAAA")
    waiting(channel)
    deliver()
    assert (row().status, site.asked) == (MessageStatus.DEAD, [])
