"""The event loop of the machine edge: uvloop where it is installed (there is none for Windows), else Python's own."""

import asyncio
from collections.abc import Callable, Collection, Coroutine
from typing import Any, TypeVar

try:
    import uvloop
except ImportError:
    uvloop = None

Result = TypeVar("Result")
CANCEL_AGAIN = 0.2
new_loop: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop if uvloop else asyncio.new_event_loop


def run(main: Coroutine[Any, Any, Result]) -> Result:
    """What `asyncio.run` does, on the fastest loop there is."""
    with asyncio.Runner(loop_factory=new_loop) as runner:
        return runner.run(main)


async def cancel(tasks: Collection[asyncio.Task[Any]]) -> None:
    """End these tasks; asked until they do: `wait_for` of Python 3.11 drops a cancellation that meets a result."""
    pending = set(tasks)
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=CANCEL_AGAIN)
    await asyncio.gather(*tasks, return_exceptions=True)
