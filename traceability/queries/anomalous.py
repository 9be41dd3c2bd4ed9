"""Anomalies that traceability itself knows: instruments that fell silent, and changes that nobody decided."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from plant import scoping
from plant.models import Person
from traceability import anomalies
from traceability.anomalies import MOST, Anomaly
from traceability.models import Correction, CorrectionStatus, Stream

PATIENCE, PERIODS = timedelta(minutes=15), 20


@anomalies.register(
    "silent", _("Instrument silent"), icon="antenna-bars-off", action="lot.read", within=timedelta(hours=4)
)
def silent(reader: Person, at: datetime) -> Iterator[Anomaly]:
    """Streams in use that gave nothing for many of their periods: every lot made meanwhile has a gap."""
    rows = Stream.objects.filter(active=True, last_at__lt=at - PATIENCE).select_related("equipment", "parameter")
    for stream in scoping.visible(rows, reader).order_by("last_at")[:MOST]:
        if stream.last_at is not None and at - stream.last_at > timedelta(milliseconds=PERIODS * stream.period_ms):
            url = reverse("traceability:equipment-history", args=[stream.equipment.code])
            yield Anomaly(stream.code, url, stream.last_at, f"{stream.equipment} · {stream.parameter.title}")


@anomalies.register("change", _("Change of trace data to decide"), icon="pencil-question", action="correction.read")
def undecided(reader: Person, at: datetime) -> Iterator[Anomaly]:
    """Changes that were proposed: until somebody decides, the record says what it said."""
    rows = Correction.objects.filter(status=CorrectionStatus.PROPOSED).select_related("lot")
    for one in scoping.visible(rows, reader).order_by("asked_at")[:MOST]:
        url = reverse("traceability:correction-detail", args=[one.number])
        yield Anomaly(f"{one.number} {one.lot.number}", url, one.asked_at, f"{one.old} → {one.new}")
