"""The pages that change an open work order: what changes is shown, signed, and said why not."""

import pytest
from django.urls import reverse

from mes.models import JobOrder, WorkMaster
from tests import factories as ground
from tests.mes import factories
from tests.mes import revisions_world as revised

pytestmark = pytest.mark.django_db


@pytest.fixture
def planner(client):
    client.force_login(factories.planner())
    return client


def url(job, name):
    return reverse(f"mes:job-order-{name}", args=[job.number])


def test_what_changes_is_shown_and_signed(planner):
    world = factories.world(10)
    to = revised.with_washing(world.job.work_master)
    page = planner.get(url(world.job, "revision"))
    assert "WASH" in page.content.decode()
    assert page.context["why_not"] == ""

    sent = {"to": to.pk, "seen_hash": page.context["seen_hash"], "password": ground.PASSWORD, "reason": "Dirt"}
    planner.post(url(world.job, "revise"), sent)

    assert JobOrder.objects.get().work_master == to


def test_a_refused_signature_opens_again(planner):
    world = factories.world(10)
    to = revised.with_washing(world.job.work_master)

    page = planner.post(url(world.job, "revise"), {"to": to.pk, "password": "no", "reason": "Dirt"})

    assert page.status_code == 409
    assert page.context["dialogs"].opened == {"revise": True}


def test_why_it_can_not_go_there_stands_at_the_button(planner):
    world = factories.world(5)
    world.ready(5)
    for _ in range(2):
        world.scan(world.outputs[0].number)
    revised.without_oven(world.job.work_master)

    assert "OVEN" in planner.get(url(world.job, "revision")).context["why_not"]


def test_without_another_revision_the_page_says_so(planner):
    job = factories.world(5).job

    page = planner.get(url(job, "revision"))

    assert page.context["change"] is None
    assert page.context["why_not"]


def test_an_operation_is_added_from_the_page(planner):
    job = factories.world(5).job
    dry = ground.station("DRY")
    sent = {"after": "MOUNT", "code": "DRY", "name": "Dry", "stations": [dry.pk], "reason": "Wet"}

    planner.post(url(job, "add-operation"), sent)

    page = planner.get(url(job, "detail"))
    assert "BOARD / 1" in page.content.decode()
    assert WorkMaster.objects.get(code=job.number).segments.get(code="DRY").stations.get() == dry


def test_a_running_order_is_split_and_closed_short_from_the_page(planner):
    world = factories.world(20)
    world.scan(world.outputs[0].number)

    planner.post(url(world.job, "split"), {"quantity": "5", "reason": "Two lines"})
    planner.post(url(world.job, "close-short"), {"reason": "Less"})

    assert sorted(JobOrder.objects.values_list("quantity", "status")) == [
        (5, "RELEASED"), (5, "RUNNING"), (10, "CANCELLED")
    ]
