"""What quality adds to the page of a machine: calibrations of its sensors and gauges, and its nonconformances."""

from typing import Any

from django.utils import timezone

from plant.models import Equipment, Person
from qms.models import NonconformanceStatus
from qms.queries import gauge_register, machine_page
from qms.web.gauges import LOOKS
from qms.web.sensors import TONES, standing
from traceability import equipment_parts


def of_machine(equipment: Equipment, person: Person) -> dict[str, Any]:
    """Each sensor with how it stands now, and how many nonconformances are not closed."""
    at, found = timezone.now(), machine_page.of_machine(equipment, person)
    if sensors := found.get("sensors"):
        found["sensors"] = [(one, *TONES[standing(one, at)]) for one in sensors]
    if gauges := found.get("gauges"):
        found["gauges"] = [(one, *LOOKS[gauge_register.standing(one, at)]) for one in gauges]
    if cases := found.get("cases"):
        found["open"] = sum(one.status != NonconformanceStatus.CLOSED for one in cases)
    return found


equipment_parts.register("qms/machine/page.html", of_machine)
