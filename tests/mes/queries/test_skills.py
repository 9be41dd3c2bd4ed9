"""Skills: who learns does not work alone, a new revision may ask anew, what expires is told, gaps are seen."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from mes.commands import readiness, sessions
from mes.models import Segment
from mes.queries import routings, skill_matrix, skills
from plant import fresh
from plant.commands import talk
from plant.models import JournalEntry, Person, PersonQualification, Qualification
from plant.policies import Forbidden
from plant.uploads import UploadRefused
from tests.factories import NOW, person
from tests.mes import factories
from tests.mes.instruction_files import pdf
from tests.mes.tablet.test_station import PIN, badge

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def world():
    made = factories.world()
    skill = Qualification.objects.create(code="SOLDER", name="Soldering")
    Segment.objects.filter(code="MOUNT").update(qualification=skill)
    fresh.forget_all()
    return made


def hold(someone, **fields):
    skill = Qualification.objects.get()
    return PersonQualification.objects.create(
        person=someone, qualification=skill, **{"valid_from": NOW - 90 * DAY, **fields}
    )


def scanned(world):
    fresh.forget_all()
    world.ready(5)
    return world.scan(world.outputs[0].number).code


def test_who_learns_does_not_work_alone(world):
    hold(world.operator, level=1)

    assert scanned(world) == "not-qualified"


def test_new_revision_that_asks_anew_counts_only_later_skills(world):
    hold(world.operator)
    Segment.objects.filter(code="MOUNT").update(skill_since=NOW - 10 * DAY)
    before = scanned(world)
    hold(world.operator, valid_from=NOW - 5 * DAY)

    assert (before, world.scan(world.outputs[0].number).outcome) == ("not-qualified", "accepted")


def test_dispatch_to_a_person_says_what_is_missing(world):
    hold(world.operator, valid_to=NOW - DAY)
    steps = routings.of_job(world.job).steps

    assert [one.code for one in readiness.of_person(world.operator, steps, NOW)] == ["not-qualified"]


def test_matrix_shows_what_expires_and_where_people_are_missing(world):
    hold(world.operator, valid_to=NOW + 20 * DAY, level=3)
    found = skill_matrix.of(person("LEAD", "TEAM_LEADER"), at=NOW)

    cell = next(cells[0] for one, cells in found.rows if one == world.operator)
    assert (cell.tone, cell.works_alone) == ("warning", True)
    assert [(gap.segment.code, gap.able) for gap in found.gaps] == [("MOUNT", 1)]


def test_expiry_is_told_to_who_holds_it_and_who_plans_people_until_it_is_renewed(world):
    row = hold(world.operator, valid_to=NOW + 20 * DAY)
    leader, other = person("LEAD", "TEAM_LEADER"), person("OP2", "OPERATOR")
    told = [skill_matrix.expiring(one, at=NOW) for one in (world.operator, leader, other)]
    hold(world.operator, valid_from=NOW, valid_to=NOW + 400 * DAY)

    assert (told, skill_matrix.expiring(leader, at=NOW)) == ([[row], [row], []], [])


def test_nobody_trains_themselves(world):
    with pytest.raises(DatabaseError), transaction.atomic():
        hold(world.operator, trainer=world.operator)


def test_page_of_the_matrix(world):
    hold(world.operator, evidence="TR-2026-014")
    client = Client()
    client.force_login(person("LEAD", "TEAM_LEADER", language="en"))

    assert "TR-2026-014" in client.get(reverse("mes:skills")).content.decode()


def on(world, who=None, station="MOUNT"):
    return sessions.sign_on(station=world.stations[station], person=who or world.operator, device="T1", at=NOW)


def test_signing_on_tells_at_once_what_the_person_may_not_do(world):
    station = world.stations["MOUNT"]
    on(world)
    told = [(one.job_order, one.operation, one.skill) for one in skills.lacking(world.operator, station, at=NOW)]

    assert told == [(world.job.number, "MOUNT", "Soldering")]
    assert JournalEntry.objects.get(kind="station.signed-on").data["without skill for"] == [world.job.number]
    assert skills.lacking(world.operator, world.stations["OVEN"], at=NOW) == []


def test_signing_on_with_the_skill_tells_nothing(world):
    hold(world.operator)
    assert skills.lacking(world.operator, world.stations["MOUNT"], at=NOW) == []
    assert skills.lacking(world.operator, world.stations["MOUNT"], at=NOW - 100 * DAY) != []
    Segment.objects.filter(code="MOUNT").update(skill_since=NOW - 10 * DAY)
    assert skills.lacking(world.operator, world.stations["MOUNT"], at=NOW) != []


def test_the_tablet_shows_it_from_the_first_page_on(world, client):
    someone = badge(world.operator)
    Person.objects.filter(pk=someone.pk).update(language="en")
    client.post(reverse("station:sign-on", args=["MOUNT"]), {"badge": f"B-{someone.number}", "pin": PIN})
    assert "You have no valid skill" in client.get(reverse("station:work", args=["MOUNT"])).content.decode()
    hold(someone, valid_from=NOW - 90 * DAY)
    assert "You have no valid skill" not in client.get(reverse("station:work", args=["MOUNT"])).content.decode()


def test_evidence_lies_beside_the_skill_and_only_who_plans_people_lays_it_there(world):
    row, leader = hold(world.operator), person("LEAD", "TEAM_LEADER")
    kept = talk.attach(subject=row, name="certificate.pdf", data=pdf(), by=leader, at=NOW)
    with pytest.raises(Forbidden):
        talk.attach(subject=row, name="certificate.pdf", data=pdf(), by=world.operator, at=NOW)
    with pytest.raises(UploadRefused):
        talk.attach(subject=row, name="certificate.exe", data=b"MZ", by=leader, at=NOW)

    found = skill_matrix.of(leader, at=NOW)
    [cell] = next(cells for someone, cells in found.rows if someone == world.operator)
    assert cell.row.files == 1
    client = Client()
    client.force_login(leader)
    page = client.get(reverse("mes:skill-detail", args=[row.pk])).content.decode()
    assert kept.name in page
    assert reverse("plant:talk-attach", args=["personqualification", row.pk]) in page
    client.force_login(world.operator)
    assert "/attach/" not in client.get(reverse("mes:skill-detail", args=[row.pk])).content.decode()
