"""APQP on the screen: begun, handed over, delivered, its gate signed."""

import pytest
from django.test import Client
from django.urls import reverse

from qms.models import ApqpDeliverable, ApqpProject
from tests.factories import material
from tests.qms.commands.test_apqp import deliver_all, leader, project
from tests.qms.factories import PASSWORD, engineer

pytestmark = pytest.mark.django_db


def client(by):
    found = Client()
    found.force_login(by)
    return found


def test_a_project_is_begun_by_its_form():
    material("BOARD")
    days = {f"gate_{number}": f"2026-0{number}-28T12:00" for number in range(4, 9)}
    days = {f"gate_{number}": day for number, day in enumerate(days.values(), start=1)}

    answer = client(leader()).post(reverse("qms:apqp-create"), {
        "name": "Controller", "material": "BOARD", "level": "3", "owner": "LEAD", **days})

    made = ApqpProject.objects.get()
    assert (answer.url, made.phases.count()) == (reverse("qms:apqp-detail", args=[made.number]), 5)


def test_pages_are_drawn():
    made = project()
    one = ApqpDeliverable.objects.get(phase__project=made, proof="PV")
    names = [("apqp-list", []), ("apqp-create", []), ("apqp-deliverables", []), ("apqp-detail", [made.number]),
             ("apqp-deliverable", [one.pk])]

    statuses = {name: client(leader()).get(reverse(f"qms:{name}", args=args)).status_code for name, args in names}
    paper = client(leader()).get(reverse("plant:sheet", args=["apqpproject", made.pk]))

    assert statuses == dict.fromkeys(statuses, 200)
    assert paper["Content-Type"] == "application/pdf"


def test_a_deliverable_goes_from_hand_to_hand_and_its_gate_is_signed():
    made = project()
    one = made.phases.get(number=1).deliverables.first()
    page = client(leader())
    page.post(reverse("qms:apqp-assign", args=[one.pk]), {"owner": "LEAD", "due_at": "2026-04-01T12:00"})
    page.post(reverse("qms:apqp-deliver", args=[one.pk]), {"evidence": "DOC-7"})
    deliver_all(made.phases.get(number=1))
    boss = client(engineer("BOSS"))
    seen = boss.get(reverse("qms:apqp-detail", args=[made.number])).context["seen_hash"]

    boss.post(reverse("qms:apqp-pass-gate", args=[made.number]), {
        "reason": "Complete", "password": PASSWORD, "seen_hash": seen, "meaning": "APPROVED"})

    assert made.phases.get(number=1).status == "PASSED"
