"""The admin console: master data with its changes written down, facts only to read."""

import pytest
from django.contrib import admin
from django.test import Client

from plant import pins
from plant.commands import api_keys
from plant.models import JournalEntry, MaterialDefinition, Person, Role
from plant.queries.persons import system
from plant.web.console import MasterAdmin, ReadOnlyAdmin
from tests import factories

pytestmark = pytest.mark.django_db
FACTS = {
    "apikey", "calibration", "correctiveaction", "disposition", "gap", "handlingunit", "hold", "inspection",
    "joborder", "journalentry", "labelprint", "limitset", "masterimport", "materiallot", "message", "missedsample",
    "move", "nonconformance", "plchealth", "shipment", "signature", "violation", "workrequest",
}


@pytest.fixture
def console():
    client = Client()
    client.force_login(factories.person("BOSS", Role.ADMINISTRATOR, language="en"))
    return client


def save(console, model, pk, **fields):
    path = f"/admin/plant/{model}/{f'{pk}/change' if pk else 'add'}/"
    return console.post(path, fields)


def material_fields(**changes):
    return {"code": "PCB", "name": "PCB", "use": "RAW", "tracking": "LOT", "unit": "C62", "active": "on",
            "shelf_life_days": "", "gtin": "", **changes}


def person_fields(**changes):
    inlines = ("personqualification_set", "places")
    lines = {f"{inline}-{count}_FORMS": "0" for inline in inlines for count in ("TOTAL", "INITIAL")}
    return {"number": "OP", "name": "Person OP", "language": "en", "is_active": "on", "badge": "", **lines, **changes}


def test_every_kind_is_written_down_or_only_read():
    assert [kind for kind in admin.site._registry.values() if not isinstance(kind, MasterAdmin | ReadOnlyAdmin)] == []


def test_facts_are_only_read(console):
    request = console.get("/").wsgi_request
    only_read = [kind for kind in admin.site._registry.values() if isinstance(kind, ReadOnlyAdmin)]
    verbs = ("add", "change", "delete")

    writable = [kind for kind in only_read if any(getattr(kind, f"has_{verb}_permission")(request) for verb in verbs)]

    assert writable == []
    assert {kind.model._meta.model_name for kind in only_read} == FACTS


def test_a_change_keeps_old_and_new_values(console):
    pcb = factories.material()

    save(console, "materialdefinition", pcb.pk, **material_fields(name="Bare board", shelf_life_days="30"))

    entry = JournalEntry.objects.get(kind="material.changed")
    assert entry.data == {"name": ["PCB", "Bare board"], "shelf_life_days": [None, 30]}
    assert entry.actor == "BOSS"


def test_saving_without_a_change_writes_nothing_down(console):
    save(console, "materialdefinition", factories.material().pk, **material_fields())

    assert JournalEntry.objects.count() == 0


def test_a_new_material_is_written_down(console):
    factories.material()

    save(console, "materialdefinition", None, **material_fields(code="PASTE"))

    assert JournalEntry.objects.get(kind="material.created").data["code"] == [None, "PASTE"]


def test_a_deleted_material_is_written_down_first(console):
    pcb = factories.material()

    console.post(f"/admin/plant/materialdefinition/{pcb.pk}/delete/", {"post": "yes"})

    assert not MaterialDefinition.objects.exists()
    assert JournalEntry.objects.get(kind="material.deleted").data["code"] == ["PCB", None]


def test_a_person_gets_roles_badge_pin_and_password(console):
    person = factories.person("OP")

    save(console, "person", person.pk, **person_fields(
        badge="B1", role_names=["OPERATOR", "INSPECTOR"], new_pin="270418", new_password="long enough to type"))

    person = Person.objects.get(pk=person.pk)
    assert (person.roles, person.badge) == ({"OPERATOR", "INSPECTOR"}, "B1")
    assert pins.matches("270418", person.pin)
    assert person.check_password("long enough to type")


def test_no_secret_reaches_the_journal(console):
    save(console, "person", None, **person_fields(new_pin="270418", new_password="long enough to type"))

    written = str(list(JournalEntry.objects.values()))
    assert "270418" not in written
    assert "long enough" not in written


def test_two_people_without_badges_are_no_conflict(console):
    save(console, "person", None, **person_fields(number="A"))
    save(console, "person", None, **person_fields(number="B"))

    assert Person.objects.filter(badge=None, number__in="AB").count() == 2


def test_nobody_gives_themselves_a_role(console):
    boss = Person.objects.get(number="BOSS")
    page = console.get(f"/admin/plant/person/{boss.pk}/change/").content.decode()

    save(console, "person", boss.pk, **person_fields(name="Boss", role_names=["ADMINISTRATOR", "QUALITY_MANAGER"]))

    assert "role_names" not in page
    assert Person.objects.get(pk=boss.pk).roles == {"ADMINISTRATOR"}


def test_a_number_is_never_changed_and_a_person_never_deleted(console):
    person = factories.person("OP")

    save(console, "person", person.pk, **person_fields(number="OTHER"))

    assert Person.objects.get(pk=person.pk).number == "OP"
    assert console.post(f"/admin/plant/person/{person.pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_key_is_shown_without_its_hash(console):
    key, _ = api_keys.create(name="erp", scopes=["metrics"], by=system("console"))

    page = console.get(f"/admin/plant/apikey/{key.pk}/change/").content.decode()

    assert key.prefix in page
    assert key.secret_hash not in page
