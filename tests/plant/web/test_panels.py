"""The home page's panels: how the system does, and that one panel spoils no other."""

import pytest
import redis
from django.conf import settings
from django.test import Client, RequestFactory
from django.utils import timezone

from plant.models import Role
from plant.panels import Panel
from plant.permissions import ACTIONS
from plant.queries import system
from plant.web import cards
from tests import factories

pytestmark = pytest.mark.django_db


def client_of(*roles):
    client = Client()
    client.force_login(factories.person("ME", *roles, language="en"))
    return client


@pytest.mark.parametrize("role", sorted(ACTIONS["home.view"] & set(Role.values)))
def test_every_role_has_a_home_in_one_answer(role):
    page = client_of(role).get("/")

    assert page.status_code == 200
    assert 'hx-trigger="load"' not in page.content.decode()


def test_the_administrator_sees_processes_queues_disk_and_backup():
    page = client_of(Role.ADMINISTRATOR).get("/").content.decode()

    for word in ("Processes", "Tasks in the queues", "Disk free", "Last backup", "/admin/health/"):
        assert word in page


def test_the_state_of_the_system_is_told():
    with redis.Redis.from_url(settings.REDIS_URL) as broker:
        broker.delete(*system.QUEUES)  # what other tests asked for waits there
        broker.rpush("celery", "one")

    found = system.now(at=timezone.now())

    assert [process.name for process in found.processes] == ["worker", "beat", "poller", "edges"]
    assert (found.alive, found.is_whole) == (0, False)
    assert found.queued == {"celery": 1, "plc": 0, "edges": 0}
    assert found.disk_total > found.disk_free > 0


def test_a_panel_that_is_refused_spoils_no_other():
    request = RequestFactory().get("/")
    request.user = factories.person("OP", Role.OPERATOR)

    drawn = cards.draw(request, Panel("System", "plant:panel-system", "master.edit"))

    assert drawn.content == ""


def test_the_gallery_is_for_administrators():
    assert client_of(Role.OPERATOR).get("/design/").status_code == 403
    assert client_of(Role.ADMINISTRATOR).get("/design/").status_code == 200
