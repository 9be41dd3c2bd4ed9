"""Subscribing to the nodes of an OPC UA server: their changes with the source's own time and status."""

import asyncio
import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from integrations.plc.tags import Quality
from integrations.sources.listening import Listener
from integrations.sources.notebook import Notebook
from integrations.sources.opcua import statuses
from integrations.sources.opcua.connecting import connected

if TYPE_CHECKING:
    from asyncua import Client

AT_ONCE = 500  # monitored items that are asked for in one request
LOOK = 1.0
LEAST_PERIOD_MS = 50
QUEUE = 100  # values of a node that the server keeps between two messages
PATIENCE = 5  # messages, empty ones too, that may be missing before the server is thought gone


class OpcUaFeed(Listener):
    """One server."""

    async def session(self) -> None:
        async with connected(self.setting) as client:
            ear = Ear(self.book)
            subscription = await self._subscribe(client, ear)
            self.book.begin()
            patience = PATIENCE * max(subscription.parameters.RequestedPublishingInterval / 1000
                                      * (subscription.parameters.RequestedMaxKeepAliveCount or 1), LOOK)
            while True:
                await asyncio.sleep(LOOK)
                if client.state.value != "connected" or ear.ended:
                    raise ConnectionError(ear.ended or "the connection was lost")
                if time.monotonic() - ear.heard_at > patience:
                    raise TimeoutError(f"the subscription was silent for {patience:.0f} s")
                self.book.alive()
                self.book.refresh()

    async def _subscribe(self, client: "Client", ear: "Ear") -> Any:
        from asyncua import ua
        from asyncua.common.subscription import Subscription

        class Direct(Subscription):
            """What comes goes straight into the notebook: no task for each value."""

            async def publish_callback(self, publish_result: Any) -> None:
                self.last_publish_at = time.monotonic()
                ear.hear(publish_result)

        period = max(self.setting.period_ms, LEAST_PERIOD_MS)
        asked = ua.CreateSubscriptionParameters(
            RequestedPublishingInterval=period, RequestedLifetimeCount=max(60_000 // period, 100),
            RequestedMaxKeepAliveCount=max(1000 // period, 1), MaxNotificationsPerPublish=0, PublishingEnabled=True,
        )
        subscription = Direct(client.uaclient.session, asked, ear)
        answer = await subscription.init()
        subscription.parameters.RequestedPublishingInterval = answer.RevisedPublishingInterval
        subscription.parameters.RequestedMaxKeepAliveCount = answer.RevisedMaxKeepAliveCount
        for start in range(0, len(self.setting.tags), AT_ONCE):
            await self._monitor(subscription, range(start, min(start + AT_ONCE, len(self.setting.tags))))
        return subscription

    async def _monitor(self, subscription: Any, places: Sequence[int]) -> None:
        from asyncua import ua

        wanted = []
        for place in places:
            path = self.setting.tags[place].path
            try:
                node = ua.NodeId.from_string(path)
            except Exception:
                self._refuse(place, "this is no node id")
                continue
            wanted.append((place, ua.MonitoredItemCreateRequest(
                ItemToMonitor=ua.ReadValueId(NodeId=node, AttributeId=ua.AttributeIds.Value),
                MonitoringMode=ua.MonitoringMode.Reporting,
                RequestedParameters=ua.MonitoringParameters(
                    ClientHandle=place, SamplingInterval=self.setting.period_ms, QueueSize=QUEUE, DiscardOldest=True,
                ),
            )))  # fmt: skip
        if not wanted:
            return
        results = await subscription.create_monitored_items([request for _place, request in wanted])
        for (place, _request), result in zip(wanted, results, strict=True):
            if isinstance(result, ua.StatusCode):
                self._refuse(place, result.name)

    def _refuse(self, place: int, why: str) -> None:
        self.book.fault(f"{self.setting.tags[place].path}: {why}")
        self.book.doubt(Quality.BAD, [place])


class Ear:
    """Takes the messages of one subscription in; a hole in their numbers is a gap."""

    def __init__(self, book: Notebook) -> None:
        self._book, self._number = book, 0
        self.heard_at, self.ended = time.monotonic(), ""

    def hear(self, published: Any) -> None:
        """One message: changes, or nothing at all to say that the server lives."""
        from asyncua import ua

        message = published.NotificationMessage
        self.heard_at = time.monotonic()
        if not message.NotificationData:
            return
        self._follow(message.SequenceNumber)
        for part in message.NotificationData:
            if isinstance(part, ua.DataChangeNotification):
                for item in part.MonitoredItems:
                    self._take(item.ClientHandle, item.Value)
            elif isinstance(part, ua.StatusChangeNotification) and not part.Status.is_good():
                self.ended = f"the server ended the subscription: {part.Status.name}"

    def _follow(self, number: int) -> None:
        """Numbers rise by one, and begin anew at one behind the largest; asyncua's own words have none."""
        if not number:
            return
        if self._number and number not in (self._number + 1, 1):
            self._book.miss_all(f"messages {self._number + 1} to {number - 1} were lost")
        self._number = number

    def status_change_notification(self, status: Any) -> None:
        """What asyncua itself says when the connection is lost."""
        self.ended = str(status)

    def _take(self, place: int, told: Any) -> None:
        code = told.StatusCode.value if told.StatusCode is not None else 0
        at_us = microseconds(told.SourceTimestamp or told.ServerTimestamp)
        if statuses.ran_over(code):
            self._book.miss(place, self._book.health.last_ok_us or at_us or 0, "the server's queue ran over")
        value = told.Value.Value if told.Value is not None else None
        self._book.say(place, value, at_us, statuses.quality(code))


def microseconds(at: Any) -> int | None:
    """Microseconds since 1970 of a time without a zone, which is UTC in OPC UA."""
    if at is None or at.year < 1970:
        return None
    days = at.toordinal() - 719_163
    return int(((days * 24 + at.hour) * 3600 + at.minute * 60 + at.second) * 1_000_000 + at.microsecond)
