"""Second factor, password page, signing out everywhere, and tablets that the plant knows."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from plant import totp
from plant.commands import second_factors
from plant.models import Device, JournalEntry, Person, Role, SecondFactor, SignInFailures
from tests import factories
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demanded(settings):
    settings.SECOND_FACTOR_ROLES = frozenset({Role.ADMINISTRATOR})


def sign_in(client, number="P1", password=PASSWORD):
    return client.post("/login/", {"username": number, "password": password})


def app_code(person, *, steps=0):
    shared = second_factors.shared(SecondFactor.objects.get(person=person))
    return totp.code(shared, int(timezone.now().timestamp()) // totp.STEP + steps)


def enrolled(*roles):
    """Somebody with an app, and their recovery codes."""
    person = factories.person("P1", *(roles or [Role.ADMINISTRATOR]))
    second_factors.begin(by=person)
    return person, second_factors.confirm(typed=app_code(person, steps=-1), by=person, at=timezone.now())


def test_a_role_that_needs_it_enrols_an_app_and_gets_recovery_codes_once():
    person, client = factories.person("P1", Role.ADMINISTRATOR), Client()

    assert sign_in(client).url == "/login/code/"
    assert "otpauth" not in (page := client.get("/login/code/").content.decode())
    assert client.get("/").status_code == 302
    told = client.post("/login/code/", {"code": app_code(person)})

    assert "<svg" in page or "data:image" in page
    assert len(re.findall("data-recovery", told.content.decode())) == 10
    assert client.get("/").status_code == 200


def test_other_roles_sign_in_with_the_password_alone():
    factories.person("P1", Role.OPERATOR)

    assert sign_in(Client()).url == "/"


def test_a_code_opens_once():
    person, _codes = enrolled()
    code = app_code(person)
    first, second = Client(), Client()
    sign_in(first), sign_in(second)

    assert first.post("/login/code/", {"code": code}).status_code == 302
    assert second.post("/login/code/", {"code": code}).status_code == 400


def test_a_recovery_code_opens_once_and_is_told_in_the_journal():
    _person, codes = enrolled()

    for expected in (302, 400):
        client = Client()
        sign_in(client)
        assert client.post("/login/code/", {"code": codes[0].upper()}).status_code == expected
    assert JournalEntry.objects.filter(kind="person.recovery-code-used").count() == 1


def test_guessing_codes_gets_slower_from_wherever_it_comes():
    person, _codes = enrolled()
    for address in ("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"):
        client = Client(REMOTE_ADDR=address)
        sign_in(client)
        client.post("/login/code/", {"code": "000000"})

    late = client.post("/login/code/", {"code": app_code(person)})

    assert late.status_code == 400
    assert SignInFailures.objects.get(account="P1+code").failures == 4


def test_half_a_sign_in_opens_nothing_and_runs_out():
    _person, codes = enrolled()
    client = Client()
    sign_in(client)
    session = client.session
    session["half"] = {**session["half"], "until": (timezone.now() - timedelta(seconds=1)).isoformat()}
    session.save()

    assert client.post("/login/code/", {"code": codes[0]}).url == "/login/"


def test_the_database_alone_makes_no_code(settings):
    person, _codes = enrolled()
    code = app_code(person)

    settings.SECOND_FACTOR_KEY = "stolen database, other key"

    assert app_code(person) != code


def test_a_new_password_needs_the_old_one_and_ends_other_sessions():
    factories.person("P1", Role.OPERATOR)
    here, there = Client(), Client()
    sign_in(here), sign_in(there)
    fresh = "four brown horses sleep"

    wrong = here.post("/account/", {"present": "no", "fresh": fresh, "again": fresh})
    right = here.post("/account/", {"present": PASSWORD, "fresh": fresh, "again": fresh})

    assert (wrong.status_code, right.status_code) == (400, 302)
    assert (here.get("/").status_code, there.get("/").status_code) == (200, 302)


@pytest.mark.parametrize("weak", ["short", "password1234", "Person P1 is me"])
def test_a_weak_password_is_refused(weak):
    factories.person("P1", Role.OPERATOR)
    client = Client()
    sign_in(client)

    assert client.post("/account/", {"present": PASSWORD, "fresh": weak, "again": weak}).status_code == 400


def test_signing_out_everywhere_ends_every_session():
    factories.person("P1", Role.OPERATOR)
    here, there = Client(), Client()
    sign_in(here), sign_in(there)

    here.post("/account/sign-out-everywhere/")

    assert (here.get("/").status_code, there.get("/").status_code) == (302, 302)
    sign_in(here)
    assert here.get("/").status_code == 200


def test_an_administrator_takes_a_lost_phone_away_but_not_their_own():
    person, codes = enrolled(Role.PLANNER)
    second_factors.remove(person=person, by=factories.person("AD", Role.ADMINISTRATOR), reason="lost")

    assert not second_factors.accepts(Person.objects.get(pk=person.pk), codes[0], at=timezone.now())
    admin = factories.person("AD", Role.ADMINISTRATOR)
    with pytest.raises(second_factors.Refusal):
        second_factors.remove(person=admin, by=admin, reason="mine")


def invite(place):
    client = Client()
    client.force_login(factories.person("AD", Role.ADMINISTRATOR))
    page = client.post("/tablets/", {"name": "Oven tablet", "place": place.pk}).content.decode()
    return client, re.search(r"data-enrol-url>https?://[^/]+(/tablets/enrol/[^<]+)<", page)[1]


def test_badge_and_pin_work_on_an_enrolled_tablet_at_its_own_place_only(settings):
    settings.TABLETS_MUST_ENROL = True
    oven, press = factories.station("OVEN"), factories.station("PRESS", "LINE-B")
    _admin, url = invite(factories.line())
    tablet = Client()

    assert tablet.get("/station/OVEN/sign-on/").status_code == 403
    assert tablet.post(url).url == "/station/"
    assert tablet.get(f"/station/{oven.code}/sign-on/").status_code == 200
    assert tablet.get(f"/station/{press.code}/sign-on/").status_code == 403
    assert tablet.cookies["tablet"]["httponly"]


def test_an_invitation_works_once_and_a_tablet_can_be_thrown_out(settings):
    settings.TABLETS_MUST_ENROL = True
    oven = factories.station("OVEN")
    admin, url = invite(oven)
    tablet = Client()

    assert tablet.get(url).status_code == 200
    assert tablet.post(url).url == "/station/OVEN/"
    assert Client().post(url).status_code == 409
    admin.post(f"/tablets/{Device.objects.get().pk}/revoke/")

    assert tablet.get("/station/OVEN/sign-on/").status_code == 403


def test_an_old_invitation_opens_nothing():
    _admin, url = invite(factories.station("OVEN"))
    Device.objects.update(code_until=timezone.now())

    assert Client().post(url).status_code == 409
