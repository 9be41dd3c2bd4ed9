"""MQTT against brokers of others: JSON under wildcards, times, qualities, outages, and what a broker kept for us."""

import asyncio
import json
from datetime import UTC, datetime

import pytest

from integrations.plc.tags import Quality
from integrations.sources.mqtt import browsing, mapping, wire
from integrations.sources.mqtt.client import Refused, connected
from integrations.sources.mqtt.wire import Message
from tests.integrations.sources.foreign.engines import broker, free_port
from tests.integrations.sources.listening import listening, setting, tag, until

BROKERS = ["aedes", "mosquitto"]


async def say(port, *messages):
    """Publish through our own client, each as the broker has taken the one before."""
    async with connected(setting("mqtt", port, []), lambda message: None) as client:
        for topic, data in messages:
            body = data if isinstance(data, bytes) else json.dumps(data).encode()
            client.publish(topic, body, qos=1)
        await client.subscribe(["echo"])  # answered after what was sent before it


@pytest.mark.parametrize("engine", BROKERS)
def test_json_under_wildcards_becomes_readings(engine):
    port = free_port()
    at = datetime.now(UTC).replace(microsecond=250_000)
    tags = [
        tag(7, "plant/+/oven", "data.temp[0]", scale=0.1), tag(8, "plant/#", "data.state", kind="state"),
        tag(9, "plain/value"), tag(10, "batch", "rows[*].v"),
    ]
    one = setting("mqtt", port, tags, time_field="rows[*].t", quality_field="q")

    async def act():
        async with listening(one) as (heard, feed):
            await until(lambda: feed.health.state == "ONLINE")
            rows = [{"v": 1, "t": at.isoformat()}, {"v": 2, "t": at.timestamp() * 1000}]
            await say(
                port, ("plant/l1/oven", {"data": {"temp": [2455], "state": 2}, "q": 192}),
                ("plant/l2/oven", {"data": {"temp": [9]}, "q": "bad"}), ("plant/l1/other", {"data": {"temp": [1]}}),
                ("plant/l1/oven", b"{broken"), ("plain/value", 21.5), ("plain/value", b"22,5"),
                ("batch", {"rows": rows}),
            )
            await until(lambda: len(heard.values(10)) == 2)
            return heard, feed.health

    with broker(engine, port):
        heard, health = asyncio.run(act())

    assert heard.values(7) == [245.5, None, None]
    assert heard.qualities(7) == [Quality.GOOD, Quality.BAD, Quality.BAD]
    assert heard.values(8) == [2.0, None]  # the broken message says nothing of the state either
    assert heard.values(9) == [21.5, None]
    assert heard.values(10) == [1.0, 2.0]
    assert heard.moments(10) == [round(at.timestamp() * 1e6)] * 2
    assert "no JSON" in health.last_error


@pytest.mark.parametrize("engine", BROKERS)
def test_a_broker_that_goes_and_comes_leaves_a_gap(engine):
    port = free_port()

    async def act():
        one = setting("mqtt", port, [tag(7, "a")], client_id="zhizao-test")
        async with listening(one) as (heard, feed):
            with broker(engine, port):
                await until(lambda: feed.health.state == "ONLINE")
                await say(port, ("a", 1))
                await until(lambda: 1.0 in heard.values(7))
            await until(lambda: feed.health.state == "SILENT")
            with broker(engine, port):
                await until(lambda: feed.health.state == "ONLINE")
                await say(port, ("a", 2))
                await until(lambda: 2.0 in heard.values(7))
            return heard

    heard = asyncio.run(act())

    assert [value for value in heard.values(7) if value is not None] == [1.0, 2.0]
    assert Quality.STALE in heard.qualities(7)
    assert [gap.device for gap in heard.gaps] == ["S"]


@pytest.mark.parametrize("engine", BROKERS)
def test_a_broker_keeps_for_a_named_listener_what_came_meanwhile(engine):
    port = free_port()

    async def act():
        one = setting("mqtt", port, [tag(7, "a")], client_id="zhizao-test")
        async with listening(one) as (heard, _feed):
            await until(lambda: _feed.health.state == "ONLINE")
        await say(port, ("a", 1), ("a", 2))
        async with listening(one) as (heard, _feed):
            await until(lambda: len(heard.values(7)) == 2)
            return heard

    with broker(engine, port):
        assert asyncio.run(act()).values(7) == [1.0, 2.0]


