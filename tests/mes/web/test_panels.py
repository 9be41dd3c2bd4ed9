"""The home of each role: what production shows there, and what it costs."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from mes.models import JobOrder, WorkRequest
from mes.queries import floor, planning
from plant.models import Role
from tests import factories as ground
from tests.mes import factories

pytestmark = pytest.mark.django_db
PANELS = ["order-figures", "output-figures", "late", "load", "shortages", "lines", "people", "mine", "queue", "jobs"]


def statements(act):
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def client_of(*roles):
    client = Client()
    client.force_login(ground.person("ME", *roles, language="en"))
    return client


@pytest.mark.parametrize("name", PANELS)
@pytest.mark.parametrize("is_empty", [True, False])
def test_every_panel_is_drawn(name, is_empty):
    if not is_empty:
        factories.world()

    answer = client_of(Role.OPERATOR, Role.PLANNER).get(f"/production/panels/{name}/")

    assert answer.status_code == 200


def test_a_late_work_order_is_counted_and_listed():
    job = factories.world().job
    planner, after = ground.person("P", Role.PLANNER), job.due_at + timedelta(hours=1)

    counted, listed = planning.figures(planner, at=after), planning.late(planner, at=after)

    assert counted.late == 1
    assert [row.number for row, _progress in listed] == [job.number]


def test_missing_material_is_what_orders_need_beyond_what_is_free():
    world = factories.world()
    WorkRequest.objects.update(quantity=1000)
    JobOrder.objects.filter(pk=world.job.pk).update(quantity=Decimal(1000))

    found = {row.code: row for row in planning.shortages([world.job.site_id], at=timezone.now())}

    assert found["SCREW"].wanted == 2000
    assert found["SCREW"].missing == 2000 - found["SCREW"].free


def test_the_load_of_a_line_is_its_slowest_operation():
    world = factories.world()

    (load, *_others) = planning.load([world.job.line])

    assert load.seconds == world.job.quantity * 10
    assert load.jobs == 1


def test_one_statement_tells_every_station():
    world = factories.world()

    assert statements(lambda: floor.stations([world.job.line])) == 1
    assert {row.code for row in floor.stations([world.job.line])} >= {"MOUNT", "OVEN", "TEST"}


def test_the_home_is_one_answer_and_costs_the_same_with_more_orders():
    factories.world()
    client = client_of(Role.PLANNER)
    with_one = statements(lambda: client.get("/"))

    JobOrder.objects.update(due_at=timezone.now() - timedelta(days=1))
    page = client.get("/").content.decode()

    assert "Late work orders" in page
    assert 'hx-trigger="load"' not in page
    assert statements(lambda: client.get("/")) <= with_one + 2
