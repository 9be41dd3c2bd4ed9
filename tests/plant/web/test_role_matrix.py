"""The role matrix, made from the table alone: every address, method, role, and rows of one's own and another site."""

import pytest
from django.test import Client
from django.urls import ResolverMatch, URLPattern, URLResolver, get_resolver

from plant import addresses, scoping
from plant.models import Equipment, Role
from plant.permissions import ACTIONS
from plant.words_of_actions import NOUNS, VERBS
from tests import factories

METHODS = ("get", "post", "put", "patch", "delete")


def walk(patterns, names=(), path="/"):
    for pattern in patterns:
        here = path + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, (*names, *filter(None, [pattern.namespace])), here)
        elif isinstance(pattern, URLPattern) and not here.startswith("/admin/"):
            yield here, names, pattern


def named():
    """(route, match) of every address that carries words."""
    for route, names, pattern in walk(get_resolver().url_patterns):
        if words := dict.fromkeys(pattern.pattern.converters, "X"):
            yield route, ResolverMatch(pattern.callback, (), words, url_name=pattern.name, namespaces=list(names))


def test_every_address_with_words_says_which_row_it_names():
    silent = []
    for route, match in named():
        try:
            addresses.subject(match)
        except LookupError:
            silent.append(route)
    assert silent == []


@pytest.mark.parametrize("subject", sorted({s for s in addresses.SUBJECTS.values() if s}, key=str), ids=str)
def test_every_named_row_can_be_looked_for(subject, db):
    here = factories.person("P1", Role.VIEWER, site=factories.site())
    model = addresses.apps.get_model(subject.model)
    value = "X" if subject.field != "pk" else 999_999

    assert not scoping.visible(model._default_manager.filter(**{subject.field: value}), here).exists()


def world():
    there = Equipment.objects.create(code="SITE-2", name="Other", level="SITE")
    far = factories.received("FAR", site=there)
    near = factories.received("NEAR")
    factories.station("OVEN")
    line = Equipment.objects.create(code="LINE-2", name="Other line", level="WORK_CENTER", parent=there)
    Equipment.objects.create(code="OVEN-2", name="Other oven", level="WORK_UNIT", parent=line)
    return near, far


OWN_AND_OTHER = [
    ("/trace/lots/{}/", "NEAR", "FAR"), ("/trace/lots/{}/genealogy.json", "NEAR", "FAR"),
    ("/trace/label/lot/{}/", "NEAR", "FAR"), ("/l/{}", "NEAR", "FAR"),
    ("/trace/equipment/{}/", "OVEN", "OVEN-2"), ("/production/walls/{}/", "LINE", "LINE-2"),
    ("/production/stations/{}/code.svg", "OVEN", "OVEN-2"),
]


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.OPERATOR, Role.QUALITY_MANAGER, Role.ADMINISTRATOR])
def test_rows_of_another_site_are_not_there(role):
    world()
    client = Client(raise_request_exception=False)
    client.force_login(factories.person("P1", role, site=factories.site()))

    found = {
        path: (client.get(path.format(own)).status_code, client.get(path.format(other)).status_code)
        for path, own, other in OWN_AND_OTHER
    }

    assert {path: codes for path, codes in found.items() if codes[0] in (404, 500) or codes[1] != 404} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("method", METHODS)
def test_no_method_gets_past_the_table_or_the_site(method):
    world()
    person = factories.person("P1", *Role.values, site=factories.site())
    client = Client(raise_request_exception=False)
    client.force_login(person)
    paths = ["/trace/lots/FAR/", "/trace/lots/FAR/label/", "/trace/equipment/OVEN-2/", "/station/OVEN-2/report/"]

    assert {path: getattr(client, method)(path).status_code for path in paths} == dict.fromkeys(paths, 404)


@pytest.mark.django_db
def test_lists_search_and_files_hold_nothing_of_another_site():
    world()
    client = Client()
    client.force_login(factories.person("P1", *Role.values, site=factories.site()))

    paths = ["/trace/lots/", "/trace/lots/?q=FAR", "/search/?q=FAR", "/trace/equipment/", "/trace/where-used/?q=FAR"]

    assert [path for path in paths if b"/lots/FAR/" in client.get(path).content] == []


def test_every_action_has_words_for_the_page_of_roles():
    nouns = {action.partition(".")[0] for action in ACTIONS}
    verbs = {action.partition(".")[2] for action in ACTIONS}

    assert (nouns - set(NOUNS), verbs - set(VERBS)) == (set(), set())


@pytest.mark.django_db
def test_the_page_of_roles_shows_the_table_and_who_holds_what():
    client = Client()
    client.force_login(factories.person("AD", Role.ADMINISTRATOR, language="en"))

    page = client.get("/roles/").content.decode()

    assert page.count('<span class="sr">may</span>') == sum(len(set(Role.values) & held) for held in ACTIONS.values())
    assert "Person AD" in page
