"""The sheet of command codes of a station."""

import pytest
from django.urls import reverse

from mes.queries import command_codes
from tests import factories
from tests.mes import factories as floor

pytestmark = pytest.mark.django_db


def test_sheet_has_a_code_for_each_command_reason_and_number():
    floor.reason("SCRAP")
    floor.reason("DOWNTIME")

    made = {label.number: label.lines for label in command_codes.labels(2)}

    assert list(made) == [
        "CMD:START", "CMD:DONE", "CMD:PASS", "CMD:UNDO", "CMD:CLEAR", "CMD:FAIL:SCRAP/R1", "CMD:PAUSE:DOWNTIME/R1",
        "CMD:CALL:MATERIAL", "CMD:CALL:QUALITY", "CMD:CALL:MACHINE", "CMD:CALL:HELP", "CMD:CALL:SAFETY",
        "CMD:QTY:1", "CMD:QTY:2",
    ]
    assert made["CMD:DONE"] == ("完成，全部合格", "Done, all good")


@pytest.mark.parametrize(("asked", "count"), [("", 20), ("?pieces=30", 40), ("?pieces=999", 70), ("?pieces=x", 20)])
def test_sheet_prints_as_many_numbers_as_asked(client, asked, count):
    factories.station("MOUNT")
    client.force_login(factories.person("LEAD", "TEAM_LEADER"))

    page = client.get(reverse("mes:station-commands", args=["MOUNT"]) + asked)

    assert (page.status_code, page.content.count(b"<title>CMD:")) == (200, count)
