"""Figures about orders: attainment, lead times that add up, labour in work, steps, late orders with a forecast."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mes.commands import sessions
from mes.models import JobOrder, WorkRequest
from mes.queries import figures, promises
from mes.queries.figures import Asked
from plant.models import Equipment
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAYS = Asked((NOW - 2 * 24 * HOUR).date(), (NOW + 5 * 24 * HOUR).date())


@pytest.fixture
def world():
    """One lot of five, made in three hours of which it stood an hour at each operation and half an hour before two."""
    world = factories.world(5)
    world.ready(5)
    lot = world.outputs[0].number
    begins = {"MOUNT": NOW + HOUR, "OVEN": NOW + 2.5 * HOUR, "TEST": NOW + 4 * HOUR}
    for code, at in begins.items():
        world.scan(lot, code, at=at)
        world.scan(lot, code, at=at + HOUR)
    return world


def complete(world):
    JobOrder.objects.filter(pk=world.job.pk).update(status="COMPLETED", ended_at=NOW + 6 * HOUR)


def test_lead_time_divides_into_queue_run_and_wait(world):
    complete(world)
    lead = figures.leads(factories.planner(), DAYS, at=NOW + 9 * HOUR)[0]
    assert [round(part / 3600, 2) for part in (lead.lead, lead.queue, lead.run, lead.wait)] == [5, 2, 3, 0]
    assert sum(lead.share(part) for part in (lead.queue, lead.run, lead.wait)) == pytest.approx(100)


def test_attainment_counts_good_pieces_of_what_was_due(world):
    asked = Asked(DAYS.first, factories.LATER.date() + timedelta(days=1), by="line")
    found = figures.attained(factories.planner(), asked)[0]
    assert (found.key, found.planned, found.good, found.punctual, found.rate) == ("LINE", 5, 5, 5, 100)
    JobOrder.objects.update(due_at=NOW)
    late = figures.attained(factories.planner(), Asked(DAYS.first, DAYS.last, by="week"))[0]
    assert (late.good, late.punctual) == (5, 0)


def test_steps_tell_what_became_of_the_pieces(world):
    found = figures.steps(factories.planner(), DAYS)
    assert [(one.operation, one.pieces, one.share_good, one.each) for one in found] == [
        ("MOUNT", 5, 100, 720), ("OVEN", 5, 100, 720), ("TEST", 5, 100, 720),
    ]


def test_labour_books_time_with_a_lot_in_work_once(world):
    station = Equipment.objects.get(code="MOUNT")
    sessions.sign_on(station=station, person=world.operator, device="T1", at=NOW)
    sessions.sign_off(station=station, by=world.operator, at=NOW + 4 * HOUR)
    found = figures.labour([station.pk], DAYS, at=NOW + 9 * HOUR)
    assert [(one.key, one.signed_on / 3600, one.in_work / 3600) for one in found] == [("OP", 4, 1)]


@pytest.mark.parametrize(
    ("due", "state"), [(-HOUR, "LATE"), (timedelta(seconds=60), "AT_RISK"), (24 * HOUR, "IN_TIME")]
)
def test_orders_are_judged_by_promise_and_forecast(due, state):
    factories.world(10)
    WorkRequest.objects.update(due_at=NOW + due)
    found = promises.promises(factories.planner(), [ground.line()], at=NOW)[0]
    assert found.state == state
    assert found.ends_at == NOW + timedelta(seconds=100)


def test_without_a_line_there_is_no_forecast():
    factories.released()
    assert promises.promises(factories.planner(), [ground.line()], at=NOW)[0].state == "UNKNOWN"


@pytest.mark.parametrize("kind", ["late", "attainment", "lead", "steps", "labour"])
def test_every_figure_is_a_page_and_a_file(client, world, kind):
    complete(world)
    client.force_login(factories.planner())
    days = {"from": DAYS.first, "to": DAYS.last}
    url = reverse("mes:figures", args=[kind])
    assert client.get(url, days).status_code == 200
    for form in ("csv", "xlsx"):
        assert b"".join(client.get(url, {**days, "format": form}).streaming_content)


def test_figures_that_there_are_not(client):
    client.force_login(factories.planner())
    assert client.get(reverse("mes:figures", args=["x"])).status_code == 404
    assert client.get(reverse("mes:figures"), {"from": "2026-99-99", "line": "NO"}).status_code == 200
