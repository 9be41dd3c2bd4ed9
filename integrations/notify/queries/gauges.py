"""How the channels are doing, in numbers for Prometheus."""

from django.db.models import Count

from integrations.models import Message, MessageStatus
from plant.metrics import Gauge


def unsent() -> dict[tuple[str, ...], float]:
    """Messages on their way or given up, by state."""
    rows = Message.objects.exclude(status=MessageStatus.SENT).order_by().values_list("status").annotate(n=Count("pk"))
    counted = dict(rows)
    return {(str(state),): float(counted.get(state, 0)) for state in (MessageStatus.WAITING, MessageStatus.DEAD)}


GAUGES = (Gauge("zhizao_messages", "Messages on their way or given up.", unsent, ("state",)),)
