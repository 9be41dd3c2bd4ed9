"""Production orders: taken once, changed while open, made into work orders."""

from datetime import timedelta
from decimal import Decimal

import pytest

from mes.commands import work_requests
from mes.models import JobOrder, WorkRequest
from plant.models import JournalEntry
from tests.factories import NOW
from tests.mes import factories

pytestmark = pytest.mark.django_db


def test_receive_twice_makes_one_and_journals_once():
    [factories.order() for _ in range(2)]

    assert WorkRequest.objects.count() == 1
    assert list(JournalEntry.objects.values_list("kind", flat=True)) == ["workrequest.received"]


def test_receive_changes_an_open_order():
    factories.order(10)
    factories.order(12)

    assert WorkRequest.objects.get().quantity == 12


def test_receive_refuses_to_change_a_released_order():
    work_requests.release(work_request=factories.order(10), by=factories.planner(), at=NOW)

    with pytest.raises(work_requests.OrderSettled):
        factories.order(12)


def test_release_pins_the_effective_revision():
    work_requests.release(work_request=factories.order(10), by=factories.planner(), at=NOW)

    job = JobOrder.objects.get()
    assert (job.quantity, str(job.work_master)) == (10, "BOARD / 1")


def test_explode_cuts_by_the_day():
    jobs = work_requests.explode(
        work_request=factories.order(10), quantity_each=Decimal(4), start_at=NOW, by=factories.planner(), at=NOW
    )

    assert [job.quantity for job in jobs] == [4, 4, 2]
    assert jobs[2].planned_start_at - jobs[0].planned_start_at == timedelta(days=2)


def test_cancel_refuses_while_a_work_order_is_open():
    order = work_requests.release(work_request=factories.order(10), by=factories.planner(), at=NOW)

    with pytest.raises(work_requests.OrderSettled):
        work_requests.cancel(work_request=order, reason="No", by=factories.planner(), at=NOW)