def test_nothing_for_a_while_makes_values_stale_until_something_comes():
    port = free_port()

    async def act():
        async with listening(setting("mqtt", port, [tag(7, "a")], silent_s=1)) as (heard, feed):
            await until(lambda: feed.health.state == "ONLINE")
            await say(port, ("a", 1))
            await until(lambda: feed.health.state == "SILENT")
            await say(port, ("a", 2))
            await until(lambda: 2.0 in heard.values(7))
            return heard

    with broker("aedes", port):
        heard = asyncio.run(act())

    assert heard.values(7) == [1.0, None, 2.0]
    assert [gap.cause for gap in heard.gaps] == ["nothing came for 1 s"]


def test_browse_shows_what_is_said_and_kept():
    port = free_port()

    async def keep():
        async with connected(setting("mqtt", port, []), lambda message: None) as client:
            client.publish("plant/oven", b'{"data": {"temp": [245.5], "name": "A"}}', retain=True)
            await client.subscribe(["echo"])

    with broker("aedes", port):
        asyncio.run(keep())
        found = browsing.look(setting("mqtt", port, []))

    assert [(one.path, one.field, one.value, one.is_number) for one in found] == [
        ("plant/oven", "data.name", "A", False), ("plant/oven", "data.temp[0]", 245.5, True),
    ]


def test_nobody_listens_and_it_is_said():
    async def act():
        async with listening(setting("mqtt", free_port(), [tag(7, "a")])) as (heard, feed):
            await until(lambda: feed.health.errors > 1)
            return heard, feed.health

    heard, health = asyncio.run(act())
    assert (health.state, heard.qualities(7), heard.gaps) == ("SILENT", [Quality.STALE], [])


@pytest.mark.parametrize(("wanted", "topic", "is_one"), [
    ("a/b", "a/b", True), ("a/+", "a/b", True), ("a/+", "a/b/c", False), ("a/#", "a", True), ("a/#", "a/b/c", True),
    ("#", "a/b", True), ("#", "$SYS/x", False), ("+/x", "$SYS/x", False), ("a/b", "a", False), ("+", "/a", False),
])
def test_filters(wanted, topic, is_one):
    assert wire.matches(wanted, topic) == is_one


def test_packets_come_out_of_any_pieces():
    sent = [Message("topic/ä", b"x" * size, size % 2, False, 3 * (size % 2)) for size in (0, 1, 121, 200, 20_000)]
    data = b"".join(wire.publish(one) for one in sent)
    for piece in (1, 2, 7, 1000, len(data)):
        stream, found = wire.Stream(), []
        for at in range(0, len(data), piece):
            found += [wire.published(one.flags, one.body) for one in stream.take(data[at : at + piece])]
        assert found == sent


@pytest.mark.parametrize("data", [b"\x30\xff\xff\xff\xff\x01", b"\x30\xff\xff\xff\x80\x80"])
def test_an_endless_length_is_refused(data):
    with pytest.raises(wire.BadPacket):
        list(wire.Stream().take(data))


@pytest.mark.parametrize(("told", "seconds"), [
    (1_700_000_000, 1_700_000_000), (1_700_000_000_500, 1_700_000_000.5), (1_700_000_000_500_000, 1_700_000_000.5),
    (1_700_000_000_500_000_000, 1_700_000_000.5), ("2023-11-14T22:13:20Z", 1_700_000_000),
    ("2023-11-15T06:13:20+08:00", 1_700_000_000), ("1700000000", 1_700_000_000),
    ("soon", None), (None, None), (True, None),
])
def test_moments(told, seconds):
    assert mapping.moment_us(told) == (None if seconds is None else seconds * 1_000_000)


def test_a_refused_name_is_said_in_words():
    assert "password" in str(Refused(wire.REFUSED[4]))
