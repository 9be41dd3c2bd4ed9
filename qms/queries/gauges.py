"""How much quality has to decide, in numbers for Prometheus."""

from django.db.models import Count

from plant.metrics import Gauge
from qms.models import Nonconformance
from qms.queries.nonconformances import OPEN


def open_nonconformances() -> dict[tuple[str, ...], float]:
    """Nonconformances that are not closed, by state."""
    rows = Nonconformance.objects.filter(status__in=OPEN).order_by().values_list("status")
    found = dict(rows.annotate(n=Count("pk")))
    return {(str(state),): float(found.get(state, 0)) for state in OPEN}


GAUGES = (
    Gauge("zhizao_nonconformances_open", "Nonconformances that are not closed.", open_nonconformances, ("status",)),
)
