"""Anomalies that the post knows: messages that were given up."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from integrations.models import Message, MessageStatus
from plant import scoping
from plant.models import Person
from traceability.anomalies import MOST, Anomaly


def messages(reader: Person, at: datetime) -> Iterator[Anomaly]:
    """Messages that nobody got, with what their channel said."""
    rows = Message.objects.filter(status=MessageStatus.DEAD).select_related("channel")
    for one in scoping.visible(rows, reader).order_by("made_at")[:MOST]:
        url = reverse("integrations:channel-detail", args=[one.channel.pk])
        yield Anomaly(one.title, url, one.made_at, f"{one.channel.name}: {one.last_error}")
