"""Every address of the product asks who is there, and opens only to the roles of the table."""

import pytest
from django.test import Client

from plant.models import PersonRole, Role
from plant.permissions import ACTIONS, PARTNERS
from tests import factories
from tests.plant.web.urls import pages

PUBLIC_MODULES = (
    "plant.web.sign_in", "plant.web.second_step", "plant.web.outside", "plant.web.leaving", "plant.web.devices",
    "plant.web.errors", "config.probes", "integrations.soap", "mes.tablet", "mes.web.screens", "mes.web.remotes",
    "qms.web.supplier_door", "traceability.web.public",
)
BRIEF = {"Accept": "application/json"}  # the refusal alone, without a page around it


def signed_in(*roles):
    client = Client(raise_request_exception=False)
    client.force_login(factories.person("-".join(roles) or "NOBODY", *roles))
    return client


def test_every_page_says_what_it_needs_or_that_it_is_public():
    unmarked = [page.path for page in pages() if not (page.needs or page.is_public)]

    assert unmarked == []


def test_only_the_tablet_asks_for_badge_and_pin_itself():
    itself = [page.path for page in pages() if page.needs and page.is_public]

    assert [path for path in itself if not path.startswith("/station/")] == []


@pytest.mark.django_db
@pytest.mark.parametrize("roles", [[], [Role.OPERATOR]])
def test_the_tablet_is_shut_to_whoever_has_not_signed_on_there(roles):
    station = factories.station("S-1")
    client = signed_in(*roles)
    paths = [page.path.replace("NONE-SUCH", station.code) for page in pages() if page.needs and page.is_public]

    statuses = {path: {client.get(path).status_code, client.post(path).status_code} for path in paths}

    assert paths
    assert {path: found for path, found in statuses.items() if found - {204, 302, 401, 405}} == {}


def test_every_page_needs_an_action_of_the_table():
    assert {page.path: page.needs for page in pages() if page.needs and page.needs not in ACTIONS} == {}


def test_only_signing_in_and_probes_are_public():
    odd = [page.path for page in pages() if page.is_public and not page.view.__module__.startswith(PUBLIC_MODULES)]

    assert odd == []


@pytest.mark.django_db
def test_a_stranger_is_sent_to_sign_in_from_every_page():
    client = Client(raise_request_exception=False)
    guarded = [page.path for page in pages() if not page.is_public]

    answers = {path: client.get(path) for path in guarded}

    assert {path for path, a in answers.items() if not (a.status_code == 302 and a.url.startswith("/login/"))} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["", *Role.values])
def test_pages_stay_shut_for_a_role_that_the_table_does_not_name(role):
    client = signed_in(*filter(None, [role]))
    guarded = [page for page in pages() if page.needs and not page.is_public]
    shut = [page.path for page in guarded if role not in ACTIONS[page.needs]]

    opened = {path: client.get(path, headers=BRIEF).status_code for path in shut}
    changed = {path: client.post(path, headers=BRIEF).status_code for path in shut}

    closed = {403, 404, 405} if role in PARTNERS else {403, 405}  # to partners nothing of the plant exists
    assert {path: status for path, status in opened.items() if status not in closed and path != "/"} == {}
    assert {path: status for path, status in changed.items() if status not in closed and path != "/"} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role.values)
@pytest.mark.usefixtures("gathered_once")
def test_pages_open_to_a_role_that_the_table_names(role):
    client = signed_in(role)
    guarded = [page for page in pages() if page.needs and not page.is_public]
    mine = [page.path for page in guarded if min(ACTIONS[page.needs] & set(Role.values)) == role]

    answers = {path: client.get(path).status_code for path in mine}

    assert {path: status for path, status in answers.items() if status == 403 or status >= 500} == {}


@pytest.mark.django_db
def test_a_role_taken_away_shuts_the_page_at_the_next_request():
    client = signed_in(Role.ADMINISTRATOR)
    assert client.get("/people/").status_code == 200

    PersonRole.objects.all().delete()

    assert client.get("/people/").status_code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role.values if role != Role.ADMINISTRATOR])
def test_the_console_is_for_administrators(role):
    client = signed_in(role)

    assert [client.get(path).status_code for path in ("/admin/", "/admin/plant/person/", "/admin/login/")] == [403] * 3


@pytest.mark.django_db
def test_the_console_sends_a_stranger_to_our_own_sign_in():
    assert Client().get("/admin/login/").url.startswith("/login/")
    assert Client().get("/admin/").url.startswith("/login/")
