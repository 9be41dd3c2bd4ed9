"""How the poller is doing, in numbers for Prometheus."""

from integrations.models import PlcHealth
from plant.metrics import Gauge


def backlog() -> dict[tuple[str, ...], float]:
    """Batches of readings that wait on the poller's disk for the database, as each controller's poller wrote down."""
    rows = PlcHealth.objects.order_by("plc__code").values_list("plc__code", "backlog")
    return {(code,): float(waiting) for code, waiting in rows}


GAUGES = (Gauge("zhizao_poller_backlog", "Records that wait in the poller's spool.", backlog, ("plc",)),)
