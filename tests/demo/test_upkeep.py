"""The demonstration plant's machines are looked after: plans, parts, tools, a repair and a call from yesterday."""

import pytest
from django.utils import timezone

from demo.seeds import clock, ground, machines, process, upkeep
from mes.models import Andon, MaintenanceDue, MaintenanceOrder, SparePart, ToolMount
from plant.models import Equipment, Person

pytestmark = pytest.mark.django_db


def test_the_seed_fills_what_the_pages_show():
    now = timezone.now()
    ground.places(), ground.materials(), ground.people(now)
    process.parameters()
    machines.controllers()
    clock.calendars(now)
    people = [Person.objects.get(number=number) for number in ("maintenance", "operator", "leader")]

    upkeep.fill(*people, now)

    assert Andon.objects.get().status == "CLOSED"
    assert set(MaintenanceOrder.objects.values_list("status", flat=True)) >= {"DONE"}
    assert (SparePart.objects.count(), ToolMount.objects.count(), MaintenanceDue.objects.count()) == (3, 2, 4)
    assert Equipment.objects.get(code="L2-SCREW").state not in ("ALARM", "MAINTENANCE")
