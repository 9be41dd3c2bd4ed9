"""The websocket of a page: it says which topics it shows, and hears when to look again."""

import asyncio
import contextlib
import json
from typing import Any

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.contrib.auth.models import AnonymousUser
from django.utils.dateparse import parse_datetime
from redis.exceptions import RedisError

from plant import addresses, live, policies
from plant.models import Person
from plant.permissions import TOPICS
from plant.web.watching import Standing, standings, watch

LARGEST = 16_000
MOST_TOPICS = 64
LONGEST_TOPIC = 120
RECHECK_SECONDS = 3
SIGNED_OUT = 4401
TOO_LARGE = 1009


def may_hear(person: Any, topic: str) -> bool:
    """Whether somebody may listen to a topic; a person's own topic is theirs alone."""
    word, _dot, rest = topic.partition(".")
    if len(topic) > LONGEST_TOPIC or (word == "person" and rest != str(person.pk)):
        return False
    return policies.may(person, TOPICS.get(word, "")) and addresses.may_hear(word, rest, person)


@database_sync_to_async
def allowed(pk: int | None, topics: list[str]) -> set[str] | None:
    """Which topics somebody may hear now; none at all (None) when the account is off."""
    person = Person.objects.filter(pk=pk, is_active=True).first()
    return None if person is None else {topic for topic in topics if may_hear(person, topic)}


class LiveConsumer(AsyncJsonWebsocketConsumer):
    """One open page."""

    async def connect(self) -> None:
        """Let in whoever is signed in."""
        self.topics: set[str] = set()
        self.watch: asyncio.Task[None] | None = None
        person = self.scope.get("user") or AnonymousUser()
        self.person_id: int | None = person.pk
        await self.accept()
        if not person.is_authenticated:
            await self.close(SIGNED_OUT)
            return
        self.began_at = parse_datetime(self.scope["session"].get("began_at", ""))
        self.standing: Standing | None = (await standings([person.pk])).get(person.pk)
        watch().add(self, RECHECK_SECONDS)

    async def disconnect(self, code: int) -> None:
        """Stop listening."""
        watch().remove(self)
        if self.watch:
            self.watch.cancel()
        for topic in list(self.topics):
            await self.leave(topic)

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any) -> None:
        """Take one JSON object of modest size; anything else is not from our pages."""
        if text_data is None or len(text_data) > LARGEST:
            await self.close(TOO_LARGE)
            return
        with contextlib.suppress(ValueError, RecursionError):
            content = json.loads(text_data)
            if isinstance(content, dict):
                await self.receive_json(content)

    async def receive_json(self, content: dict[str, Any], **kwargs: Any) -> None:
        """Listen, stop listening, or answer a ping."""
        if "ping" in content:
            await self.send_json({"pong": content["ping"]})
        if isinstance(topic := content.get("subscribe"), str):
            await self.join(topic)
        if isinstance(topic := content.get("unsubscribe"), str):
            await self.leave(topic)

    async def join(self, topic: str) -> None:
        """Listen to a topic if the person may."""
        may = await allowed(self.person_id, [topic])
        if may is None:
            await self.close(SIGNED_OUT)
        elif topic not in may or len(self.topics) >= MOST_TOPICS:
            await self.send_json({"refused": topic[:LONGEST_TOPIC]})
        else:
            self.topics.add(topic)
            await self.listen(live.group(topic))
            await self.send_json({"subscribed": topic})

    async def listen(self, group: str) -> None:
        """Hear a group. A line to Redis that broke while nobody listened shows only now; asking again opens another."""
        try:
            await self.channel_layer.group_add(group, self.channel_name)
        except (RedisError, OSError):
            await self.channel_layer.group_add(group, self.channel_name)

    async def leave(self, topic: str) -> None:
        """Stop listening to a topic."""
        if topic in self.topics:
            self.topics.discard(topic)
            await self.channel_layer.group_discard(live.group(topic), self.channel_name)

    async def stand(self, standing: Standing | None) -> None:
        """End when the account is off or signed out everywhere; leave the topics that a change of rights took away."""
        if standing is None or (self.began_at and standing[0] and self.began_at < standing[0]):
            await self.close(SIGNED_OUT)
        elif standing != self.standing:
            self.standing = standing
            for topic in self.topics - (await allowed(self.person_id, list(self.topics)) or set()):
                await self.leave(topic)
                await self.send_json({"refused": topic})

    async def hint(self, message: dict[str, Any]) -> None:
        """Pass a hint on to the page."""
        if message["topic"] in self.topics:
            data = {} if message["topic"] == "news" else message["data"]  # every site's: what it says, pages read
            await self.send_json({"topic": message["topic"], "event": message["event"], "data": data})
