"""The way in, and out."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from plant.models import JournalEntry, Person, Role
from tests import factories
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def send(client, password=PASSWORD, **fields):
    return client.post("/login/", {"username": "P1", "password": password, **fields})


def test_the_way_in_leads_to_where_one_wanted_to_go():
    factories.person("P1", Role.VIEWER)
    client = Client()
    asked = client.get("/inbox/?sort=due")

    answer = client.post(asked.url, {"username": "P1", "password": PASSWORD, "next": "/inbox/?sort=due"})

    assert asked.url == "/login/?next=/inbox/%3Fsort%3Ddue"
    assert answer.url == "/inbox/?sort=due"


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_the_way_in_leads_nowhere_else(where):
    factories.person("P1", Role.VIEWER)

    assert send(Client(), next=where).url == "/"


def test_signing_in_makes_a_new_session():
    factories.person("P1", Role.VIEWER)
    client = Client()
    client.get("/login/")
    session = client.session
    session["planted"] = "yes"
    session.save()
    before = session.session_key

    send(client)

    assert client.session.session_key != before
    assert "planted" not in client.session


def test_a_wrong_password_is_told_in_the_form_and_opens_nothing():
    factories.person("P1", Role.VIEWER)
    client = Client(headers={"Accept-Language": "en"})

    answer = send(client, "wrong")

    assert answer.status_code == 400
    assert "number or the password is wrong" in answer.content.decode()
    assert client.get("/").status_code == 302


def test_signing_out_ends_the_session_on_the_server():
    factories.person("P1", Role.VIEWER)
    client = Client()
    send(client)
    key = client.session.session_key

    client.post("/logout/")

    assert not Session.objects.filter(session_key=key).exists()
    assert JournalEntry.objects.filter(kind="person.signed-out").count() == 1
    assert client.get("/").status_code == 302


def test_signing_out_needs_a_post():
    assert Client().get("/logout/").status_code == 405


def test_a_form_from_elsewhere_is_refused():
    factories.person("P1", Role.VIEWER)

    assert send(Client(enforce_csrf_checks=True)).status_code == 403


def age(client, **ages):
    session = client.session
    for name, length in ages.items():
        session[name] = (timezone.now() - length).isoformat()
    session.save()


@pytest.mark.parametrize(
    ("role", "ages", "status"),
    [(Role.OPERATOR, {"seen_at": timedelta(minutes=29)}, 200), (Role.OPERATOR, {"seen_at": timedelta(minutes=31)}, 302),
     (Role.VIEWER, {"seen_at": timedelta(hours=3)}, 200), (Role.VIEWER, {"began_at": timedelta(hours=13)}, 302)],
)
def test_a_session_ends_when_nobody_uses_it_or_the_shift_is_over(role, ages, status):
    factories.person("P1", role)
    client = Client()
    send(client)

    age(client, **ages)

    assert client.get("/").status_code == status


def test_a_switched_off_account_is_out_at_the_next_request():
    factories.person("P1", Role.VIEWER)
    client = Client()
    send(client)

    Person.objects.update(is_active=False)

    assert client.get("/").status_code == 302


def test_the_chosen_language_is_kept_with_the_person():
    person = factories.person("P1", Role.VIEWER)
    client = Client()
    send(client)

    client.post("/i18n/setlang/", {"language": "en", "next": "/"})

    assert Person.objects.get(pk=person.pk).language == "en"
    assert '<html lang="en"' in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("accepts", "lang"), [("en-GB,en;q=0.9", "en"), ("zh-CN,zh;q=0.9", "zh-Hans"), ("xx", "zh-Hans")]
)
def test_before_signing_in_the_browser_decides_the_language(accepts, lang, settings):
    settings.LANGUAGE_CODE = "zh-hans"
    page = Client(headers={"Accept-Language": accepts}).get("/login/").content.decode()

    assert f'<html lang="{lang}"' in page


def test_a_look_with_the_session_before_takes_no_sign_in_away():
    factories.person("P1", Role.VIEWER)
    client = Client()
    send(client)
    Session.objects.filter(session_key=client.session.session_key).delete()  # somebody else signed on meanwhile

    assert client.get("/").status_code == 302
    assert client.cookies["sessionid"].value
