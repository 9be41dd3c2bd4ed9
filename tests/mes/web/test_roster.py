"""Roster and handover on the screens: planned, copied, taken away; read at the station after a change of shift."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mes.models import HandoverNote, RosterEntry
from mes.queries import handovers, roster
from tests import factories as ground
from tests.factories import person
from tests.mes import factories
from tests.mes.tablet.test_station import badge, sign_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return factories.world()


@pytest.fixture
def leader():
    client = Client()
    client.force_login(person("LEAD", "TEAM_LEADER", language="en"))
    return client


def plan(client, day):
    shift = roster.shifts(ground.line(), day, day)[0]
    fields = {"person": "OP", "station": "MOUNT", "shifts": [shift.starts_at.isoformat()]}
    return client.post(reverse("mes:roster-plan", args=["LINE"]) + f"?week={day}", fields)


def test_planned_copied_and_taken_away(world, leader):
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    answers = [plan(leader, monday)]
    week = f"?week={monday + timedelta(days=7)}"
    answers.append(leader.post(reverse("mes:roster-copy", args=["LINE"]) + week))
    page = leader.get(reverse("mes:roster", args=["LINE"]) + week).content.decode()
    last = RosterEntry.objects.latest("pk")
    answers.append(leader.post(reverse("mes:roster-take-away", args=["LINE", last.pk])))

    assert ([answer.status_code for answer in answers], "Person OP" in page) == ([302, 302, 302], True)
    assert RosterEntry.objects.count() == 1


def test_roster_begins_with_the_first_line(world, leader):
    assert leader.get(reverse("mes:rosters")).url == reverse("mes:roster", args=["LINE"])


def test_station_shows_the_last_note_until_it_is_acknowledged(client, world):
    line, now = ground.line(), timezone.now()
    HandoverNote.objects.create(
        line=line, shift_at=handovers.shift_of(line, now) - timedelta(hours=12), text="Feeder 3 jams",
        by=person("LEAD", "TEAM_LEADER"), at=now - timedelta(hours=1),
    )
    badge(world.operator), sign_on(client, "B-OP")
    work = reverse("station:work", args=["MOUNT"])
    before = client.get(work).content.decode()
    client.post(reverse("station:handover", args=["MOUNT"]), {"read": "1"})

    assert ("Feeder 3 jams" in before, "Feeder 3 jams" in client.get(work).content.decode()) == (True, False)


def test_note_is_written_at_the_station(client, world):
    badge(world.operator), sign_on(client, "B-OP")
    client.post(reverse("station:handover", args=["MOUNT"]), {"text": "Feeder 3 jams"})

    assert HandoverNote.objects.get().text == "Feeder 3 jams"
