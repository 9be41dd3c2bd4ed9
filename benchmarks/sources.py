"""What a reading of OPC UA and MQTT costs from the network to the disk: `python -m benchmarks.sources`.

A server (asyncua's) or a broker (aedes of npm) with a publisher runs in other processes. Ours is the whole poller:
feed, notebook, spool with fsync, and the batch unpacked as the writer gets it. The plain way is a callback (asyncua's
own; for MQTT our client's, which is cheaper than others) that saves each row by the ORM, on SQLite that waits for
no disk, which costs less than any server would.
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import django
from django.conf import settings

NODES, PERIOD_MS, WARM = 200, 50, 2.0


def configure() -> type:
    """A Django of one table, which waits for no disk."""
    settings.configure(
        SECRET_KEY="only-for-this-measurement",  # noqa: S106
        USE_TZ=True, INSTALLED_APPS=[], VAR_DIR=Path(tempfile.gettempdir()),
        DATABASES={"default": {
            "ENGINE": "django.db.backends.sqlite3", "NAME": str(Path(tempfile.mkdtemp()) / "plain.sqlite"),
            "OPTIONS": {"init_command": "PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY"},
        }},
        SEALING_KEYS=[],
    )
    django.setup()
    from django.db import connection, models

    class Row(models.Model):
        stream = models.IntegerField()
        at = models.DateTimeField()
        value = models.FloatField(null=True)
        quality = models.SmallIntegerField()

        class Meta:
            app_label = "measured"

    with connection.schema_editor() as editor:
        editor.create_model(Row)
    return Row


def serve_opcua(port: int, ready: Any) -> None:
    """Every node changes every period."""

    async def act() -> None:
        from asyncua import Server, ua

        server = Server()
        await server.init()
        server.set_endpoint(f"opc.tcp://127.0.0.1:{port}/")
        space = await server.register_namespace("urn:measured")
        nodes = [
            await server.nodes.objects.add_variable(ua.NodeId(f"n{place}", space), f"n{place}", 0.0)
            for place in range(NODES)
        ]
        async with server:
            ready.set()
            count = 0.0
            while True:
                count += 1
                for node in nodes:
                    await server.write_attribute_value(node.nodeid, ua.DataValue(ua.Variant(count)))
                await asyncio.sleep(PERIOD_MS / 1000)

    asyncio.run(act())


def serve_mqtt(port: int, ready: Any) -> None:
    """Every topic says something new every period."""
    configure()
    from integrations.sources.mqtt.client import connected
    from tests.integrations.sources.foreign.engines import broker
    from tests.integrations.sources.listening import setting

    async def act() -> None:
        async with connected(setting("mqtt", port, []), lambda message: None) as client:
            ready.set()
            count = 0.0
            while True:
                count += 1
                for place in range(NODES):
                    body = json.dumps({"data": {"value": count, "q": 192}, "t": time.time()}).encode()
                    client.publish(f"plant/n{place}", body)
                await asyncio.sleep(PERIOD_MS / 1000)

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # the broker is a child, and goes with us
    with broker("aedes", port):
        asyncio.run(act())


def measure(kind: str, name: str, port: int, seconds: float, answer: Any) -> None:
    """One way, in a process of its own that ends at once: the plain one would work its backlog off for minutes."""
    row = configure()
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    plain = {"opcua": plain_opcua, "mqtt": plain_mqtt}[kind]
    asyncio.run(ours(kind, port, seconds, answer) if name == "ours" else plain(port, seconds, row, answer))


@contextmanager
def running(work: Callable[[int, Any], None], port: int) -> Any:
    """The other side, in a process of its own."""
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    process = context.Process(target=work, args=(port, ready))
    process.start()
    try:
        if not ready.wait(60):
            raise SystemExit("the other side does not start")
        yield
    finally:
        process.terminate()
        process.join()


async def ours(kind: str, port: int, seconds: float, answer: Any) -> None:
    """Readings, and CPU seconds of the whole poller."""
    from integrations.plc.batches import summarise
    from integrations.plc.poller import Poller
    from integrations.plc.spool import Spool
    from integrations.sources.feeds import feed
    from tests.integrations.sources.listening import setting, tag

    path, field = ("ns=2;s=n{}", "") if kind == "opcua" else ("plant/n{}", "data.value")
    more = {} if kind == "opcua" else {"time_field": "t", "quality_field": "data.q"}
    tags = [tag(place + 1, path.format(place), field) for place in range(NODES)]
    folder, found = Path(tempfile.mkdtemp()), [0]

    def sink(batch: Any) -> None:
        found[0] += len(batch.table)

    try:
        poller = Poller([], sink, Spool(folder, summarise=summarise),
                        feeds=[feed(setting(kind, port, tags, period_ms=PERIOD_MS, **more))])
        watch(found, seconds, answer)
        await poller.run(asyncio.Event())
    finally:
        shutil.rmtree(folder)


def watch(found: list[int], seconds: float, answer: Any) -> None:
    """Tell how many came in so many seconds, once it is under way, and the CPU they took; then end this process.

    From a thread, for a loop that can't follow never comes back to its clock: the backlog grows while it is worked off.
    """
    def act() -> None:
        time.sleep(WARM)
        before, spent, began = found[0], time.process_time(), time.monotonic()
        time.sleep(seconds)
        answer.send((found[0] - before, time.process_time() - spent, time.monotonic() - began))
        os._exit(0)

    threading.Thread(target=act).start()


async def plain_opcua(port: int, seconds: float, row: Any, answer: Any) -> None:
    """asyncua as its manual shows it."""
    from asyncua import Client

    found = [0]

    class Handler:
        def datachange_notification(self, node: Any, value: Any, data: Any) -> None:
            told = data.monitored_item.Value
            at = told.SourceTimestamp or datetime.now(UTC)
            row.objects.create(stream=1, at=at, value=value, quality=told.StatusCode.value)
            found[0] += 1

    async with Client(f"opc.tcp://127.0.0.1:{port}/") as client:
        subscription = await client.create_subscription(PERIOD_MS, Handler())
        await subscription.subscribe_data_change([client.get_node(f"ns=2;s=n{place}") for place in range(NODES)])
        watch(found, seconds, answer)
        await asyncio.Event().wait()


async def plain_mqtt(port: int, seconds: float, row: Any, answer: Any) -> None:
    """A row for each message."""
    from integrations.sources.mqtt.client import connected
    from tests.integrations.sources.listening import setting

    found = [0]

    def take(topic: str, payload: bytes) -> None:
        data = json.loads(payload)
        row.objects.create(stream=1, at=datetime.fromtimestamp(data["t"], UTC), value=data["data"]["value"], quality=0)
        found[0] += 1

    async with connected(setting("mqtt", port, []), lambda one: take(one.topic, one.payload)) as client:
        await client.subscribe(["plant/+"], 0)
        watch(found, seconds, answer)
        await asyncio.Event().wait()


def main() -> None:
    """Both kinds, both ways."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--seconds", type=float, default=15.0)
    asked.add_argument("--json", action="store_true")
    words = asked.parse_args()
    from tests.integrations.sources.foreign.engines import free_port

    context, told = multiprocessing.get_context("spawn"), dict[str, Any]()
    for kind, work in (("opcua", serve_opcua), ("mqtt", serve_mqtt)):
        port = free_port()
        with running(work, port):
            for name in ("ours", "plain"):
                ear, mouth = context.Pipe(duplex=False)
                process = context.Process(target=measure, args=(kind, name, port, words.seconds, mouth))
                process.start()
                count, cpu, lasted = ear.recv() if ear.poll(60 + 5 * words.seconds) else (0, 0.0, words.seconds)
                process.kill()
                process.join()
                told[f"{kind} {name}"] = {
                    "readings a second": round(count / lasted), "cpu s for 10,000": round(cpu / max(count, 1) * 1e4, 3),
                    "load": round(os.getloadavg()[0], 1),
                }
    if words.json:
        print(json.dumps(told))
    for name, numbers in told.items() if not words.json else ():
        print(f"{name:14}", *(f"{key} {value}" for key, value in numbers.items()), sep="  ")


if __name__ == "__main__":
    main()
