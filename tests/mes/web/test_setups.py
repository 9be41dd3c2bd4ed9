"""The set-up on the screen: every position, one station with its history, mounting and taking off."""

import pytest
from django.urls import reverse

from tests import factories as ground
from tests.mes import feeders

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(client):
    feeders.described()
    feeders.feeder("F1")
    made = feeders.Line()
    client.force_login(ground.person("LEAD", "TEAM_LEADER"))
    return made


def mount(client, line, lot="SCREW-1", **more):
    form = {"position": "F1", "lot": lot, "job": line.world.job.number, "reason": "", **more}
    return client.post(reverse("mes:setup-mount", args=["MOUNT"]), form)


def page(client, name="mes:setup-station", args=("MOUNT",)):
    return client.get(reverse(name, args=args)).content.decode()


def test_the_station_says_what_each_position_should_hold(client, line):
    shown = page(client)

    assert "未上料" in shown
    assert "F1" in shown


def test_a_lot_is_mounted_and_taken_off_here_too(client, line):
    assert mount(client, line).status_code == 302
    assert feeders.mounted() == {"F1": "SCREW-1"}
    assert "相符" in page(client)

    client.post(reverse("mes:setup-take-off", args=["MOUNT"]), {"position": "F1"})

    assert feeders.mounted() == {}
    assert "SCREW-1" in page(client)  # the history


def test_the_wrong_lot_opens_the_dialog_again_with_the_reason(client, line):
    answer = mount(client, line, line.world.blank.number)

    assert answer.status_code == 409
    assert "应装 SCREW" in answer.content.decode()


def test_who_only_looks_mounts_nothing(client, line):
    client.force_login(ground.person("EYE", "VIEWER"))

    assert page(client)
    assert mount(client, line).status_code == 403


def test_the_list_shows_what_is_mounted_and_how_much_is_left(client, line):
    mount(client, line)

    shown = page(client, "mes:setup-list", ())

    assert "SCREW-1" in shown
    assert "1,000" in shown


def test_the_sheet_of_codes_has_the_positions(client, line):
    shown = page(client, "mes:station-commands")

    assert "<title>F1" in shown
    assert "<title>CMD:UNMOUNT" in shown
