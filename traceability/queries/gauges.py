"""How much is held and how much was read, in numbers for Prometheus."""

from django.db import connection
from django.db.models import Count

from plant.metrics import Gauge
from traceability.models import Hold, TargetKind

# What the server counts of itself: looking at every reading at each scrape would cost more than it tells.
READINGS = """
SELECT coalesce(sum(s.n_live_tup), 0) FROM pg_inherits i JOIN pg_stat_user_tables s ON s.relid = i.inhrelid
WHERE i.inhparent = 'traceability_reading'::regclass
"""


def open_holds() -> dict[tuple[str, ...], float]:
    """Holds that stand, by what they stop."""
    rows = Hold.objects.filter(released_at__isnull=True).order_by().values_list("target_kind")
    found = dict(rows.annotate(n=Count("pk")))
    return {(kind,): float(found.get(kind, 0)) for kind in TargetKind.values}


def readings_stored() -> float:
    """About how many readings the day tables hold."""
    with connection.cursor() as cursor:
        cursor.execute(READINGS)
        return float(cursor.fetchone()[0])


GAUGES = (
    Gauge("zhizao_holds_open", "Holds that stand, by what they stop.", open_holds, ("target",)),
    Gauge("zhizao_readings_stored", "Readings stored, as the database server estimates them.", readings_stored),
)
