"""The console never lets the last one who saves win unseen."""

import html
import re

import pytest
from django.test import Client

from plant.models import MaterialDefinition, Person, PersonRole, Role
from tests import factories
from tests.plant.web.test_console import material_fields, person_fields

pytestmark = pytest.mark.django_db


@pytest.fixture
def console():
    client = Client()
    client.force_login(factories.person("BOSS", Role.ADMINISTRATOR, language="en"))
    return client


def seen(console, path):
    """What the page of a record remembers to have shown."""
    return mark_of(console.get(path).content.decode())


def mark_of(page):
    return html.unescape(re.search(r'name="seen" value="([^"]+)"', page).group(1))


def material():
    return factories.material("PCB"), "/admin/plant/materialdefinition/{}/change/".format(factories.material("PCB").pk)


def test_a_field_that_two_people_changed_is_shown_with_both_values(console):
    row, path = material()
    mark = seen(console, path)
    MaterialDefinition.objects.filter(pk=row.pk).update(name="Theirs")

    page = console.post(path, material_fields(name="Mine", seen=mark))

    text = page.content.decode()
    assert "changed this to “Theirs” while you had it open" in text
    assert 'value="Mine"' in text
    assert MaterialDefinition.objects.get(pk=row.pk).name == "Theirs"


def test_saving_again_after_having_read_it_puts_ones_own_value(console):
    row, path = material()
    mark = seen(console, path)
    MaterialDefinition.objects.filter(pk=row.pk).update(name="Theirs")
    page = console.post(path, material_fields(name="Mine", seen=mark)).content.decode()

    assert console.post(path, material_fields(name="Mine", seen=mark_of(page))).status_code == 302

    assert MaterialDefinition.objects.get(pk=row.pk).name == "Mine"


def test_what_only_the_other_one_changed_stays_as_they_left_it(console):
    row, path = material()
    mark = seen(console, path)
    MaterialDefinition.objects.filter(pk=row.pk).update(use="FINISHED")

    assert console.post(path, material_fields(name="Mine", seen=mark)).status_code == 302

    row.refresh_from_db()
    assert (row.name, row.use) == ("Mine", "FINISHED")


def test_a_page_that_nobody_overtook_is_saved(console):
    row, path = material()

    assert console.post(path, material_fields(name="Mine", seen=seen(console, path))).status_code == 302

    assert MaterialDefinition.objects.get(pk=row.pk).name == "Mine"


def test_roles_that_two_people_changed_are_not_overwritten(console):
    person = factories.person("OP", Role.OPERATOR)
    path = f"/admin/plant/person/{person.pk}/change/"
    mark = seen(console, path)
    PersonRole.objects.create(person=person, role=Role.INSPECTOR)

    page = console.post(path, person_fields(role_names=["OPERATOR", "PLANNER"], seen=mark))

    assert page.status_code == 200
    assert Person.objects.get(pk=person.pk).roles == {"OPERATOR", "INSPECTOR"}


def test_a_mark_that_is_not_ours_counts_as_having_seen_nothing(console):
    row, path = material()
    MaterialDefinition.objects.filter(pk=row.pk).update(name="Theirs")

    assert console.post(path, material_fields(name="Mine", seen="forged")).status_code == 200
