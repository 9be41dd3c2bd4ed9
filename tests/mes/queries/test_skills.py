"""Skills: who learns does not work alone, a new revision may ask anew, what expires is told, gaps are seen."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from mes.commands import readiness
from mes.models import Segment
from mes.queries import routings, skill_matrix
from plant import fresh
from plant.models import PersonQualification, Qualification
from tests.factories import NOW, person
from tests.mes import factories

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
