"""The pages of kitting: what is short, what if, releasing with a reason, and calling from the station."""

from decimal import Decimal

import pytest
from django.urls import reverse

from mes.commands import plans
from mes.models import JobOrder
from tests import factories as ground
from tests.factories import NOW
from tests.mes import bills_world as bill
from tests.mes import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(client):
    client.force_login(factories.planner())
    return client


def planned(number="PO1", quantity=10):
    for code in ("MOUNT", "OVEN", "TEST"):
        ground.station(code)
    order = factories.order(quantity, number=number)
    return plans.plan(
        work_request=order, quantity=Decimal(quantity), due_at=factories.LATER, by=factories.planner(), at=NOW
    )


def test_the_list_says_what_is_short(planner):
    ground.received("PCB-1", 10)
    planned()

    page = planner.get(reverse("mes:kitting"))

    assert [(one.material.code, one.missing) for one in page.context["short"]] == [("SCREW", 20)]


def test_the_list_needs_the_same_statements_for_many(planner, django_assert_max_num_queries):
    planned()
    planner.get(reverse("mes:kitting"))
    with django_assert_max_num_queries(45) as few:
        planner.get(reverse("mes:kitting"))
    for number in ("PO2", "PO3", "PO4"):
        planned(number)

    with django_assert_max_num_queries(len(few)):
        planner.get(reverse("mes:kitting"))


def test_what_if_changes_nothing(planner):
    ground.received("PCB-1", 10)
    ground.received("SCREW-1", 8, material=ground.material("SCREW"))
    planned()
    bill.allow("SCREW-B")
    url = reverse("mes:job-order-kitting", args=[JobOrder.objects.get().number])

    assert [line.material.code for line in planner.get(url).context["kit"].short] == ["SCREW"]
    assert planner.get(url, {"quantity": "4"}).context["kit"].short == []
    assert JobOrder.objects.get().quantity == 10


def test_release_asks_for_a_reason_when_short(planner):
    job = planned()
    url = reverse("mes:job-order-release", args=[job.number])

    refused = planner.post(url)
    planner.post(url, {"despite_shortage": "Truck at noon."})

    assert refused.status_code == 409
    assert JobOrder.objects.get().status == "RELEASED"


def test_orders_are_split_and_joined_on_the_page(planner):
    job = planned()
    planner.post(reverse("mes:job-order-split", args=[job.number]), {"quantity": "4", "reason": "Two shifts"})
    other = JobOrder.objects.exclude(pk=job.pk).get()
    assert other.quantity == 4

    answer = planner.post(reverse("mes:job-order-merge", args=[job.number]), {"others": [other.pk], "reason": "One"})

    assert answer.status_code == 302
    assert sorted(JobOrder.objects.values_list("status", "quantity")) == [("CANCELLED", 4), ("PLANNED", 10)]


def test_an_order_is_planned_for_several_lines_and_closed_short(planner):
    order = factories.order(10)
    lines = [ground.line("LINE1").pk, ground.line("LINE2").pk]
    form = {"quantity_each": "5", "start_at": "2026-12-01T08:00", "lines": lines}
    planner.post(reverse("mes:work-request-explode", args=[order.number]), form)
    planner.post(reverse("mes:work-request-release", args=[order.number]))
    planner.post(reverse("mes:work-request-expedite", args=[order.number]), {"priority": "3", "reason": "Late"})

    planner.post(reverse("mes:work-request-close-short", args=[order.number]), {"reason": "Customer"})

    order.refresh_from_db()
    assert (order.status, order.priority) == ("COMPLETED", 3)
    assert set(JobOrder.objects.values_list("line__code", "status")) == {("LINE1", "CANCELLED"), ("LINE2", "CANCELLED")}
