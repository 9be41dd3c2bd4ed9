"""The pages of the ground, and how they tell what went wrong."""

import json

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from plant import search
from plant.commands import journal
from plant.errors import Refusal
from plant.models import Person, Role
from plant.queries import search as finding
from plant.web import errors, refusals
from tests import factories

pytestmark = pytest.mark.django_db


def signed_in(*roles):
    client = Client()
    client.force_login(factories.person("ME", *roles, language="en"))
    return client


@pytest.mark.parametrize("path", ["/", "/inbox/", "/search/", "/search/?q=zzz", "/journal/", "/people/", "/design/"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_is_drawn_in_both_languages(path, language):
    client = signed_in(Role.ADMINISTRATOR)
    Person.objects.update(language=language)

    answer = client.get(path)

    assert answer.status_code == 200
    assert answer["Cache-Control"].startswith("max-age=0")


def test_the_journal_lists_shows_and_exports():
    client = signed_in(Role.ADMINISTRATOR)
    me, pcb = factories.person("ME"), factories.material("=PCB")
    entry = journal.record("material.changed", subject=pcb, by=me, reason="=1+1")

    listed, shown = client.get("/journal/?q=PCB"), client.get(f"/journal/{entry}/")
    sheet = b"".join(client.get("/journal/?format=csv").streaming_content).decode()

    assert "=PCB" in listed.content.decode()
    assert "materialdefinition:" in shown.content.decode()
    assert "'=1+1" in sheet


def test_a_journal_entry_that_is_not_there():
    assert signed_in(Role.ADMINISTRATOR).get("/journal/77/").status_code == 404


def cost(client, path):
    """How many queries a page takes, once the session is warm."""
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


def test_the_journal_list_costs_the_same_with_many_entries():
    client = signed_in(Role.ADMINISTRATOR)
    pcb, me = factories.material(), factories.person("ME")
    journal.record("material.changed", subject=pcb, by=me)
    with_one = cost(client, "/journal/")

    for _ in range(30):
        journal.record("material.changed", subject=pcb, by=me)

    assert cost(client, "/journal/") == with_one


def test_the_people_list_costs_the_same_with_many_people():
    client = signed_in(Role.ADMINISTRATOR)
    with_one = cost(client, "/people/")

    for n in range(20):
        factories.person(f"N{n}", Role.OPERATOR, Role.INSPECTOR)

    assert cost(client, "/people/") == with_one


def test_a_team_leader_unblocks_a_badge_on_the_page():
    someone = factories.person("OP", Role.OPERATOR, badge="B1", pin_failures=5)
    client = signed_in(Role.TEAM_LEADER)
    assert "Unblock" in client.get("/people/").content.decode()

    client.post(f"/people/{someone.pk}/unblock/")

    assert Person.objects.get(pk=someone.pk).pin_failures == 0


def test_a_scanned_code_goes_straight_to_what_it_names():
    signed_in()
    answer = signed_in(Role.ADMINISTRATOR).get("/search/?q=me")

    assert answer.url == "/people/?q=ME"


def test_the_palette_gets_what_was_found():
    answer = signed_in(Role.ADMINISTRATOR).get("/search/?q=Person&format=json")

    assert answer.json()["results"][0] == {
        "title": "Person ME", "kind": "Person · ME", "url": "/people/?q=ME", "icon": "ti ti-user", "exact": False}


def test_rooms_add_their_own_way_of_finding(monkeypatch):
    monkeypatch.setattr(search, "_RESOLVERS", [lambda code, person: [search.Hit("L1", "/lot/", exact=code == "L1")]])
    me = factories.person("ME", Role.VIEWER)

    assert finding.exact(finding.find("L1", me)).url == "/lot/"
    assert finding.exact(finding.find("L", me)) is None


@pytest.mark.parametrize(
    ("typed", "cleaned"),
    [("  L-1 ", "L-1"), ("L\u200b1", "L1"), ("(01)\x1d10", "(01)\x1d10"), ("L\x001", "L1"), ("\u202eL1", "L1"),
     ("e\u0301", "é"), ("x" * 5000, "x" * 200), ("<img onerror=1>", "<img onerror=1>")],
)
def test_a_code_is_cleaned_of_what_cannot_be_seen(typed, cleaned):
    assert finding.clean(typed) == cleaned


@pytest.mark.parametrize(("language", "text"), [("zh-hans", "控制图已停用"), ("en", "chart retired")])
def test_the_journal_is_searched_by_the_words_that_it_shows(language, text):
    client, me = signed_in(Role.ADMINISTRATOR), factories.person("P1")
    Person.objects.update(language=language)
    wanted, other = (journal.record(kind, subject=me, by=me) for kind in ("chart.retired", "lot.held"))

    page = client.get("/journal/", {"q": text}).content.decode()

    assert (f"/journal/{wanted}/" in page, f"/journal/{other}/" in page) == (True, False)


def test_markup_in_a_search_is_shown_and_not_run():
    page = signed_in(Role.VIEWER).get("/search/", {"q": "<img src=x onerror=alert(1)>"}).content.decode()

    assert "<img src=x" not in page


def refused(**headers):
    request = RequestFactory().get("/", headers=headers)
    request.user = factories.person("ME", Role.VIEWER)
    return refusals.answer(request, Refusal("批次被扣留", code="held", facts={"hold": 7}))


def test_a_refusal_to_htmx_is_a_fragment_and_a_toast():
    answer = refused(**{"HX-Request": "true"})

    assert (answer.status_code, "批次被扣留" in answer.content.decode()) == (409, True)
    assert json.loads(answer["HX-Trigger"]) == {"toast": {"tone": "failed", "text": "批次被扣留"}}
    assert answer["HX-Trigger"].isascii()


def test_a_refusal_to_a_script_is_a_problem():
    body = json.loads(refused(Accept="application/json").content)

    assert (body["status"], body["outcome"], body["detail"], body["hold"]) == (409, "refused", "批次被扣留", 7)


def test_a_refusal_of_a_form_goes_back_with_a_message():
    leader = factories.person("TL", Role.TEAM_LEADER, pin_failures=5, language="en")
    client = Client()
    client.force_login(leader)

    answer = client.post(f"/people/{leader.pk}/unblock/", headers={"Referer": "http://testserver/people/"}, follow=True)

    assert answer.redirect_chain == [("http://testserver/people/", 302)]
    assert "Nobody unblocks their own badge" in answer.content.decode()


def test_a_forbidden_page_says_who_may():
    answer = signed_in(Role.VIEWER).get("/people/")

    assert answer.status_code == 403
    assert "Team leader" in answer.content.decode()


@pytest.mark.parametrize(("view", "status"), [
    (errors.bad_request, 400), (errors.forbidden, 403), (errors.not_found, 404), (errors.server_error, 500)])
@pytest.mark.parametrize("path", ["/x/", "/api/v1/x/"])
def test_errors_are_pages_for_people_and_problems_for_programs(view, status, path):
    request = RequestFactory().get(path)
    request.user = factories.person("ME", Role.VIEWER)

    answer: HttpResponse = view(request)

    assert answer.status_code == status
    assert ("problem+json" in answer["Content-Type"]) == path.startswith("/api/")


@pytest.mark.parametrize("path", ["/login/", "/", "/no-such-page/", "/healthz"])
def test_every_answer_carries_the_content_policy(path):
    answer = signed_in(Role.VIEWER).get(path)

    policy = dict(rule.split(" ", 1) for rule in answer["Content-Security-Policy"].split("; "))
    assert policy["script-src"] == "'self' 'wasm-unsafe-eval'"
    assert policy["frame-ancestors"] == "'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
