"""OPC UA against asyncua's own server: source times, statuses, outages, nodes that are not there, signed messages."""

import asyncio
import socket
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from asyncua import Server, ua

from integrations.plc.tags import Quality
from integrations.sources.opcua import browsing, statuses
from tests.integrations.sources.listening import listening, setting, tag, until


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as one:
        return one.getsockname()[1]


@asynccontextmanager
async def serving(port, values, **rest):
    """A server with variables of these names."""
    server = Server()
    await server.init()
    server.set_endpoint(f"opc.tcp://127.0.0.1:{port}/plant/")
    server.set_security_policy(rest.pop("policies", [ua.SecurityPolicyType.NoSecurity]))
    for prepare in rest.pop("prepare", ()):
        await prepare(server)
    space = await server.register_namespace("urn:test")
    folder = await server.nodes.objects.add_folder(ua.NodeId("Oven", space), "Oven")
    nodes = {
        name: await folder.add_variable(ua.NodeId(name, space), name, value) for name, value in values.items()
    }
    async with server:
        yield server, nodes


def at(value, when, code=0):
    return ua.DataValue(ua.Variant(value, ua.VariantType.Double), ua.StatusCode(code), SourceTimestamp=when)


def test_changes_come_with_the_sources_time_and_status():
    async def act():
        port, now = free_port(), datetime.now(UTC).replace(microsecond=123_000)
        async with serving(port, {"zone1": 10.0, "state": 2}) as (server, nodes):
            tags = [tag(7, "ns=2;s=zone1", scale=0.1), tag(8, "ns=2;s=state", kind="state")]
            async with listening(setting("opcua", port, tags, path="plant/")) as (heard, feed):
                await until(lambda: heard.values(7) and heard.values(8))
                for number, code in [(1, 0), (2, 0x4000_0000), (3, 0x8000_0000), (4, 0x8031_0000)]:
                    await server.write_attribute_value(
                        nodes["zone1"].nodeid, at(float(number), now + timedelta(seconds=number / 100), code)
                    )
                await until(lambda: len(heard.values(7)) >= 5)
                return heard, feed.health, now

    heard, health, now = asyncio.run(act())

    assert heard.values(7) == [1.0, 0.1, 0.2, None, None]
    assert heard.qualities(7)[1:] == [Quality.GOOD, Quality.UNCERTAIN, Quality.BAD, Quality.STALE]
    assert heard.moments(7)[1] == round((now.timestamp() + 0.01) * 1e6)
    assert heard.counts(7) == [1, 2, 3, 4, 5]
    assert heard.values(8) == [2.0]
    assert (health.state, heard.gaps) == ("ONLINE", [])


def test_a_server_that_goes_and_comes_leaves_stale_values_and_a_gap():
    async def act():
        port = free_port()
        tags = [tag(7, "ns=2;s=zone1")]
        async with serving(port, {"zone1": 10.0}):
            context = listening(setting("opcua", port, tags))
            heard, feed = await context.__aenter__()
            await until(lambda: heard.values(7) == [10.0])
        await until(lambda: feed.health.state == "SILENT")
        silent = feed.health.last_error
        async with serving(port, {"zone1": 11.0}):
            await until(lambda: heard.gaps and heard.values(7)[-1] == 11.0)
        await context.__aexit__(None, None, None)
        return heard, silent

    heard, silent = asyncio.run(act())

    assert heard.values(7) == [10.0, None, 11.0]
    assert heard.qualities(7) == [Quality.GOOD, Quality.STALE, Quality.GOOD]
    assert silent
    assert [(gap.device, gap.end_us > gap.start_us, bool(gap.cause)) for gap in heard.gaps] == [("S", True, True)]


def test_a_node_that_is_not_there_is_bad_and_the_others_are_read():
    async def act():
        port = free_port()
        async with serving(port, {"zone1": 10.0}):
            tags = [tag(7, "ns=2;s=zone1"), tag(8, "ns=2;s=nobody"), tag(9, "no node id")]
            async with listening(setting("opcua", port, tags)) as (heard, feed):
                await until(lambda: heard.values(7) and heard.values(8) and heard.values(9))
                return heard, feed.health

    heard, health = asyncio.run(act())

    assert heard.values(7) == [10.0]
    assert heard.qualities(8) == heard.qualities(9) == [Quality.BAD]
    assert (health.state, health.errors) == ("ONLINE", 2)


def test_a_clock_that_is_wrong_does_not_decide_when_a_value_was():
    async def act():
        port = free_port()
        one = setting("opcua", port, [tag(7, "ns=2;s=zone1")])
        async with serving(port, {"zone1": 10.0}) as (server, nodes), listening(one) as (heard, feed):
            await until(lambda: heard.values(7))
            await server.write_attribute_value(nodes["zone1"].nodeid, at(5.0, datetime(2099, 1, 1, tzinfo=UTC)))
            await until(lambda: len(heard.values(7)) == 2)
            return heard, feed.health.last_error

    heard, error = asyncio.run(act())

    assert heard.qualities(7) == [Quality.GOOD, Quality.UNCERTAIN]
    assert heard.moments(7)[1] < datetime(2098, 1, 1, tzinfo=UTC).timestamp() * 1e6
    assert "clock" in error


def test_browse_shows_folders_and_what_variables_say_now():
    async def act():
        port = free_port()
        async with serving(port, {"zone1": 10.5, "name": "oven"}):
            one = setting("opcua", port, [])
            top = await asyncio.to_thread(browsing.look, one)
            folder = next(row for row in top if row.name == "Oven")
            return folder, await asyncio.to_thread(browsing.look, one, folder.path)

    folder, inside = asyncio.run(act())

    assert (folder.path, folder.has_more, folder.is_number) == ("ns=2;s=Oven", True, False)
    assert [(row.path, row.value, row.is_number) for row in inside] == [
        ("ns=2;s=zone1", 10.5, True), ("ns=2;s=name", "oven", False),
    ]
    assert inside[0].at is not None


@pytest.mark.parametrize(("code", "expected"), [
    (0, Quality.GOOD), (0x0000_0480, Quality.GOOD), (0x4000_0000, Quality.UNCERTAIN),
    (0x4090_0000, Quality.STALE), (0x8031_0000, Quality.STALE), (0x8034_0000, Quality.BAD),
])
def test_statuses_are_told_as_qualities(code, expected):
    assert (statuses.quality(code), statuses.ran_over(code)) == (expected, code == 0x480)
