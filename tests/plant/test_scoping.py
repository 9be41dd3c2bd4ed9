"""Everybody sees their own sites, lines or business, and nothing else; one table says where rows belong."""

from types import SimpleNamespace

import pytest
from django.apps import apps
from django.test import Client

from plant import addresses, scoping, subjects
from plant.models import Equipment, JournalEntry, PersonPlace
from plant.scopes import SCOPES
from tests import factories
from tests.architecture import house
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind, Link, MaterialLot


def other_site():
    site = Equipment.objects.create(code="SITE-2", name="Other", level="SITE")
    line = Equipment.objects.create(code="LINE-2", name="Other line", level="WORK_CENTER", parent=site)
    Equipment.objects.create(code="OVEN-2", name="Other oven", level="WORK_UNIT", parent=line)
    return site


def ours():
    return [
        model for model in apps.get_models()
        if model._meta.app_label in house.STREET and not hasattr(model, "pgh_obj")
        and not hasattr(model, "pgh_id") and not model._meta.proxy
    ]


def test_every_line_of_the_table_is_a_model():
    assert set(SCOPES) - {model._meta.label for model in ours()} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("model", ours(), ids=lambda model: model._meta.label)
@pytest.mark.parametrize("fields", ["home", "line", "supplier", "customer"])
def test_every_path_of_the_table_can_be_asked(model, fields):
    person = factories.person("P", "INSPECTOR", site=factories.site())
    other_site()  # who had every site would not be asked for one
    if fields == "line":
        PersonPlace.objects.create(person=person, equipment=factories.line())
    if fields in ("supplier", "customer"):
        person.partner = factories.supplier()
        person.partner.kind = fields.upper()

    assert list(scoping.visible(model._default_manager.all(), person)[:3]) is not None


@pytest.mark.django_db
def test_who_has_every_site_is_asked_for_none_until_another_is_built():
    person = factories.person("P", "INSPECTOR", site=factories.site())
    assert scoping.reach(person).is_everywhere
    other = Equipment.objects.create(code="SITE-2", name="Other", level="SITE")
    assert not scoping.reach(factories.person("P")).is_everywhere
    PersonPlace.objects.create(person=person, equipment=factories.line())
    other.delete()
    assert not scoping.reach(factories.person("P")).is_everywhere


@pytest.mark.django_db
def test_a_person_sees_their_site_and_nobody_elses():
    here = factories.received("HERE")
    there = factories.received("THERE", site=other_site())
    person = factories.person("P", "INSPECTOR", site=factories.site())

    assert list(scoping.visible(MaterialLot.objects.all(), person)) == [here]
    assert scoping.reaches(person, here)
    assert not scoping.reaches(person, there)


@pytest.mark.django_db
def test_a_person_without_a_site_belongs_to_the_whole_company_and_a_stranger_nowhere():
    factories.received("HERE")
    factories.received("THERE", site=other_site())

    assert scoping.visible(MaterialLot.objects.all(), factories.person("ALL", "INSPECTOR")).count() == 2
    assert scoping.visible(MaterialLot.objects.all(), None).count() == 0
    assert scoping.visible(MaterialLot.objects.all(), factories.person("OFF", is_active=False)).count() == 0


@pytest.mark.django_db
def test_a_person_of_a_line_sees_its_machines_and_what_they_stand_in():
    factories.station("OVEN"), factories.station("PRESS", "LINE-B"), other_site()
    person = factories.person("P", "OPERATOR", site=factories.site())
    PersonPlace.objects.create(person=person, equipment=factories.line())

    seen = scoping.visible(Equipment.objects.all(), person).values_list("code", flat=True)

    assert set(seen) == {"SITE", "LINE", "OVEN"}


@pytest.mark.django_db
def test_places_of_work_reach_further_than_home():
    there = other_site()
    person = factories.person("P", "INSPECTOR", site=factories.site())
    PersonPlace.objects.create(person=person, equipment=factories.site())
    PersonPlace.objects.create(person=person, equipment=there)

    assert scoping.reach(person).sites == {factories.site().pk, there.pk}


@pytest.mark.django_db
def test_a_suppliers_person_sees_their_own_lots():
    own = factories.received("OWN", supplier=factories.supplier("ACME"))
    factories.received("RIVAL", supplier=factories.supplier("RIVAL"))
    person = factories.person("S", "SUPPLIER", partner=factories.supplier("ACME"))

    assert list(scoping.visible(MaterialLot.objects.all(), person)) == [own]
    assert list(scoping.visible(Equipment.objects.all(), person)) == []


@pytest.mark.django_db
def test_an_act_on_a_foreign_row_is_refused():
    there = factories.received("THERE", site=other_site())
    person = factories.person("P", "INSPECTOR", site=factories.site())

    with pytest.raises(scoping.Foreign):
        scoping.check(person, there)


@pytest.mark.django_db
def test_the_journal_tells_of_ones_own_site():
    factories.received("HERE")
    factories.received("THERE", site=other_site())
    person = factories.person("P", "TEAM_LEADER", site=factories.site())

    told = scoping.visible(JournalEntry.objects.filter(kind="lot.received"), person)

    assert [entry.subject_label for entry in told] == ["HERE"]
    assert scoping.within(JournalEntry.objects.filter(kind="lot.received"), person) == list(told)


@pytest.mark.django_db
def test_search_leads_to_ones_own_site():
    factories.received("HERE-1")
    factories.received("HERE-2", site=other_site())

    client = Client()
    client.force_login(factories.person("P", "INSPECTOR", site=factories.site()))

    assert client.get("/search/?q=HERE-1").status_code == 302
    assert client.get("/search/?q=HERE-2").status_code == 200


@pytest.mark.django_db
def test_a_hold_crosses_sites_though_its_placer_does_not():
    inspector = factories.person("P", "INSPECTOR", site=factories.site())
    here, there = factories.received("HERE"), factories.received("THERE", site=other_site())
    Link.objects.create(parent=here, child=there, quantity=1, at=factories.NOW)

    with pytest.raises(scoping.Foreign):
        stop(there, inspector)
    stop(here, inspector)

    there.refresh_from_db()
    assert there.status == "HELD"


def stop(lot, person):
    cause = Cause(CauseKind.PERSON, "x")
    holds.place(target=Target.lot(lot), cause=cause, reason="stop", by=person, at=factories.NOW)


def test_a_page_and_the_guard_of_its_address_mean_the_same_row():
    kinds = subjects.all_kinds()

    guards = {kind.url_name: addresses.subject(SimpleNamespace(view_name=kind.url_name, kwargs={})) for kind in kinds}

    assert sum(guard is not addresses.NOTHING for guard in guards.values()) >= 5
    odd = [name for name, guard in guards.items() if guard and (guard.model, guard.field) != pages()[name]]
    assert odd == []


def pages():
    """What the pages of things are about, by URL name."""
    return {kind.url_name: (kind.model._meta.label, kind.key) for kind in subjects.all_kinds()}
