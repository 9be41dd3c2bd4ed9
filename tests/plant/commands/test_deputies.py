"""Deputies: they see the tasks of who is away in those days, in their own name, and no signatures."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from plant.commands import deputies
from plant.models import Deputy, Role
from plant.queries import inbox
from tests.factories import person
from tests.qms import factories as make

pytestmark = pytest.mark.django_db


def named(**fields):
    at = timezone.now()
    wanted = {"deputy": person("DE", Role.PLANNER), "begins_at": at - timedelta(hours=1), "by": make.engineer(),
              "ends_at": at + timedelta(days=3), "at": at, **fields}
    return deputies.name(**wanted)


def waiting(number):
    return [(item.title, item.detail) for item in inbox.waiting_for(person(number))]


def test_a_deputy_sees_the_tasks_until_they_are_back():
    case = make.report(make.board("B1"))
    row = named()

    seen = [detail for title, detail in waiting("DE") if title.startswith(case.number)]
    deputies.end(row=row, by=make.engineer(), at=timezone.now())

    assert seen == ["for Person QE"]
    assert [title for title, _detail in waiting("DE") if title.startswith(case.number)] == []
    assert any(title.startswith(case.number) for title, _detail in waiting("QE"))


@pytest.mark.parametrize("days", [(1, 3), (-5, -1)])
def test_only_in_those_days(days):
    make.report(make.board("B1"))
    at = timezone.now()
    Deputy.objects.create(person=make.engineer(), deputy=person("DE", Role.PLANNER),
                          begins_at=at + timedelta(days=days[0]), ends_at=at + timedelta(days=days[1]))

    assert [detail for _title, detail in waiting("DE") if detail.startswith("for")] == []


def test_nobody_stands_in_for_themselves():
    with pytest.raises(deputies.DeputyRefused):
        named(deputy=make.engineer())
    with pytest.raises(IntegrityError), transaction.atomic():
        Deputy.objects.create(person=make.engineer(), deputy=make.engineer(), begins_at=timezone.now(),
                              ends_at=timezone.now())


def test_only_who_is_away_ends_it():
    row = named()

    with pytest.raises(deputies.DeputyRefused):
        deputies.end(row=row, by=person("DE"), at=timezone.now())
