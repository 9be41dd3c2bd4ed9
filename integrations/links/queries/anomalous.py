"""Anomalies that connections know: messages that were parked."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from integrations.models import Exchange, ExchangeStatus
from plant import scoping
from plant.models import Person
from traceability.anomalies import MOST, Anomaly


def dead_letters(reader: Person, at: datetime) -> Iterator[Anomaly]:
    """Messages at the desk of dead letters, with what stands in their way."""
    rows = Exchange.objects.filter(status=ExchangeStatus.DEAD).select_related("connection").defer("body", "edited")
    for one in scoping.visible(rows, reader).order_by("died_at", "pk")[:MOST]:
        url = reverse("integrations:exchange-detail", args=[one.pk])
        title = f"{one.connection.code} · {one.noun} {one.subject}"
        yield Anomaly(title, url, one.died_at or one.made_at, one.last_error)
