"""The demonstration's other systems: messages in every state, one mapping each way, a difference."""

import pytest
from django.contrib.auth.hashers import make_password

from demo.data import ground
from demo.seeds import joined
from integrations.links.queries import history, standing
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
    person("planner", Role.PLANNER)
    warehouse = person("warehouse", Role.WAREHOUSE)
    joined.fill(people, NOW)
    assert set(Exchange.objects.values_list("direction", "status")) == {
        ("IN", "DONE"), ("IN", "DEAD"), ("OUT", "DONE"), ("OUT", "DEAD"), ("OUT", "WAITING"),
    }
    assert set(Mapping.objects.values_list("status", flat=True)) == {"EFFECTIVE", "DRAFT"}
    assert Exchange.objects.filter(proposed_by=people["integrator"]).count() == 1
    assert Difference.objects.get(measure="STOCK").owner == warehouse
    erp = Connection.objects.get(code="sap")
    assert [one.works for one in history.tests(erp)] == [True, False, True]
    assert [one.version for one in history.versions(erp)] == ["2023 FPS02", "2023 FPS01"]
    assert len(history.untried(erp, history.versions(erp))) == 2
    states = {one.connection.code: one.state for one in standing.of(Connection.objects.all(), NOW)}
    assert (states["sap"], states["wms"]) == ("WARNING", "UNKNOWN")
