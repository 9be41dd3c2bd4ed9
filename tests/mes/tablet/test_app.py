"""The station page as an app: manifest, worker, the page without network, and the lock that keeps the work."""

import json
import re

import pytest
from django.urls import reverse
from django.utils.translation import override

from mes.models import StationSession
from plant import helping
from tests import factories as ground
from tests.mes.tablet.test_station import scan, sign_on, world

__all__ = ["world"]  # the fixture of the station's own tests
pytestmark = pytest.mark.django_db


def test_manifest_starts_at_the_station(client, world):
    told = json.loads(client.get(reverse("station:station-app", args=["MOUNT"])).content)

    assert (told["start_url"], told["scope"], told["display"]) == ("/station/MOUNT/", "/station/", "standalone")
    assert {icon["purpose"] for icon in told["icons"]} == {"any", "maskable"}


def test_worker_keeps_the_shell_and_no_page_with_data(client):
    text = client.get("/station-worker.js").content.decode()
    told = json.loads(re.search(r"self\.shell = (\{.*\});", text).group(1))

    assert all(url.startswith("/static/") for url in told["files"])
    assert set(told["offline"]) == {"en", "zh-hans"}


def test_offline_page_names_nobody_and_holds_no_token(client, world):
    page = client.get(reverse("station:offline"), {"language": "zh-hans"}).content.decode()

    assert ('data-csrf=""' in page, world.operator.name in page, "离线" in page) == (True, False, True)


def test_lock_keeps_the_person_and_the_work(client, world):
    scan(client, world.job.number)
    client.post(reverse("station:lock", args=["MOUNT"]))
    session = StationSession.objects.get()

    assert (session.ended_at, session.job_order) == (None, world.job)
    assert scan(client, world.job.number).status_code == 401
    sign_on(client, "B-OP")
    assert StationSession.objects.get(ended_at__isnull=True).job_order == world.job


def test_scan_of_a_badge_asks_for_the_pin(client, world):
    answer = scan(client, "B-OP")

    assert (answer.status_code, answer.json()["kind"], answer.json()["outcome"]) == (200, "badge", "warning")


def test_idle_minutes_are_a_setting(client, world, settings):
    settings.STATION_IDLE_MINUTES = 0

    assert client.get(reverse("station:work", args=["MOUNT"])).status_code == 302


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_station_page_carries_its_help_so_that_it_opens_without_network(client, language):
    ground.station("MOUNT")
    client.cookies["django_language"] = language
    pages = {"station:choose": reverse("station:choose"), "station:sign-on": reverse("station:sign-on", args=["MOUNT"])}

    for name, path in pages.items():
        text = client.get(path).content.decode()
        with override(language):
            assert str(helping.topic(name).html) in text
        assert 'data-dialog="help"' in text
    assert 'data-dialog="help"' in client.get(reverse("station:offline")).content.decode()
