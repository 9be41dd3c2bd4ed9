"""OPC UA against a server that is written in another language (node-opcua)."""

import asyncio

from integrations.plc.tags import Quality
from integrations.sources.opcua import browsing
from tests.integrations.sources.foreign.engines import free_port, node
from tests.integrations.sources.listening import listening, setting, tag, until


def test_a_foreign_server_is_browsed_and_subscribed_to():
    port = free_port()
    with node("opcua_server.js", str(port)):
        one = setting("opcua", port, [tag(7, "ns=1;s=count"), tag(8, "ns=1;s=broken"), tag(9, "ns=1;s=none")],
                      path="plant", period_ms=50)
        top = browsing.look(one)
        inside = browsing.look(one, next(row.path for row in top if row.name == "Oven"))
        heard, health = asyncio.run(follow(one))

    assert [(row.path, row.name, row.quality) for row in inside] == [
        ("ns=1;s=count", "count", Quality.GOOD), ("ns=1;s=broken", "broken", Quality.BAD),
    ]
    counts = heard.values(7)
    assert counts == sorted(set(counts))  # it samples, so that it may leave one out
    assert heard.qualities(8) == heard.qualities(9) == [Quality.BAD]
    assert heard.moments(7) == sorted(heard.moments(7))
    assert (health.state, heard.gaps) == ("ONLINE", [])


async def follow(one):
    async with listening(one) as (heard, feed):
        await until(lambda: len(heard.values(7)) > 20 and heard.values(8) and heard.values(9))
        return heard, feed.health
