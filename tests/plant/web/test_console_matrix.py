"""Every page of the console, for everybody: administrators see it, others do not, facts stay facts."""

import pytest
from django.contrib import admin
from django.test import Client

from plant.models import Role
from plant.web.console import MasterAdmin, ReadOnlyAdmin
from tests import factories
from tests.plant.console import samples

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("built", "gathered_once")]
KINDS = list(admin.site._registry.items())
NAMES = [model._meta.label for model, _door in KINDS]
OTHERS = [role for role in Role.values if role != Role.ADMINISTRATOR]


@pytest.fixture(scope="module")
def built(one_world):
    samples.build()


def signed_in(*roles):
    client = Client()
    client.force_login(factories.person("-".join(roles) or "NOBODY", *roles, language="en"))
    return client


def base(model):
    return f"/admin/{model._meta.app_label}/{model._meta.model_name}/"


def pages(model, door):
    """The addresses of a kind, with the record that there is."""
    found = ["", "?q=x", "export/csv/", "export/xlsx/"]
    if isinstance(door, MasterAdmin):
        found += ["import/", "template/csv/", "template/xlsx/"]
    row = samples.of(model)
    if row is not None:
        found += [f"{row.pk}/change/", f"{row.pk}/history/"]
        found += [f"{row.pk}/used/", f"{row.pk}/delete/"] if isinstance(door, MasterAdmin) else []
    return [base(model) + path for path in found]


@pytest.mark.parametrize(("model", "door"), KINDS, ids=NAMES)
def test_an_administrator_sees_every_page(model, door):
    boss = signed_in(Role.ADMINISTRATOR)
    row = samples.of(model)

    asked = {path: boss.get(path) for path in pages(model, door)}

    request, answers = asked[base(model)].wsgi_request, {path: answer.status_code for path, answer in asked.items()}
    shut = {f"{base(model)}{row.pk}/delete/"} if row and not door.has_delete_permission(request, row) else set()
    assert {path: code for path, code in answers.items() if code != 200} == dict.fromkeys(shut & set(answers), 403)
    assert boss.get(f"{base(model)}add/").status_code == (200 if door.has_add_permission(request) else 403)


BRIEF = {"Accept": "application/json"}  # the refusal alone, without a page around it


SLICES = 7  # each role asks every seventh page, so that each page is asked by two roles


@pytest.mark.parametrize(("turn", "role"), list(enumerate(["", *OTHERS])))
def test_nobody_else_sees_or_sends_to_any_page(turn, role):
    paths = [path for model, door in KINDS for path in [*pages(model, door), f"{base(model)}add/"]]
    paths = paths[turn % SLICES :: SLICES]
    client = signed_in(*filter(None, [role]))

    answers = {path: {ask(path, headers=BRIEF).status_code for ask in (client.get, client.post)} for path in paths}

    assert {path: codes for path, codes in answers.items() if codes != {403}} == {}


def test_a_stranger_is_sent_to_sign_in():
    paths = [path for model, door in KINDS for path in pages(model, door)]

    answers = {path: Client().get(path).headers.get("Location", "") for path in paths}

    assert {path for path, to in answers.items() if not to.startswith("/login/")} == set()


YES = {"post": "yes"}
FACTS = [(model, door) for model, door in KINDS if isinstance(door, ReadOnlyAdmin)]


@pytest.mark.parametrize(("model", "door"), FACTS, ids=[model._meta.label for model, _door in FACTS])
def test_facts_refuse_every_write(model, door):
    boss = signed_in(Role.ADMINISTRATOR)
    row = samples.of(model)
    before = model._default_manager.count()
    steps = [f"{row.pk}/change/", f"{row.pk}/delete/"] if row else []
    chosen = {"action": "delete_selected", "_selected_action": row.pk if row else 1}

    answers = {path: boss.post(base(model) + path, YES, headers=BRIEF).status_code for path in ["add/", *steps]}
    boss.post(base(model), YES | chosen, headers=BRIEF)

    assert set(answers.values()) == {403}
    assert model._default_manager.count() == before
