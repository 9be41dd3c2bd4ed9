"""The way in through the company's identity provider, which is a process of its own here."""

import subprocess
import sys
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
import requests
from django.test import Client

from ops.paths import ROOT
from plant import oidc
from plant.commands import identities
from plant.models import JournalEntry, OutsideIdentity, Person, PersonKind, Role
from tests import factories
from tests.plant.web.idp import CLIENT, SECRET

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def issuer():
    command = [sys.executable, "-m", "tests.plant.web.idp"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        yield process.stdout.readline().strip()
        process.terminate()


@pytest.fixture(autouse=True)
def configured(issuer, settings):
    settings.OIDC = oidc.Provider(issuer, CLIENT, SECRET, name="Works ID")
    settings.SECOND_FACTOR_ROLES = frozenset({Role.ADMINISTRATOR})


@pytest.fixture
def client():
    return Client(headers={"Accept-Language": "en"})


def asked(client, where="/inbox/"):
    """The provider's address that the plant sends the browser to."""
    return client.get("/login/oidc/", {"next": where}).url


def back(there, **said):
    """Where the provider sends the browser, once somebody has said there who they are."""
    answer = requests.get(there, params={"user": "P1", **said}, allow_redirects=False, timeout=5)
    url = urlsplit(answer.headers["Location"])
    return f"{url.path}?{url.query}"


def come(client, where="/inbox/", **said):
    return client.get(back(asked(client, where), **said))


def why_not(client, answer):
    """What the sign-in page says after somebody was sent back to it; nobody is signed in then."""
    assert urlsplit(answer.url).path == "/login/"
    assert "_auth_user_id" not in client.session
    page = client.get(answer.url).content.decode()
    return page.partition('role="alert"')[2].partition("</div>")[0]


def last(kind="person.sign-in-refused"):
    return JournalEntry.objects.filter(kind=kind).latest("pk")


def test_a_person_the_provider_knows_comes_to_where_they_wanted_to_go(client, issuer):
    factories.person("P1", Role.VIEWER)

    assert come(client).url == "/inbox/"

    assert client.get("/inbox/").status_code == 200
    assert last("person.signed-in").data == {"address": "127.0.0.1", "through": issuer}
    assert last("person.identity").data == {"issuer": issuer, "subject": "sub-P1"}


def test_the_sign_in_page_offers_it_only_where_it_is_set_up(client, settings):
    assert "Sign in with Works ID" in client.get("/login/").content.decode()
    settings.OIDC = replace(settings.OIDC, name="")
    assert "Sign in with your company account" in client.get("/login/").content.decode()

    settings.OIDC = None

    assert "/login/oidc/" not in client.get("/login/").content.decode()
    assert {client.get(path).status_code for path in ("/login/oidc/", "/login/oidc/answer/")} == {404}


def test_signing_in_makes_a_new_session(client):
    factories.person("P1", Role.VIEWER)
    there = asked(client)
    before = client.session.session_key

    client.get(back(there))

    assert client.session.session_key != before
    assert set(client.session.keys()).isdisjoint({"asked_outside"})


@pytest.mark.parametrize("where", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"])
def test_the_way_in_leads_nowhere_else(client, where):
    factories.person("P1", Role.VIEWER)

    assert come(client, where).url == "/"


@pytest.mark.parametrize("flaw", [
    "wrong-nonce", "no-nonce", "wrong-audience", "two-audiences", "wrong-issuer", "expired", "early", "no-expiry",
    "no-subject", "bad-signature", "alg-none", "public-key-as-secret",
])
def test_an_answer_that_is_not_right_in_everything_opens_nothing(client, flaw):
    factories.person("P1", Role.VIEWER)

    assert "could not be verified" in why_not(client, come(client, flaw=flaw))

    assert last().data["why"] == "not-believed"
    assert not OutsideIdentity.objects.exists()


def test_an_answer_counts_once_and_only_in_the_browser_that_asked(client):
    factories.person("P1", Role.VIEWER)
    mine, other = back(asked(client)), Client(headers={"Accept-Language": "en"})

    assert "not begun in this window" in why_not(other, other.get(mine))
    assert client.get(mine).url == "/inbox/"
    client.post("/logout/")
    assert "not begun in this window" in why_not(client, client.get(mine))


def test_an_answer_with_another_state_or_of_another_issuer_opens_nothing(client):
    factories.person("P1", Role.VIEWER)
    mine = back(asked(client))

    assert "not begun" in why_not(client, client.get(mine.replace("state=", "state=x")))
    assert "did not let you in" in why_not(client, client.get(f"{mine}&iss=https://another.example"))


def test_a_code_of_one_sign_in_does_not_finish_another(client):
    factories.person("P1", Role.VIEWER)
    stolen = urlsplit(back(asked(Client()))).query.partition("code=")[2].partition("&")[0]
    mine = urlsplit(back(asked(client))).query.partition("state=")[2]

    answer = client.get("/login/oidc/answer/", {"code": stolen, "state": mine})

    assert "did not let you in" in why_not(client, answer)


def test_asking_in_a_second_window_leaves_the_first_one_good(client):
    factories.person("P1", Role.VIEWER)
    first, _second = asked(client, "/inbox/"), asked(client, "/search/")

    assert client.get(back(first)).url == "/inbox/"


@pytest.mark.parametrize(("flaw", "told"), [("denied", "did not let you in"), ("broken", "reached now")])
def test_a_provider_that_refuses_or_fails_is_told_with_what_to_do(client, flaw, told):
    assert told in why_not(client, come(client, flaw=flaw))


def test_a_provider_that_is_away_does_not_keep_people_from_the_password(client, settings):
    settings.OIDC = oidc.Provider("http://127.0.0.1:9", CLIENT, SECRET)

    assert "can&#x27;t be reached" in why_not(client, client.get("/login/oidc/"))


@pytest.mark.parametrize(("fields", "said", "why"), [
    ({}, {"user": "STRANGER"}, "no-such-person"), ({}, {"flaw": "no-number"}, "no-such-person"),
    ({"is_active": False}, {}, "switched-off"), ({"kind": PersonKind.SYSTEM}, {}, "no-such-person"),
])
def test_only_an_active_person_of_that_number_comes_in(client, fields, said, why):
    factories.person("P1", **fields)

    assert "administrator" in why_not(client, come(client, **said))

    assert last().data["why"] == why
    assert Person.objects.filter(number="STRANGER").count() == 0


@pytest.mark.parametrize("said", [{"sub": "somebody-else"}, {"user": "P2", "sub": "sub-P1"}])
def test_a_number_that_moves_to_another_account_opens_nothing_until_it_is_let_go(client, said):
    mine, _other = factories.person("P1", Role.VIEWER), factories.person("P2", Role.VIEWER)
    come(Client())

    assert "do not belong together" in why_not(client, come(client, **said))
    assert last().data["why"] == "other-identity"
    identities.forget(person=mine, by=factories.person("AD", Role.ADMINISTRATOR))

    assert come(client, **said).url == "/inbox/"


@pytest.mark.parametrize(("counts", "amr", "next_page"), [
    ((), "pwd otp mfa", "/login/code/"), (("mfa",), "pwd", "/login/code/"), (("mfa",), "pwd mfa", "/inbox/"),
])
def test_the_plants_second_step_is_asked_unless_the_providers_counts(client, settings, counts, amr, next_page):
    settings.OIDC = replace(settings.OIDC, second_factors=frozenset(counts))
    factories.person("P1", Role.ADMINISTRATOR)

    assert come(client, amr=amr).url == next_page


def test_new_keys_of_the_provider_are_fetched(client, issuer):
    factories.person("P1", Role.VIEWER)
    come(Client())

    requests.get(f"{issuer}/rotate", timeout=5)

    assert come(client).url == "/inbox/"


def test_an_administrator_lets_an_account_go_in_the_console(client):
    factories.person("P1", Role.VIEWER)
    come(Client())
    client.force_login(factories.person("AD", Role.ADMINISTRATOR, language="en"))
    url = f"/admin/plant/person/{Person.objects.get(number='P1').pk}/change/"
    inlines = ("personqualification_set", "places")
    lines = {f"{inline}-{count}_FORMS": "0" for inline in inlines for count in ("TOTAL", "INITIAL")}

    assert "forget_identity" in client.get(url).content.decode()
    client.post(url, {"name": "P", "language": "en", "is_active": "on", "role_names": ["VIEWER"],
                      "forget_identity": "on", **lines})

    assert not OutsideIdentity.objects.exists()
    assert last("person.identity-forgotten").actor == "AD"
    assert "forget_identity" not in client.get(url).content.decode()


def test_leaving_ends_the_session_at_the_provider_too(client, issuer):
    factories.person("P1", Role.VIEWER)
    come(client)

    there = client.post("/logout/")["Refresh"].removeprefix("0; url=")

    assert client.get("/inbox/").status_code == 302
    gone = requests.get(there, allow_redirects=False, timeout=5).headers["Location"]
    assert gone == "http://testserver/login/?left=sub-P1"


@pytest.mark.parametrize("changes", [{"ends_with_us": False}, {"issuer": "http://127.0.0.1:9"}])
def test_leaving_stays_here_where_the_provider_is_away_or_not_to_be_asked(client, settings, changes):
    factories.person("P1", Role.VIEWER)
    come(client)
    settings.OIDC = replace(settings.OIDC, **changes)

    assert client.post("/logout/").url == "/login/"


def test_whoever_came_with_a_password_leaves_without_the_provider(client):
    client.force_login(factories.person("P1", Role.VIEWER))
    assert client.post("/logout/").url == "/login/"
