"""How the charts are doing, in numbers for Prometheus."""

from django.db.models import ExpressionWrapper, F, Max
from django.db.models.fields import DurationField

from plant.metrics import Gauge
from spc.models import ControlChart, Violation
from spc.queries import violations

BEHIND = ExpressionWrapper(F("stream__last_at") - F("evaluated_at"), DurationField())


def open_violations() -> float:
    """Violations that nobody has acknowledged."""
    return float(violations.counts(Violation.objects.all())["open"])


def running_violations() -> float:
    """Charts that are out of control."""
    return float(violations.counts(Violation.objects.all())["running"])


def evaluation_lag() -> float:
    """Seconds of readings that the slowest active chart has not judged yet."""
    rows = ControlChart.objects.filter(active=True, evaluated_at__lt=F("stream__last_at"))
    worst = rows.aggregate(worst=Max(BEHIND))["worst"]
    return worst.total_seconds() if worst else 0.0


GAUGES = (
    Gauge("zhizao_violations_open", "Violations that nobody has acknowledged.", open_violations),
    Gauge("zhizao_charts_out_of_control", "Charts that are out of control.", running_violations),
    Gauge("zhizao_evaluation_lag_seconds", "Readings that the slowest chart has not judged yet.", evaluation_lag),
)
