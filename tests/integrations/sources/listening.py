"""A feed that is listened to in the test's own loop, and what it handed over."""

import asyncio
import math
import time
from contextlib import asynccontextmanager, suppress

from integrations.plc.tags import Quality, Tag
from integrations.sources.feeds import feed
from integrations.sources.setting import FeedSetting, Way

SECONDS = 20.0


class Heard:
    """What came, by key."""

    def __init__(self):
        self.rows, self.gaps = [], []

    def take(self, heard, gaps, kept=None):
        if heard is not None:
            self.rows += zip(*(column.tolist() for column in heard), strict=True)
        self.gaps += gaps
        if kept is not None:
            kept()

    def values(self, key):
        """The values of a tag in the order they came, None where there was none."""
        return [None if math.isnan(value) else value for one, _at, _count, value, _q in self.rows if one == key]

    def qualities(self, key):
        return [Quality(quality) for one, _at, _count, _value, quality in self.rows if one == key]

    def moments(self, key):
        return [at for one, at, *_rest in self.rows if one == key]

    def counts(self, key):
        return [count for one, _at, count, *_rest in self.rows if one == key]


def setting(kind, port, tags, *, path="", period_ms=100, **way):
    return FeedSetting(kind, "S", "127.0.0.1", port, path, period_ms, 2000, tuple(tags), Way(**way))


def tag(key, path, field="", **rest):
    return Tag(key, 0, path=path, field=field, **rest)


@asynccontextmanager
async def listening(one):
    """A feed under way."""
    heard, found = Heard(), feed(one)
    task = asyncio.create_task(found.run(heard.take))
    try:
        yield heard, found
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(condition, seconds=SECONDS):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen"
        await asyncio.sleep(0.02)
