"""One controller that is dead or lies never costs another its rhythm."""

import asyncio
from contextlib import AsyncExitStack
from itertools import pairwise

from integrations.plc import loops
from integrations.plc.batches import summarise
from integrations.plc.poller import Poller
from integrations.plc.reader import Source
from integrations.plc.spool import Spool
from tests.integrations.plc.fault_server import BROKEN, lying_plc
from tests.integrations.plc.memory_plc import memory_plc
from tests.integrations.plc.test_poller import COUNTED, Shelf, device


async def poll_beside_dead_ones(path, live, seconds):
    """When each live controller was read, beside one that is silent, one that is off, and one that lies each way."""
    async with AsyncExitStack() as stack:
        liar = await stack.enter_async_context(lying_plc())
        liar.modes.extend([*BROKEN] * 3)
        plcs = [await stack.enter_async_context(memory_plc(counting=True)) for _ in range(live + 1)]
        plcs[0].silent = True
        sources = [Source(str(number), device(plc.port), [COUNTED], 0.1) for number, plc in enumerate(plcs)]
        sources += [Source(str(port), device(port), [COUNTED], 0.1) for port in (1, liar.port)]
        stop, spool = asyncio.Event(), Spool(path, summarise=summarise)
        running = asyncio.create_task(Poller(sources, Shelf(), spool).run(stop))
        await asyncio.sleep(seconds)
        stop.set()
        await running
    return [[at for _, at in plc.served] for plc in plcs[1:]]


def test_run_with_dead_controllers_leaves_the_others_their_rhythm(tmp_path):
    served = loops.run(poll_beside_dead_ones(tmp_path / "spool", live=7, seconds=2.0))
    deviations = sorted(abs(b - a - 0.1) for times in served for a, b in pairwise(times))

    assert min(map(len, served)) >= 17
    assert deviations[len(deviations) // 2] < 0.01
