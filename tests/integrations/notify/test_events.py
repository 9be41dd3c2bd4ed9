"""Events of the plant for programs: each asked for goes out once, signed, and only to where the plant may connect."""

import time

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from integrations.models import EventFeed, EventFilter, Message
from integrations.notify import http, post
from integrations.notify.adapters import webhook
from integrations.notify.commands import channels
from integrations.notify.letters import Letter, NotDelivered
from integrations.webhooks import tasks
from integrations.webhooks.commands import events
from integrations.webhooks.commands.events import NotAsked
from plant.commands import journal
from plant.models import Role
from tests import conformance, factories
from tests.integrations.notify import factories as world
from tests.integrations.notify import servers

NOW = timezone.now()


@pytest.fixture(name="site")
def a_site():
    with servers.http() as running:
        yield running


def hook(address="http://127.0.0.1:9/", **fields):
    return world.channel(fields.pop("kind", "WEBHOOK"), address, **fields)


def keeper():
    return factories.person("KEEPER", Role.INTEGRATOR, language="en")


def happen(kind="lot.held"):
    journal.record(kind, subject=factories.material(), by=factories.person("W"), data={"n": 1})


@pytest.mark.parametrize("vector", conformance.load("webhook_vectors")["vectors"])
def test_signatures_are_those_of_the_convention(vector):
    told = [vector[f"webhook-{word}"] for word in ("id", "timestamp")]
    assert webhook.signature(vector["secret"], *told, vector["body"]) == vector["webhook-signature"]


@pytest.mark.usefixtures("committed_db")
def test_an_event_that_was_asked_for_arrives_once_and_signed(site):
    channel = hook(site.url)
    events.ask(channel=channel, kind="lot.*", by=keeper(), at=NOW)
    secret = channels.change_secret(channel=channel, by=keeper())
    happen("lot.held")
    happen("hold.placed")
    for _time in range(2):
        tasks.follow()
        post.deliver(clock=timezone.now)

    one, = site.asked
    signed = webhook.signature(secret, one.headers["webhook-id"], one.headers["webhook-timestamp"], one.body)
    assert (one.json["type"], one.json["data"]["data"]) == ("lot.held", {"n": 1})
    assert one.headers["webhook-signature"] == signed
    assert Message.objects.get().status == "SENT"


@pytest.mark.usefixtures("committed_db")
def test_what_happened_before_it_was_asked_for_does_not_go_out():
    happen()
    channel = hook()
    events.ask(channel=channel, kind="*", by=keeper(), at=NOW)
    tasks.follow()
    assert set(Message.objects.values_list("facts__kind", flat=True)) <= {"channel.events-asked"}


@pytest.mark.usefixtures("committed_db")
def test_no_event_is_missed_or_doubled_while_many_happen_and_two_follow(at_once):
    channel = hook()
    factories.material(), factories.person("W")
    events.ask(channel=channel, kind="test.*", by=keeper(), at=NOW)
    done, patience = [], time.monotonic() + 60

    def write(writer):
        for turn in range(15):
            with transaction.atomic():
                happen("test.happened")
                time.sleep(0.001 * ((writer * 7 + turn) % 5))
        done.append(writer)

    def read():
        while len(done) < 6 and time.monotonic() < patience:
            events.follow(channel=channel, at=timezone.now())

    at_once(*[lambda n=n: write(n) for n in range(6)], read, read)
    tasks.follow()

    assert Message.objects.filter(channel=channel).count() == 90
    assert Message.objects.values("entry_id").distinct().count() == 90


@pytest.mark.django_db
def test_while_a_secret_is_changed_both_sign(site):
    channel = hook(site.url)
    first, second = (channels.change_secret(channel=channel, by=keeper()) for _time in range(2))
    channel.refresh_from_db()
    letter = Letter("msg_1", "x", "", "", "ALARM", NOW)
    webhook.send(letter, channels.destination(channel))
    channels.let_former_go(channel=channel, by=keeper())
    channel.refresh_from_db()
    webhook.send(letter, channels.destination(channel))

    both, one = site.asked
    stamp, body = both.headers["webhook-timestamp"], both.body
    assert both.headers["webhook-signature"].split() == [
        webhook.signature(secret, "msg_1", stamp, body) for secret in (second, first)
    ]
    assert len(one.headers["webhook-signature"].split()) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["", "Lot.held", "lot held", "*lot", "lot.*.held"])
def test_what_is_no_kind_of_event_is_refused(kind):
    with pytest.raises(NotAsked):
        events.ask(channel=hook(), kind=kind, by=keeper(), at=NOW)


@pytest.mark.django_db
def test_only_webhooks_carry_events():
    with pytest.raises(NotAsked):
        events.ask(channel=hook(kind="BELL", address=""), kind="*", by=keeper(), at=NOW)


@pytest.mark.django_db
def test_the_page_adds_and_takes_away_events_and_shows_a_secret_once():
    client, channel = Client(), hook()
    client.force_login(keeper())
    where = reverse("integrations:channel-detail", args=[channel.pk])
    client.post(f"{where}ask-events/", {"kind": "lot.*"})
    assert EventFilter.objects.get().kind == "lot.*"
    refused = client.post(f"{where}ask-events/", {"kind": "Lot"})
    assert (refused.status_code, b"no kind of event" in refused.content) == (409, True)
    secret = client.post(f"{where}change-secret/").content.decode().partition("data-secret>")[2].partition("<")[0]
    assert secret.startswith("whsec_")
    assert "data-secret" not in client.get(where).content.decode()
    client.post(f"{where}leave-events/", {"kind": "lot.*"})
    assert (EventFilter.objects.count(), EventFeed.objects.count()) == (0, 0)


@pytest.mark.parametrize("url", [
    "http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://2130706433:{port}/", "http://0x7f000001:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/", "http://0.0.0.0:{port}/", "https://169.254.169.254/latest/meta-data/",
])  # fmt: skip
def test_the_plant_is_not_led_to_its_own_machines(site, url):
    port = site.url.rstrip("/").rpartition(":")[2]
    with pytest.raises(NotDelivered) as refused:
        http.post(url.format(port=port), b"{}", {})
    assert not refused.value.again
    assert site.asked == []
