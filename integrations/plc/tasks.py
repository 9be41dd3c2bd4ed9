"""The poller as a task that runs until the worker stops; the clock starts it again wherever it is missing."""

import asyncio
import logging
import threading
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from celery import shared_task
from celery.signals import worker_shutting_down
from django.conf import settings
from django.db import Error, close_old_connections, connections
from django.utils import timezone
from numpy.typing import NDArray

from integrations.plc import loops
from integrations.plc.batches import summarise
from integrations.plc.commands import health
from integrations.plc.late import Late
from integrations.plc.poller import Poller
from integrations.plc.queries import devices
from integrations.plc.queries.devices import Setting
from integrations.plc.spool import Spool
from integrations.plc.tags import Quality
from integrations.plc.tenure import LostError, Tenure
from integrations.plc.writer import Writer
from integrations.sources import feeds
from mes.commands import golden
from plant.commands import pulses
from plant.queries import persons
from spc import judging
from spc.lookout import Lookout

log = logging.getLogger(__name__)

LOOK_AFTER = 2.0
STOPPING = threading.Event()


@worker_shutting_down.connect
def stop_polling(**_: object) -> None:
    """Let a running poll end with the worker."""
    STOPPING.set()


@shared_task(name="integrations.plc.poll", acks_late=False, ignore_result=True)
def poll(shard: int = 0, shards: int = 1) -> None:
    """Poll one shard of controllers until the worker stops, a register map changes, or another process took over."""
    tenure = Tenure(f"plc-poller-{shard}/{shards}")
    judging.warm_up()
    if STOPPING.is_set() or not tenure.take():
        return
    try:
        found = devices.enabled(shard=shard, shards=shards)
        if found:
            loops.run(follow(found, tenure, shard=shard, shards=shards))
    finally:
        give_back(tenure)


def give_back(tenure: Tenure) -> None:
    """Free the lease; where the database is away it runs out by itself."""
    close_old_connections()
    try:
        tenure.give_back()
    except Error as error:
        log.warning("the right to poll runs out by itself: %s", error)


class Judging:
    """Lets the charts look at what came, quiet ones from memory; what goes wrong costs the memory."""

    def __init__(self) -> None:
        self._lookout = Lookout()

    def __call__(self, kept: NDArray[np.void], broken: Collection[int]) -> None:
        value = np.where(kept["quality"] == Quality.GOOD, kept["value"], np.nan)
        lookout, self._lookout = self._lookout, Lookout()
        lookout.forget(broken)
        lookout.look(
            stream=kept["key"], at_us=kept["at"], seq=kept["seq"], value=value, by=persons.system("spc"),
            at=timezone.now(),
        )
        self._lookout = lookout


def compare(kept: NDArray[np.void], broken: Collection[int]) -> None:
    """Let the golden windows of what runs there look at what came."""
    golden.compare(stream_ids=np.unique(kept["key"]).tolist(), by=persons.system("mes"), at=timezone.now())


async def follow(found: Sequence[Setting], tenure: Tenure, *, shard: int = 0, shards: int = 1) -> None:
    """Poll these controllers, looking every two seconds whether they are still ours and still the same."""
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    spool = Spool(settings.VAR_DIR / "spool" / f"plc-{shard}", summarise=summarise)
    log.info("polling %s", ", ".join(setting.code for setting in found))
    with ThreadPoolExecutor(1, "plc-keeper") as keeper:
        streams = await loop.run_in_executor(keeper, devices.streams)
        machines = await loop.run_in_executor(keeper, devices.machine_tags)
        filters = [one for setting in found for one in setting.filters]
        writer = await loop.run_in_executor(
            keeper, Writer, streams, machines, tenure, [Judging(), Late(), compare], filters
        )
        poller = Poller(
            [one.source() for one in found if one.feed is None], writer, spool, on_end=connections.close_all,
            feeds=[feeds.feed(one.feed) for one in found if one.feed is not None],
        )
        running = asyncio.create_task(poller.run(stop))
        try:
            while not running.done() and not STOPPING.is_set():
                if not await loop.run_in_executor(keeper, look_after, poller, tenure, found, shard, shards):
                    break
                await asyncio.to_thread(STOPPING.wait, LOOK_AFTER)
        finally:
            stop.set()
            await running
            spool.close()
            await loop.run_in_executor(keeper, connections.close_all)


def look_after(poller: Poller, tenure: Tenure, found: Sequence[Setting], shard: int, shards: int) -> bool:
    """Keep the lease, write down how it goes; False when this poller has to end. An outage is no reason to end."""
    close_old_connections()
    try:
        tenure.hold()
        pulses.beat(name="poller", at=timezone.now())
        health.write_down(found=poller.health, backlog=poller.backlog, at=timezone.now())
        return devices.enabled(shard=shard, shards=shards) == list(found)
    except LostError as error:
        log.warning("polling ends: %s", error)
        return False
    except Error as error:
        log.warning("the database does not answer (%s); readings wait in the spool", error)
        return True
