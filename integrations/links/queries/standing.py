"""How connections do: backlog, lag, throughput, parked messages, and the state of the breaker."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Max, Min, Q, When
from django.db.models.functions import Greatest
from django.utils import timezone

from integrations.adapters.port import Refused
from integrations.links.limits import PARKED, TRIPS
from integrations.models import OPEN_STATES, Connection, Direction, Exchange, ExchangeStatus
from plant.metrics import Gauge, Samples
from plant.spoken import words

HOUR = timedelta(hours=1)
LATE = timedelta(minutes=15)
MOST_REFUSED = 5000
# What is sent in batches waits from its turn on; what was tried in vain, from when it was made.
WAITS_SINCE = Case(When(attempts__lte=1, then=Greatest("made_at", "next_at")), default="made_at")
CLOSED, HALF, OPEN = "CLOSED", "HALF", "OPEN"


@dataclass(frozen=True, slots=True)
class Standing:
    """One connection as it does now."""

    connection: Connection
    waiting: int = 0
    parked: int = 0
    last_hour: int = 0
    oldest: datetime | None = None
    last_done: datetime | None = None
    at: datetime | None = None

    @property
    def lag(self) -> timedelta:
        """How long the oldest waiting message has waited."""
        return self.at - self.oldest if self.oldest and self.at and self.at > self.oldest else timedelta(0)

    @property
    def breaker(self) -> str:
        """Closed: it is asked. Open: it rests after failures. Half open: the next single message tries."""
        row = self.connection
        if row.failures < TRIPS:
            return CLOSED
        return OPEN if row.rests_until and self.at and row.rests_until > self.at else HALF

    @property
    def state(self) -> str:
        """In one word: off, parked, failing, late, fine, or not used yet."""
        row = self.connection
        if not row.enabled:
            return "OFF"
        if row.failures >= TRIPS:
            return "FAILED"
        if self.parked:
            return "WARNING"
        if self.lag > LATE or row.failures:
            return "LATE"
        return "ONLINE" if row.last_ok_at or self.last_done else "UNKNOWN"


def of(connections: Iterable[Connection], at: datetime) -> list[Standing]:
    """How these connections do, in one statement."""
    known = list(connections)
    lately = Q(status=ExchangeStatus.DONE, done_at__gt=at - HOUR) | Q(status__in=OPEN_STATES)
    rows = Exchange.objects.filter(lately, connection__in=known).values("connection").order_by().annotate(
        waiting=Count("pk", filter=Q(status=ExchangeStatus.WAITING)),
        parked=Count("pk", filter=Q(status=ExchangeStatus.DEAD)),
        last_hour=Count("pk", filter=Q(done_at__gt=at - HOUR)),
        oldest=Min(WAITS_SINCE, filter=Q(status=ExchangeStatus.WAITING)), last_done=Max("done_at"),
    )
    found: dict[int, dict[str, Any]] = {row["connection"]: dict(row) for row in rows}
    for row in found.values():
        del row["connection"]
    return [Standing(one, at=at, **found.get(one.pk, {})) for one in known]


def refused(connection: Connection) -> list[Refused]:
    """What came and is parked, the first ones of it."""
    rows = Exchange.objects.filter(connection=connection, direction=Direction.IN, status=ExchangeStatus.DEAD)
    found = rows.order_by("seq").values_list("claim", "body", "last_error")
    some = found[:MOST_REFUSED]
    return [Refused(claim.removeprefix(PARKED), bytes(body), words(error)) for claim, body, error in some]


def waiting() -> Samples:
    """Messages on their way or parked, by connection, direction and state."""
    rows = Exchange.objects.filter(status__in=[ExchangeStatus.WAITING, ExchangeStatus.DEAD]).order_by()
    counted = rows.values_list("connection__code", "direction", "status").annotate(n=Count("pk"))
    return {(code, direction, status): float(n) for code, direction, status, n in counted}


def lag() -> Samples:
    """Seconds that the oldest waiting message of each connection has waited."""
    now = timezone.now()
    rows = Exchange.objects.filter(status=ExchangeStatus.WAITING).order_by()
    oldest = rows.values_list("connection__code", "direction").annotate(first=Min(WAITS_SINCE))
    return {(code, direction): max(0.0, (now - first).total_seconds()) for code, direction, first in oldest}


GAUGES = (
    Gauge("zhizao_exchanges", "Messages of connections on their way or parked.", waiting,
          ("connection", "direction", "state")),
    Gauge("zhizao_exchange_lag_seconds", "Age of the oldest waiting message of a connection.", lag,
          ("connection", "direction")),
)
