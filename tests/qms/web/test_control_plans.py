"""Beginning a control plan at the screen."""

import pytest
from django.test import Client
from django.urls import reverse

from qms.models import ControlPlan
from tests.factories import material
from tests.qms import planning as make

pytestmark = pytest.mark.django_db


def test_a_plan_is_begun_once_and_its_page_follows():
    client, words = Client(), {"code": "CP-9", "name": "Board", "material": material().code, "stage": "PRODUCTION"}
    client.force_login(make.author())
    door = reverse("qms:control-plan-create")

    done = client.post(door, words)
    plan = ControlPlan.objects.get(code="CP-9")
    assert (done.status_code, done.url) == (302, reverse("qms:control-plan-detail", args=[plan.pk]))

    again = client.post(door, words)
    assert (again.status_code, ControlPlan.objects.filter(code="CP-9").count()) == (409, 1)
