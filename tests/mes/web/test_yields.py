"""The page of yields: the products of finished work orders, as a page and as files."""

from decimal import Decimal

import pytest
from django.urls import reverse

from mes.commands import job_orders, reports
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories

pytestmark = pytest.mark.django_db
DAYS = {"from": str(NOW.date()), "to": str(NOW.date())}


@pytest.fixture
def ended():
    world = factories.world(5)
    world.ready(5)
    lot = world.outputs[0]
    for station in ("MOUNT", "OVEN", "TEST"):
        world.scan(lot.number, station)
        reports.report(station=world.stations[station], lot=lot, good=Decimal(5), by=world.operator, at=NOW)
    world.job.refresh_from_db()
    job_orders.complete(job_order=world.job, by=world.planner, at=NOW)
    return world


def get(client, **words):
    client.force_login(ground.person("P9", "VIEWER", language="en"))
    return client.get(reverse("mes:yield"), {**DAYS, **words})


def test_the_page_shows_each_operation_and_the_route(client, ended):
    page = get(client).content.decode()

    assert "Rolled throughput yield" in page
    assert page.count("100.0 %") == 4
    assert "status=COMPLETED&amp;ended_from=" in page or "status=COMPLETED&ended_from=" in page


def test_days_without_finished_orders_say_so(client, ended):
    page = get(client, **{"from": "2001-01-01", "to": "2001-01-02"}).content.decode()

    assert "No work order ended on these days" in page


@pytest.mark.parametrize(("kind", "begins"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
def test_it_is_a_file_too(client, ended, kind, begins):
    answer = get(client, format=kind)

    assert b"".join(answer.streaming_content).startswith(begins)
