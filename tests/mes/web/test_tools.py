"""Tools on the screen: mounted, taken off, renewed, and listed with the station."""

import pytest
from django.urls import reverse

from mes.models import ToolMount
from tests import factories as ground
from tests.mes.commands.test_tools import mount, tool

pytestmark = pytest.mark.django_db


@pytest.fixture
def maintenance(client):
    client.force_login(ground.person("P9", "MAINTENANCE", language="en"))
    return client


def post(client, act, **sent):
    return client.post(reverse(f"mes:tool-{act}", args=["MOULD-1"]), sent)


def test_mount_take_off_and_renew(maintenance):
    tool(), ground.station("MOUNT")

    assert post(maintenance, "mount", station="MOUNT").status_code == 302
    assert post(maintenance, "renew", reason="Reground").status_code == 409
    assert post(maintenance, "take-off", reason="").status_code == 422
    post(maintenance, "take-off", reason="Change")
    assert post(maintenance, "renew", reason="Reground").status_code == 302
    assert ToolMount.objects.get().reason == "Change"


def test_the_list_and_the_pages_show_where_it_is(maintenance):
    mount(tool())

    for address in (
        reverse("mes:tool-list"), reverse("mes:tool-detail", args=["MOULD-1"]),
        reverse("traceability:equipment-history", args=["MOUNT"]),
    ):
        page = maintenance.get(address).content.decode()
        assert "MOULD-1" in page
        assert "MOUNT" in page
