"""Every page of production opens, at one row and at many with the same number of statements, and its acts act."""

import pytest
from django.urls import reverse

from mes.models import JobOrder, WorkRequest
from tests import factories as ground
from tests.mes import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(client):
    client.force_login(factories.planner())
    return client


def pages(world: factories.World) -> list[str]:
    return [
        reverse("mes:work-request-list"), reverse("mes:work-request-create"),
        reverse("mes:work-request-detail", args=[world.job.work_request.number]), reverse("mes:job-order-list"),
        reverse("mes:job-order-detail", args=[world.job.number]),
        reverse("mes:job-order-sheet", args=[world.job.number]),
        reverse("mes:job-order-code", args=[world.job.number]), reverse("mes:dispatch"), reverse("mes:wip"),
        reverse("mes:wall-list"), reverse("mes:wall", args=["LINE"]), reverse("mes:panel-jobs"),
        reverse("mes:station-code", args=["MOUNT"]), reverse("station:choose"),
    ]


def test_pages_open(planner):
    world = factories.world()
    world.ready()
    world.scan(world.outputs[0].number)
    assert {url: planner.get(url).status_code for url in pages(world)} == dict.fromkeys(pages(world), 200)


def test_pages_open_on_an_empty_plant(planner):
    for name in ("work-request-list", "job-order-list", "dispatch", "wip", "wall-list", "panel-jobs"):
        assert planner.get(reverse(f"mes:{name}")).status_code == 200


def test_pages_refuse_somebody_who_may_not_plan(client):
    world = factories.world()
    client.force_login(ground.person("V", "VIEWER"))

    answer = client.post(reverse("mes:job-order-pause", args=[world.job.number]), {"reason": "x"})

    assert answer.status_code == 403


@pytest.mark.parametrize("name", ["work-request-list", "job-order-list", "dispatch", "wip"])
def test_lists_need_the_same_statements_for_many_rows(planner, name, django_assert_max_num_queries):
    factories.world()
    url = reverse(f"mes:{name}")
    planner.get(url)
    with django_assert_max_num_queries(60) as few:
        planner.get(url)
    for number in ("PO2", "PO3", "PO4"):
        factories.order(number=number)

    with django_assert_max_num_queries(len(few)):
        planner.get(url)


def test_dispatch_board_needs_the_same_statements_for_many_work_orders(planner, django_assert_max_num_queries):
    factories.released()
    planner.get(reverse("mes:dispatch"))
    with django_assert_max_num_queries(60) as few:
        planner.get(reverse("mes:dispatch"))
    request = WorkRequest.objects.get()
    WorkRequest.objects.update(quantity=20)
    JobOrder.objects.bulk_create(
        JobOrder(number=f"X{count}", work_request=request, work_master=JobOrder.objects.first().work_master,
                 quantity=1, status="RELEASED", site=request.site, planned_at=request.due_at,
                 due_at=request.due_at) for count in range(5)
    )

    with django_assert_max_num_queries(len(few)):
        planner.get(reverse("mes:dispatch"))


def test_planner_brings_an_order_to_a_line(planner):
    for code in ("MOUNT", "OVEN", "TEST"):
        ground.station(code)
    order = factories.order()
    planner.post(reverse("mes:work-request-release", args=[order.number]))
    job = JobOrder.objects.get()
    planner.post(reverse("mes:job-order-release", args=[job.number]), {"despite_shortage": "It comes today."})

    form = {"line": ground.line().pk, "despite_shortage": "It comes today."}
    answer = planner.post(reverse("mes:job-order-dispatch", args=[job.number]), form)

    assert answer.status_code == 302
    assert JobOrder.objects.get().status == "DISPATCHED"


def test_create_enters_an_order(planner):
    factories.order()
    material = ground.material("BOARD")
    form = {"number": "PO9", "material": material.pk, "quantity": "3", "due_at": "2026-12-01T08:00", "priority": 5}

    answer = planner.post(reverse("mes:work-request-create"), form)

    assert (answer.status_code, WorkRequest.objects.get(number="PO9").quantity) == (302, 3)


def test_explode_plans_by_the_day(planner):
    order = factories.order(10)
    form = {"quantity_each": "4", "start_at": "2026-12-01T08:00"}

    planner.post(reverse("mes:work-request-explode", args=[order.number]), form)

    assert [job.quantity for job in JobOrder.objects.order_by("pk")] == [4, 4, 2]


def test_search_finds_orders(planner):
    world = factories.world()

    answer = planner.get(reverse("plant:search"), {"q": world.job.number})

    assert (answer.status_code, answer.url) == (302, reverse("mes:job-order-detail", args=[world.job.number]))
