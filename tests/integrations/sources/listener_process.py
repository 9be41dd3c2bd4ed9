"""A poller with one MQTT source in a process of its own: `python -m tests.integrations.sources.listener_process …`.

Its disk may hang: then `append` says so and never comes back, as a dying disk does, until somebody kills the process.
An eager one tells the broker at once that all is well, as nobody should: it shows that the test would notice.
"""

import asyncio
import sys
import threading
from pathlib import Path

from integrations.plc import loops
from integrations.plc.batches import summarise
from integrations.plc.poller import Poller
from integrations.plc.spool import Spool
from integrations.sources.mqtt.feed import MqttFeed
from tests.integrations.plc.poller_process import Store
from tests.integrations.sources.listening import setting, tag


class HangingSpool(Spool):
    """Takes a value in, and never says that it lies on the disk."""

    def append(self, payload: bytes) -> int:
        print("hangs", flush=True)
        threading.Event().wait()
        raise AssertionError("nobody ends the wait")


class EagerFeed(MqttFeed):
    """Gives its receipts before anything is kept."""

    async def run(self, take):
        def at_once(heard, gaps, kept=None):
            take(heard, gaps)
            if kept is not None:
                kept()

        await super().run(at_once)


async def main(port: int, folder: Path, words: list[str]) -> None:
    """Listen until killed, or for as long as it takes to store one value."""
    folder.mkdir(parents=True, exist_ok=True)
    one = setting("mqtt", port, [tag(7, "a")], client_id="zhizao-kill")
    feed = (EagerFeed if "eager" in words else MqttFeed)(one)
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    store = Store(str(folder / "store.sqlite"))

    def sink(batch) -> None:
        store(batch)
        if 1.0 in batch.table["value"].tolist():
            loop.call_soon_threadsafe(stop.set)

    spool = (HangingSpool if "hangs" in words else Spool)(folder / "spool", summarise=summarise)
    running = asyncio.create_task(Poller([], sink, spool, feeds=[feed]).run(stop))
    while feed.health.state != "ONLINE":
        await asyncio.sleep(0.01)
    print("listens", flush=True)
    await running


if __name__ == "__main__":
    loops.run(main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]))
