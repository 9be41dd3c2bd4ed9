"""The demonstration's other systems: messages in every state, one mapping each way, a difference."""

import pytest
from django.contrib.auth.hashers import make_password

from demo.data import ground
from demo.seeds import joined
from integrations.links.queries import standing
from integrations.models import Connection, Difference, Exchange, Mapping
from plant.models import Role
from tests.factories import NOW, person
from tests.mes import factories as mes

pytestmark = pytest.mark.django_db


def test_messages_lie_there_in_every_state():
    mes.released()
    secret = {"password": make_password(ground.PASSWORD)}
    people = {"integrator": person("integrator", Role.INTEGRATOR, **secret),
              "manager": person("manager", Role.QUALITY_MANAGER, **secret)}
    joined.fill(people, NOW)
    assert set(Exchange.objects.values_list("direction", "status")) == {
        ("IN", "DONE"), ("IN", "DEAD"), ("OUT", "DONE"), ("OUT", "DEAD"), ("OUT", "WAITING"),
    }
    assert set(Mapping.objects.values_list("status", flat=True)) == {"EFFECTIVE"}
    assert Exchange.objects.filter(proposed_by=people["integrator"]).count() == 1
    assert Difference.objects.count() <= 1
    states = {one.connection.code: one.state for one in standing.of(Connection.objects.all(), NOW)}
    assert (states["sap"], states["wms"]) == ("WARNING", "UNKNOWN")
