"""How the record book is doing, in numbers for Prometheus."""

from django.db import connection

from plant.metrics import Gauge
from plant.models import Delivery, Person

# An estimate: counting millions of entries at each scrape would cost more than it tells.
ENTRIES = "SELECT coalesce(max(id), 0) FROM plant_journalentry"


def journal_entries() -> float:
    """The newest entry's id: how many were written, give or take what was rolled back."""
    with connection.cursor() as cursor:
        cursor.execute(ENTRIES)
        return float(cursor.fetchone()[0])


def deliveries_waiting() -> float:
    """News that no subscriber has taken yet."""
    return float(Delivery.objects.filter(delivered_at__isnull=True).count())


def blocked_badges() -> float:
    """Badges blocked after wrong PINs."""
    return float(Person.objects.filter(pin_failures__gte=5).count())


GAUGES = (
    Gauge("zhizao_journal_entries", "Journal entries written.", journal_entries, counts=True),
    Gauge("zhizao_deliveries_waiting", "Journal deliveries not yet taken.", deliveries_waiting),
    Gauge("zhizao_badges_blocked", "Badges blocked after wrong PINs.", blocked_badges),
)
