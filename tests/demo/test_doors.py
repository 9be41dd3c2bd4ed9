"""The demonstration's keys, its webhook and the files that somebody brought."""

import pytest
from django.utils import timezone

from demo.seeds import doors
from integrations.models import Channel, EventFilter, FileImport
from plant.models import ApiKey, Role
from tests import factories
from tests.factories import person

pytestmark = pytest.mark.django_db


def test_every_door_has_something_to_show():
    factories.site(), factories.material("PCB-100")
    roles = {"admin": Role.ADMINISTRATOR, "warehouse": Role.WAREHOUSE, "planner": Role.PLANNER}
    doors.fill({number: person(number, role) for number, role in roles.items()}, timezone.now())

    assert ApiKey.objects.count() == len(doors.KEYS) + 1
    assert ApiKey.objects.filter(revoked_at__isnull=False).count() == 1
    assert set(EventFilter.objects.values_list("kind", flat=True)) == set(doors.HEARD)
    assert not Channel.objects.get().enabled
    assert set(FileImport.objects.values_list("status", flat=True)) == {"CHECKED"}
    assert all(row.refused for row in FileImport.objects.all())
