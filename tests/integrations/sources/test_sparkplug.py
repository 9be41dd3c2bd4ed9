"""Sparkplug B against an edge node of others' making: births, aliases, lost messages, deaths, and our own state."""

import asyncio
import json

import pytest

from integrations.plc.tags import Quality
from integrations.sources.mqtt import browsing
from integrations.sources.mqtt.client import connected
from integrations.sources.sparkplug import payload
from integrations.sources.sparkplug.nodes import Ask, Born, Died, Host, Said, parts
from integrations.sources.sparkplug.payload import Metric, Payload
from tests.integrations.sources.foreign.engines import broker, free_port, node
from tests.integrations.sources.listening import listening, setting, tag, until

BROKERS = ["aedes", "mosquitto"]
OVEN = "Plant/Edge/Oven"
TAGS = [
    tag(7, f"{OVEN}:Zones/3"), tag(8, f"{OVEN}:Low"), tag(9, "Plant/Edge:Load"),
    tag(10, f"{OVEN}:Count", kind="counter"),
    tag(11, f"{OVEN}:On", kind="state"), tag(12, "Plant/Other:x"),
]


def tell(edge, *lines):
    for line in lines:
        edge.stdin.write(f"{line}\n".encode())
    edge.stdin.flush()


@pytest.mark.parametrize("engine", BROKERS)
def test_an_edge_node_is_born_speaks_by_alias_loses_a_message_and_dies(engine):
    port = free_port()

    async def act(edge):
        one = setting("sparkplug", port, TAGS, path="Plant")
        async with listening(one) as (heard, feed):
            await until(lambda: heard.values(7) and heard.values(9) and heard.values(11))  # it was asked to be born
            tell(edge, "data 246", "low -41", "stale", "old 200", "data 247")
            await until(lambda: 247.0 in heard.values(7))
            before = len(heard.values(7))
            tell(edge, "skip", "data 999")
            await until(lambda: len(heard.values(7)) >= before + 2)  # stale, and then born again
            tell(edge, "data 248", "ddeath")
            await until(lambda: heard.qualities(7)[-1] == Quality.STALE)
            tell(edge, "birth", "data 249")
            await until(lambda: 249.0 in heard.values(7))
            tell(edge, "die")
            await until(lambda: heard.qualities(9)[-1] == Quality.STALE)
            return heard, feed.health

    with broker(engine, port), node("edge.js", str(port)) as edge:
        heard, health = asyncio.run(act(edge))

    assert heard.values(7) == [245.5, 246, None, 200, 247, None, 245.5, 248, None, 245.5, 249, None]
    assert heard.qualities(7)[2] == Quality.STALE
    late = heard.moments(7)[3]
    assert heard.moments(7)[4] - late > 50_000_000
    assert heard.values(8)[:2] == [-40.0, -41.0]
    assert heard.values(10)[0] == 5.0
    assert heard.values(11)[0] == 1.0
    assert heard.values(12) == []
    assert {gap.device for gap in heard.gaps} == {"#7", "#8", "#9", "#10", "#11"}
    assert "the node died" in health.last_error


@pytest.mark.parametrize("engine", BROKERS)
def test_our_state_is_kept_by_the_broker_and_our_will_says_that_we_are_gone(engine):
    port, states = free_port(), []

    async def act():
        async with connected(setting("mqtt", port, []), lambda one: states.append(json.loads(one.payload))) as client:
            await client.subscribe(["spBv1.0/STATE/plant-1"])
            async with listening(setting("sparkplug", port, TAGS, client_id="plant-1")):
                await until(lambda: states and states[-1]["online"])
                client.publish("spBv1.0/STATE/plant-1", b'{"online": false, "timestamp": 1}', qos=1, retain=True)
                await until(lambda: [one["online"] for one in states][-2:] == [False, True])

    with broker(engine, port):
        asyncio.run(act())

    assert all(set(one) == {"online", "timestamp"} for one in states)


def test_browse_asks_nodes_for_their_names():
    port = free_port()
    with broker("aedes", port), node("edge.js", str(port)) as edge:
        stop = False

        async def act():
            async def speak():
                while not stop:
                    tell(edge, "data 1")
                    await asyncio.sleep(0.2)

            task = asyncio.create_task(speak())
            found = await asyncio.to_thread(browsing.look, setting("sparkplug", port, []))
            task.cancel()
            return found

        found = asyncio.run(act())

    assert (f"{OVEN}:Zones/3", "Float", True) in [(one.path, one.kind, one.is_number) for one in found]


def metric(name="", alias=None, value=1):
    return Metric(name, alias, 1, 10, value, Quality.GOOD, False)


def born(host, seq=0, bd_seq=7):
    list(host.hear("NBIRTH", "G/N", "", Payload(1, seq, [metric("bdSeq", value=bd_seq), metric("x", 1)])))


def test_an_old_will_does_not_kill_a_node_that_was_born_since():
    host = Host()
    born(host, bd_seq=8)
    assert list(host.hear("NDEATH", "G/N", "", Payload(1, None, [metric("bdSeq", value=7)]))) == []
    assert [type(one) for one in host.hear("NDEATH", "G/N", "", Payload(1, None, [metric("bdSeq", value=8)]))] == [Died]


def test_what_is_not_known_is_asked_for():
    host = Host()
    unborn = list(host.hear("NDATA", "G/N", "", Payload(1, 0, [metric(alias=1)])))
    born(host, seq=254)
    turned = [list(host.hear("NDATA", "G/N", "", Payload(1, seq, [metric(alias=1)]))) for seq in (255, 0)]
    strange = list(host.hear("NDATA", "G/N", "", Payload(1, 1, [metric(alias=99)])))
    device = list(host.hear("DDATA", "G/N", "D", Payload(1, 2, [metric("y")])))
    lost = list(host.hear("NDATA", "G/N", "", Payload(1, 4, [metric(alias=1)])))

    assert [type(one) for one in unborn] == [Ask]
    assert [[one.path for one in each] for each in turned] == [["G/N:x"], ["G/N:x"]]
    assert [type(one) for one in strange] == [Ask]
    assert device == [Ask("G/N", "data of a device that was not born")]
    assert [type(one) for one in lost] == [Died, Ask]


def test_a_device_that_is_born_again_has_other_aliases():
    host = Host()
    born(host)
    list(host.hear("DBIRTH", "G/N", "D", Payload(1, 1, [metric("y", 5)])))
    again = list(host.hear("DBIRTH", "G/N", "D", Payload(1, 2, [metric("z", 6)])))
    old = list(host.hear("DDATA", "G/N", "D", Payload(1, 3, [metric(alias=5)])))

    assert [type(one) for one in again] == [Born, Said]
    assert [type(one) for one in old] == [Ask]


@pytest.mark.parametrize("data", [b"\x12\xff", b"\x18", b"\x0b", b"\x18" + b"\xff" * 11, b"\x12\x02\x0a\x05"])
def test_broken_payloads_are_refused(data):
    with pytest.raises(payload.BadMessage):
        payload.read(data)


@pytest.mark.parametrize(("topic", "found"), [
    ("spBv1.0/G/NDATA/N", ("NDATA", "G/N", "")), ("spBv1.0/G/DDATA/N/D", ("DDATA", "G/N", "D")),
    ("spBv1.0/G/NDATA/N/D", None), ("spBv1.0/STATE/host", None), ("other/G/NDATA/N", None),
])
def test_topics(topic, found):
    assert parts(topic) == found
