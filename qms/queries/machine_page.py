"""What quality knows of a machine, for its page: its sensors with their calibrations, and its nonconformances."""

from typing import Any

from django.db.models import Case, F, IntegerField, Q, Value, When

from plant import policies, scoping
from plant.models import Equipment, Person
from qms.models import Gauge, GaugeLoan, Nonconformance, NonconformanceStatus, Sensor
from qms.queries import gauge_register, sensors

MOST = 30
OPEN_FIRST = Case(
    When(status=NonconformanceStatus.CLOSED, then=Value(1)), default=Value(0), output_field=IntegerField()
)


def _within(equipment: Equipment, path: str = "equipment") -> Q:
    """Rows of a place, and of what stands in it."""
    return Q(**{path: equipment}) | Q(**{f"{path}__parent": equipment}) | Q(**{f"{path}__parent__parent": equipment})


def sensors_of(equipment: Equipment, person: Person) -> list[Sensor]:
    """The sensors that measure there and are in use, what is due first."""
    there = _within(equipment) | _within(equipment, "streams__equipment")
    rows = sensors.listing().filter(pk__in=Sensor.objects.filter(there, active=True).values("pk"))
    return list(scoping.visible(rows, person).order_by(F("start").asc(nulls_first=True), "code")[:MOST])


def gauges_of(equipment: Equipment, person: Person) -> list[Gauge]:
    """The gauges that are kept or stand there, what is due first."""
    lent = GaugeLoan.objects.filter(_within(equipment, "station"), returned_at__isnull=True)
    rows = gauge_register.listing().filter(_within(equipment) | Q(pk__in=lent.values("gauge")), active=True)
    return list(scoping.visible(rows, person).order_by(F("start").asc(nulls_first=True), "code")[:MOST])


def cases_of(equipment: Equipment, person: Person) -> list[Nonconformance]:
    """The nonconformances found there: open ones first, then the newest."""
    rows = Nonconformance.objects.filter(_within(equipment))
    return list(scoping.visible(rows, person).order_by(OPEN_FIRST.asc(), "-opened_at", "-pk")[:MOST])


def of_machine(equipment: Equipment, person: Person) -> dict[str, Any]:
    """What somebody may see of it; nothing where there is nothing."""
    found: dict[str, list[Any]] = {
        "sensors": sensors_of(equipment, person) if policies.may(person, "sensor.read") else [],
        "gauges": gauges_of(equipment, person) if policies.may(person, "gauge.read") else [],
        "cases": cases_of(equipment, person) if policies.may(person, "nonconformance.read") else [],
    }
    return {key: rows for key, rows in found.items() if rows}
