"""Maintenance on the screen: from a call to a signature, the lists, spare parts, and the page of the machine."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from mes.commands import machines, spare_parts
from mes.models import MaintenanceOrder, MaintenanceStep, SparePart
from mes.queries import maintenance
from plant.commands import signatures
from plant.models import Equipment
from plant.queries.persons import system
from tests import factories as ground
from tests.factories import NOW, PASSWORD
from tests.mes.commands.test_andon import answered, call
from tests.mes.commands.test_maintenance import begun, finish, mechanic, opened, plan
from tests.mes.commands.test_maintenance_plans import judge

pytestmark = pytest.mark.django_db


def signed_in(client, *roles):
    client.force_login(ground.person("P9", *roles, language="en"))
    return client


def post(client, act, order, **sent):
    return client.post(reverse(f"mes:maintenance-{act}", args=[order.number]), sent)


def test_a_call_gets_a_work_order_that_is_done_and_the_machine_is_back(client):
    found = answered()
    signed_in(client, "MAINTENANCE").post(reverse("mes:andon-work-order", args=[found.pk]))
    order = MaintenanceOrder.objects.get(andon=found)
    client.post(reverse("mes:andon-close", args=[found.pk]), {"assignable_cause": "Belt", "action_taken": "New"})

    post(client, "start", order)
    assert Equipment.objects.get(code="MOUNT").state == "MAINTENANCE"
    assert post(client, "finish", order, findings="Belt worn", hours="1.5").status_code == 302

    order.refresh_from_db()
    assert (order.status, order.hours, Equipment.objects.get(code="MOUNT").state) == ("DONE", Decimal("1.5"), "IDLE")


def test_the_checklist_and_parts_are_on_the_page(client):
    made = plan()
    step = MaintenanceStep.objects.create(plan=made, position=1, text="Oil the spindle")
    part = SparePart.objects.create(code="BELT", name="Belt")
    spare_parts.book(part=part, quantity=3, reason="Delivery", by=mechanic(), at=NOW)
    order = begun(plan=made)

    signed_in(client, "MAINTENANCE")
    post(client, "tick", order, step=step.pk)
    post(client, "take", order, part="BELT", quantity="2")

    page = client.get(reverse("mes:maintenance-detail", args=[order.number])).content.decode()
    assert "Oil the spindle" in page
    assert SparePart.objects.get().stock == 1
    assert post(client, "take", order, part="BELT", quantity="5").status_code == 409


def test_it_is_signed_off_on_the_page(client):
    order = finish(begun())
    seen = signatures.content_hash(maintenance.seen(order))
    sent = {"reason": "Looked", "password": PASSWORD, "seen_hash": seen}

    assert post(signed_in(client, "TEAM_LEADER"), "sign-off", order, **sent).status_code == 302
    assert MaintenanceOrder.objects.get().status == "CLOSED"


def test_opened_by_hand_handed_over_and_called_off(client):
    ground.station("MOUNT")
    signed_in(client, "TEAM_LEADER").post(reverse("mes:maintenance-open"), {"equipment": "MOUNT", "title": "Noise"})
    order = MaintenanceOrder.objects.get()
    post(client, "assign", order, to=mechanic().pk)
    post(client, "cancel", order, reason="It was the radio")

    order.refresh_from_db()
    assert (order.owner.number, order.status) == ("MT", "CANCELLED")


@pytest.mark.parametrize("name", ["maintenance-list", "maintenance-due-list", "part-list"])
def test_lists_open(client, name):
    plan(), judge(31)
    SparePart.objects.create(code="BELT", name="Belt", minimum=2)

    page = signed_in(client, "VIEWER").get(reverse(f"mes:{name}")).content.decode()
    assert {"maintenance-list": "Lubricate", "maintenance-due-list": "104", "part-list": "BELT"}[name] in page


def test_a_part_is_booked_on_its_page(client):
    SparePart.objects.create(code="BELT", name="Belt", minimum=2)
    url = reverse("mes:part-book", args=["BELT"])

    signed_in(client, "WAREHOUSE").post(url, {"quantity": "5", "reason": "Delivery"})
    assert client.post(url, {"quantity": "-9", "reason": "Count"}).status_code == 409

    page = client.get(reverse("mes:part-detail", args=["BELT"])).content.decode()
    assert "Delivery" in page


def test_the_page_of_a_machine_tells_all_of_it(client):
    plan(), judge(31), call()
    opened(title="Noise in the gearbox")
    machines.observe_state(equipment=ground.station("MOUNT"), state="RUNNING", by=system("plc"), at=timezone.now())

    page = signed_in(client, "VIEWER").get(reverse("traceability:equipment-history", args=["MOUNT"])).content.decode()
    for word in ("Lubricate", "Noise in the gearbox", "Andon calls", "MTBF", "Last states"):
        assert word in page


def test_the_desk_shows_what_waits(client):
    opened(title="Noise"), finish(begun(title="Belt"))

    inbox = signed_in(client, "MAINTENANCE").get(reverse("plant:inbox")).content.decode()
    assert "Noise" in inbox
    assert "Belt" in inbox
