"""Parts that a plant leaves out: no page, no line in the rail, and a sentence for whoever comes by an old address."""

import pytest
from django.core import checks
from django.test import Client
from django.urls import reverse
from django.utils import translation

from plant import modules, navigation, policies
from plant.models import Role
from plant.permissions import ACTIONS
from plant.queries import persons
from qms.queries import demands
from tests.factories import NOW, person, received, supplier

pytestmark = pytest.mark.django_db


def engineer():
    return person("QE", Role.QUALITY_ENGINEER)


def test_every_noun_of_a_part_stands_in_the_table_and_belongs_to_one():
    nouns = [noun for module in modules.MODULES.values() for noun in module.nouns]

    assert (set(nouns) - {action.partition(".")[0] for action in ACTIONS}, len(nouns)) == (set(), len(set(nouns)))
    assert {need for module in modules.MODULES.values() for need in module.needs} <= set(modules.MODULES)


def test_what_is_off_has_no_line_in_the_rail_and_its_address_says_so(settings):
    client = Client()
    client.force_login(engineer())
    assert client.get(reverse("qms:complaint-list")).status_code == 200

    settings.MODULES_OFF = ["complaints"]
    names = {page.url_name for page in navigation.pages(engineer())}
    answer = client.get(reverse("qms:complaint-list"))
    with translation.override("en"):
        why = policies.why_not(engineer(), "complaint.read")

    assert (names & {"qms:complaint-list", "qms:rma-list"}, "qms:inspection-list" in names) == (set(), True)
    assert (answer.status_code, why) == (403, "“Complaints” is switched off in this plant.")


def test_the_console_shows_what_is_off_and_why(settings):
    settings.MODULES_OFF = ["capa", "nonsense"]
    client = Client()
    client.force_login(person("ADMIN", Role.ADMINISTRATOR))

    page = client.get(reverse("console:modules")).content.decode()
    client.force_login(engineer())

    rows = {row.split("</code>")[0].rsplit(">", 1)[-1]: row for row in page.split("<tr>")[2:]}
    assert ['data-tone="good"' in rows[name] for name in ("spc", "capa", "audits")] == [True, False, False]
    assert ['data-tone="odd"' in rows[name] for name in ("capa", "audits")] == [False, True]
    assert ("capa,nonsense" in page, "“nonsense”" in page) == (True, True)
    assert client.get(reverse("console:modules")).status_code == 403


def test_inspections_and_nonconformances_stand_alone(settings):
    settings.MODULES_OFF = list(modules.MODULES)
    client = Client()
    client.force_login(engineer())

    for name in ("plant:home", "qms:inspection-list", "qms:nonconformance-list", "qms:nonconformance-report",
                 "qms:desk"):
        assert client.get(reverse(name)).status_code == 200, name


def test_whatever_needs_it_is_off_too_and_told(settings):
    settings.MODULES_OFF = ["capa", "nonsense"]

    said = {one.id: one.msg for one in checks.run_checks() if one.id.startswith("plant.")}

    assert modules.off() == {"capa": "capa", "audits": "capa"}
    assert ("audits" in said["plant.W001"], "nonsense" in said["plant.E001"]) == (True, True)


def test_what_is_off_asks_nothing_of_the_dock_or_the_stations(settings):
    settings.MODULES_OFF = ["suppliers", "documents"]

    lot = received("R1", supplier=supplier("NOBODY"))

    assert (lot.open_holds, demands.unknown_to(engineer(), ["WI-1"], NOW)) == (0, [])


def test_programs_go_on(settings):
    settings.MODULES_OFF = list(modules.MODULES)

    assert policies.may(persons.system("spc"), "violation.read")
