"""The websocket of a wall screen: its secret stands for a person, and opens its own topics only."""

import asyncio
from typing import Any

from channels.db import database_sync_to_async
from django.utils import timezone

from mes.commands import wall_screens
from mes.queries import wall_screens as screens
from mes.web import wall_boards
from plant import live
from plant.web.consumers import LONGEST_TOPIC, RECHECK_SECONDS, SIGNED_OUT, LiveConsumer


@database_sync_to_async
def topics_of(secret: str) -> frozenset[str] | None:
    """What the screen with this secret may hear; None when it opens nothing any more."""
    screen = screens.by_secret(secret, timezone.now())
    if screen is None:
        return None
    return frozenset([*wall_boards.topics(screens.pages_of(screen)), wall_screens.topic(screen)])


class WallConsumer(LiveConsumer):
    """One screen on the wall."""

    async def connect(self) -> None:
        """Let in who knows the secret."""
        self.topics: set[str] = set()
        self.watch: asyncio.Task[None] | None = None
        self.secret: str = self.scope["url_route"]["kwargs"]["secret"]
        await self.accept()
        if await topics_of(self.secret) is None:
            await self.close(SIGNED_OUT)
            return
        self.watch = asyncio.create_task(self.recheck())

    async def join(self, topic: str) -> None:
        """Listen to a topic if it is one of the screen's own."""
        may = await topics_of(self.secret)
        if may is None:
            await self.close(SIGNED_OUT)
        elif topic not in may:
            await self.send_json({"refused": topic[:LONGEST_TOPIC]})
        else:
            self.topics.add(topic)
            await self.listen(live.group(topic))
            await self.send_json({"subscribed": topic})

    async def recheck(self) -> None:
        """Ask again from time to time whether the screen is still open."""
        while await topics_of(self.secret) is not None:
            await asyncio.sleep(RECHECK_SECONDS)
        await self.close(SIGNED_OUT)

    async def hint(self, message: dict[str, Any]) -> None:
        """Tell the screen to look again; what happened it reads from its boards."""
        await super().hint({**message, "data": {}})
