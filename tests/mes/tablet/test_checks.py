"""Checks at the tablet: due, carried out, approved by badge and PIN; a tool change is told."""

import pytest
from django.urls import reverse

from mes.models import DataItem, OperatorCheck, ToolChange
from plant.models import Tracking
from tests.mes import factories
from tests.mes.checks_world import inspector, rule
from tests.mes.tablet.test_station import PIN, badge, scan, sign_on

pytestmark = pytest.mark.django_db
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def world(client):
    made = factories.world(2, Tracking.SERIAL)
    rule(by_inspector=True)
    badge(made.operator)
    sign_on(client, "B-OP")
    for code in (made.job.number, made.blank.number, made.screws.number, made.outputs[0].number):
        scan(client, code)
    return made


def url() -> str:
    return reverse("station:check", args=["MOUNT", OperatorCheck.objects.latest("pk").pk])


def carry_out(client, value: str = "4.5", **fields):
    item = DataItem.objects.get(name="Length").pk
    return client.post(url(), {f"item_{item}": value, "verdict": "good", **fields})


def test_refused_scan_leads_to_the_check(client, world):
    answer = scan(client, world.outputs[0].number)

    assert (answer.status_code, answer.json()["form_url"]) == (409, url())


def test_page_of_the_station_shows_what_is_due(client, world):
    page = client.get(reverse("station:work", args=["MOUNT"]), headers=ENGLISH).content.decode()

    assert url() in page
    assert "First piece" in page


def test_carried_out_then_approved_by_another_badge(client, world):
    badge(inspector())
    entered = carry_out(client)
    sent = {"verdict": "good", "badge": "B-INSP", "pin": PIN}
    approved = client.post(url(), sent)

    check = OperatorCheck.objects.get()
    assert (entered.status_code, approved.status_code, check.status) == (302, 302, "PASSED")
    assert (check.done_by, check.decided_by.number) == (world.operator, "INSP")
    assert scan(client, world.outputs[0].number).json()["outcome"] == "accepted"


def test_own_badge_does_not_approve(client, world):
    carry_out(client)
    answer = client.post(url(), {"verdict": "good", "badge": "B-OP", "pin": PIN})

    assert (answer.status_code, OperatorCheck.objects.get().status) == (409, "ENTERED")


def test_nothing_is_kept_without_a_verdict(client, world):
    assert (carry_out(client, verdict="").status_code, OperatorCheck.objects.get().status) == (409, "DUE")


def test_value_out_of_limits_fails_and_is_due_again(client, world):
    carry_out(client, "9")

    assert sorted(OperatorCheck.objects.values_list("status", flat=True)) == ["DUE", "FAILED"]


def test_tool_change_is_told(client, world):
    answer = client.post(reverse("station:checks", args=["MOUNT"]), {"what": "Drill 8"})

    assert (answer.status_code, ToolChange.objects.get().what) == (302, "Drill 8")
