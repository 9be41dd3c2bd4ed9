"""Writing down how each controller is doing, for the page that shows it."""

from collections.abc import Mapping
from datetime import datetime

from integrations.models import Plc, PlcHealth
from integrations.plc.reader import Health
from integrations.plc.tags import moment

FIELDS = ["state", "last_ok_at", "polls", "errors", "latency_ms", "last_error", "backlog", "told", "updated_at"]


def write_down(*, found: Mapping[str, Health], backlog: int, at: datetime) -> None:
    """Keep the poller's latest word on each controller; what it said before is forgotten."""
    keys = dict(Plc.objects.filter(code__in=found).values_list("code", "pk"))
    rows = [
        PlcHealth(
            plc_id=keys[code],
            state=health.state,
            last_ok_at=None if health.last_ok_us is None else moment(health.last_ok_us),
            polls=health.polls,
            errors=health.errors,
            latency_ms=health.latency_ms,
            last_error=health.last_error[:300],
            backlog=backlog,
            told=health.told,
            updated_at=at,
        )
        for code, health in found.items()
        if code in keys
    ]
    PlcHealth.objects.bulk_create(rows, update_conflicts=True, unique_fields=["plc"], update_fields=FIELDS)
