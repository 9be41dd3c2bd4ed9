"""Staying connected: what every feed does around its own protocol."""

import asyncio
import logging
import random
from abc import ABC, abstractmethod

from integrations.plc.feed import Take
from integrations.plc.reader import Health
from integrations.sources.notebook import Notebook
from integrations.sources.setting import FeedSetting

FIRST_DELAY, LONGEST_DELAY = 0.2, 10.0
LAST_RECEIPTS = 1.0
log = logging.getLogger(__name__)


class Listener(ABC):
    """A feed that opens its session again and again, with growing, scattered pauses."""

    def __init__(self, setting: FeedSetting) -> None:
        self.setting, self.code, self.health = setting, setting.code, Health()

    async def run(self, take: Take) -> None:
        """Listen until cancelled."""
        self.book = Notebook(self.code, self.setting.tags, take, self.health)
        delay = FIRST_DELAY
        try:
            while True:
                before = self.health.last_ok_us
                try:
                    await self.session()
                    error: BaseException = ConnectionError("the connection was ended")
                except Exception as failure:
                    error = failure
                    log.info("%s: %s", self.code, failure)
                self.book.lost(said(error))
                if self.health.last_ok_us != before:
                    delay = FIRST_DELAY
                await asyncio.sleep(delay * random.uniform(0.5, 1.0))
                delay = min(2 * delay, LONGEST_DELAY)
        finally:
            self.book.flush()

    async def settled(self) -> None:
        """Before leaving as one should: let what was heard reach the disk, so that its sender is told."""
        self.book.flush()
        until = asyncio.get_running_loop().time() + LAST_RECEIPTS
        while self.book.owes and asyncio.get_running_loop().time() < until:
            await asyncio.sleep(0.005)

    @abstractmethod
    async def session(self) -> None:
        """Connect, call `book.begin()`, and listen; return or raise when it is over."""


def said(error: BaseException) -> str:
    """An error in words."""
    text = str(error).strip()
    if isinstance(error, TimeoutError):
        return text or "no answer in time"
    return text or type(error).__name__
