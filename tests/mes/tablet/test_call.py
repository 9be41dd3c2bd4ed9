"""A station calls for material."""

import pytest
from django.urls import reverse

from plant.models import JournalEntry
from tests import factories as ground
from tests.mes import factories
from tests.mes.tablet.test_station import badge, scan, sign_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client):
    made = factories.world()
    badge(made.operator)
    sign_on(client, "B-OP")
    scan(client, made.job.number)
    scan(client, made.outputs[0].number)
    return made


def test_the_form_offers_what_the_lot_lacks(client, world):
    page = client.get(reverse("station:call", args=["MOUNT"])).content.decode()

    assert 'value="5"' in page


def test_a_round_quantity_is_written_as_people_do(client, world):
    scan(client, world.blank.number)

    assert 'value="10"' in client.get(reverse("station:call", args=["MOUNT"])).content.decode()


def test_a_call_is_journalled(client, world):
    form = {"material": world.screws.material.pk, "quantity": "40", "note": "Empty"}
    answer = client.post(reverse("station:call", args=["MOUNT"]), form)

    assert answer.status_code == 302
    assert JournalEntry.objects.get(kind="joborder.short").data["material"] == "SCREW"


def test_a_strange_material_is_refused(client, world):
    form = {"material": ground.material("NUT").pk, "quantity": "1"}

    assert client.post(reverse("station:call", args=["MOUNT"]), form).status_code == 409
