"""The websocket of a page, over the real Redis."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from channels.layers import channel_layers
from django.test import Client
from django.utils import timezone

from config.asgi import application
from plant import live
from plant.models import Equipment, Person, PersonRole, Role
from plant.web import consumers
from tests import factories
from tests.plant.web.browser_socket import BrowserSocket

HOST = (b"host", b"localhost")


@pytest.fixture(autouse=True)
def fresh_layer(committed_db):
    channel_layers.backends.clear()


@asynccontextmanager
async def page(*roles, origin=b"http://localhost", number="ME", **kept):
    """An open page of somebody with these roles."""
    client = Client()
    person = await sync_to_async(factories.person)(number, *roles)
    await sync_to_async(client.force_login)(person)
    await sync_to_async(keep)(client, kept)
    cookie = f"sessionid={client.cookies['sessionid'].value}".encode()
    socket = BrowserSocket(application, "/", [HOST, (b"origin", origin), (b"cookie", cookie)])
    socket.person = person
    socket.is_in = await socket.connect()
    yield socket
    await socket.leave()


def keep(client, words):
    session = client.session
    session.update(words)
    session.save()


def run(story):
    async_to_sync(story)()


async def ask(socket, topic):
    await socket.say_json({"subscribe": topic})
    return await socket.hear()


def test_a_page_hears_its_topic_after_the_commit_and_no_other():
    async def story():
        async with page(Role.VIEWER) as socket:
            assert await ask(socket, "chart.7") == {"subscribed": "chart.7"}
            await sync_to_async(live.push)("chart.8", "points", {"n": 0})
            await sync_to_async(live.push)("chart.7", "points", {"n": 1})

            heard = await socket.hear()

            assert heard == {"topic": "chart.7", "event": "points", "data": {"n": 1}}
            assert await socket.receive_nothing()

    run(story)


@pytest.mark.parametrize("topic", ["station.S1", "person.1", "secret.1", "", "chart." + "9" * 200, "*"])
def test_a_viewer_is_refused_what_the_table_does_not_give(topic):
    async def story():
        async with page(Role.VIEWER) as socket:
            assert await ask(socket, topic) == {"refused": topic[:120]}

    run(story)


def test_a_persons_own_topic_is_theirs_alone():
    async def story():
        async with page(Role.VIEWER, number="OTHER") as other, page(Role.VIEWER) as socket:
            mine = f"person.{socket.person.pk}"
            assert await ask(socket, mine) == {"subscribed": mine}
            assert await ask(other, mine) == {"refused": mine}

    run(story)


def test_another_sites_page_is_not_let_in():
    async def story():
        async with page(Role.VIEWER, origin=b"http://evil.example") as socket:
            assert not socket.is_in

    run(story)


def test_a_stranger_is_told_to_sign_in():
    async def story():
        socket = BrowserSocket(application, "/", [HOST, (b"origin", b"http://localhost")])
        await socket.connect()

        assert await socket.closed_with() == consumers.SIGNED_OUT

    run(story)


def test_a_ping_is_answered():
    async def story():
        async with page(Role.VIEWER) as socket:
            await socket.say_json({"ping": 17})

            assert await socket.hear() == {"pong": 17}

    run(story)


def test_a_message_that_is_too_large_ends_the_connection():
    async def story():
        async with page(Role.VIEWER) as socket:
            await socket.say('"' + "x" * 16_001 + '"')

            assert await socket.closed_with() == consumers.TOO_LARGE

    run(story)


@pytest.mark.parametrize("text", ["", "{", "[]", "7", "null", '{"subscribe": 7}', '{"subscribe": null}', "[" * 5000])
def test_nonsense_is_passed_over(text):
    async def story():
        async with page(Role.VIEWER) as socket:
            await socket.say(text)

            assert await ask(socket, "news") == {"subscribed": "news"}

    run(story)


def test_a_page_listens_to_so_many_topics_and_no_more():
    async def story():
        async with page(Role.VIEWER) as socket:
            answers = [await ask(socket, f"lot.{n}") for n in range(consumers.MOST_TOPICS + 1)]

            assert [next(iter(answer)) for answer in answers] == ["subscribed"] * consumers.MOST_TOPICS + ["refused"]

    run(story)


def test_a_role_taken_away_ends_the_listening(monkeypatch):
    monkeypatch.setattr(consumers, "RECHECK_SECONDS", 0.3)

    async def story():
        async with page(Role.OPERATOR) as socket:
            assert await ask(socket, "station.S1") == {"subscribed": "station.S1"}
            await PersonRole.objects.all().adelete()

            assert await socket.hear() == {"refused": "station.S1"}

    run(story)


def test_a_switched_off_account_ends_the_connection(monkeypatch):
    monkeypatch.setattr(consumers, "RECHECK_SECONDS", 0.3)

    async def story():
        async with page(Role.OPERATOR) as socket:
            await Person.objects.aupdate(is_active=False)

            assert await socket.closed_with() == consumers.SIGNED_OUT

    run(story)


def test_a_page_that_stopped_listening_hears_nothing():
    async def story():
        async with page(Role.VIEWER) as socket:
            await ask(socket, "news")
            await socket.say_json({"unsubscribe": "news"})
            await asyncio.sleep(0.2)
            await sync_to_async(live.push)("news", "x")

            assert await socket.receive_nothing(timeout=0.5)

    run(story)


def test_signing_out_everywhere_ends_the_connection(monkeypatch):
    monkeypatch.setattr(consumers, "RECHECK_SECONDS", 0.3)

    async def story():
        async with page(Role.OPERATOR, began_at="2026-01-01T00:00:00+00:00") as socket:
            await Person.objects.aupdate(signed_out_at=timezone.now())

            assert await socket.closed_with() == consumers.SIGNED_OUT

    run(story)


def test_a_page_hears_its_own_site_and_no_other():
    async def story():
        await sync_to_async(two_sites)()
        async with page(Role.OPERATOR) as socket:
            await sync_to_async(settle)(socket.person)
            assert await ask(socket, "station.OVEN") == {"subscribed": "station.OVEN"}
            assert await ask(socket, "station.FAR") == {"refused": "station.FAR"}
            assert await ask(socket, "chart.none") == {"refused": "chart.none"}

    run(story)


def test_somebody_who_moves_to_another_site_stops_hearing_the_first(monkeypatch):
    monkeypatch.setattr(consumers, "RECHECK_SECONDS", 0.3)

    async def story():
        there = await sync_to_async(two_sites)()
        async with page(Role.OPERATOR) as socket:
            assert await ask(socket, "station.OVEN") == {"subscribed": "station.OVEN"}
            await Person.objects.aupdate(site=there)

            assert await socket.hear() == {"refused": "station.OVEN"}

    run(story)


def two_sites():
    factories.station("OVEN")
    there = Equipment.objects.create(code="SITE-2", name="Other", level="SITE")
    Equipment.objects.create(code="FAR", name="Far", level="WORK_UNIT", parent=there)
    return there


def settle(person):
    Person.objects.filter(pk=person.pk).update(site=factories.site())
