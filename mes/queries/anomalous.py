"""Anomalies that production knows: lots whose record has gaps, and gaps that a spot check found."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mes.models import GapKind, SpotFindingStatus
from mes.queries import completeness, spot_checks
from plant import scoping
from plant.models import Person
from traceability import anomalies
from traceability.anomalies import MOST, Anomaly

RECENT = timedelta(days=14)


@anomalies.register(
    "gap", _("Gaps in the record of a lot"), icon="puzzle", action="lot.read", within=timedelta(days=2)
)
def gaps(reader: Person, at: datetime) -> Iterator[Anomaly]:
    """Lots of the last two weeks with something missing, as they were judged last."""
    rows = completeness.listing().filter(lacking__gt=0, reported_at__gte=at - RECENT).order_by("reported_at")
    words = dict(GapKind.choices)
    for one in scoping.visible(rows, reader)[:MOST]:
        url = f"{reverse('traceability:lot-detail', args=[one.lot.number])}?tab=genealogy"
        missing = ", ".join(f"{words.get(kind, kind)} ({count})" for kind, count in one.gaps.items())
        yield Anomaly(one.lot.number, url, one.reported_at, missing)


@anomalies.register("spot", _("Finding of a spot check"), icon="list-search", action="spot-check.read")
def found(reader: Person, at: datetime) -> Iterator[Anomaly]:
    """What a spot check found and nobody answered yet."""
    rows = spot_checks.findings().filter(status=SpotFindingStatus.OPEN).order_by("due_at")
    for one in scoping.visible(rows, reader)[:MOST]:
        told = f"{one} · {one.spot_check}"
        yield Anomaly(one.lot.number, spot_checks.finding_url(one), one.spot_check.drawn_at, told, one.due_at)
