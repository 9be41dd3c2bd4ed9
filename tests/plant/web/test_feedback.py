"""The doors to feedback: in the help of every page, open to its teller and to those who answer, shut to others."""

import pytest
from django.test import Client

from plant.models import Feedback, Role
from tests.factories import person

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Current-URL": "https://plant.example/trace/lots/?q=A#top"}
EXPECTED = {"QUALITY_MANAGER": {422}, "ADMINISTRATOR": {422}, "SUPPLIER": {403, 404}, "CUSTOMER": {403, 404}}
SAID = {"kind": "MISSING", "text": "A column for the shift", "page": "/trace/lots/"}


def signed_in(number="L1", *roles, language="en"):
    client = Client()
    client.force_login(person(number, *(roles or ("TEAM_LEADER",)), language=language))
    return client


def told(client):
    client.post("/feedback/tell/", SAID)
    return Feedback.objects.latest("pk")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_help_of_a_page_leads_to_the_form(language):
    page = signed_in(language=language).get("/trace/lots/?q=A").content.decode()

    assert "/feedback/tell/?from=%2Ftrace%2Flots%2F%3Fq%3DA" in page
    assert 'hx-get="/feedback/tell/"' in page


def test_the_form_in_the_drawer_knows_its_page_thanks_and_says_who_reads_it():
    client = signed_in()
    form = client.get("/feedback/tell/", headers=HTMX).content.decode()
    thanks = client.post("/feedback/tell/", SAID, headers=HTMX).content.decode()

    assert 'value="/trace/lots/?q=A"' in form
    assert "data-draft" in form
    assert "<html" not in form + thanks
    assert "Thank you" in thanks
    assert "Quality manager" in thanks
    assert Feedback.objects.get().roles == ["TEAM_LEADER"]


def test_without_scripts_the_form_is_a_page_and_ends_in_ones_own_list():
    client = signed_in()

    assert 'value="/trace/lots/"' in client.get("/feedback/tell/?from=/trace/lots/").content.decode()
    assert client.post("/feedback/tell/", {**SAID, "text": ""}).status_code == 422
    page = client.post("/feedback/tell/", SAID, follow=True)
    assert page.redirect_chain == [("/feedback/mine/", 302)]
    assert "Thank you. This is read by: Quality manager, Administrator." in page.content.decode()


def test_everybody_reads_their_own_and_only_managers_the_rest():
    teller, other, manager = signed_in(), signed_in("L2"), signed_in("QM", "QUALITY_MANAGER")
    url = f"/feedback/{told(teller).pk}/"

    assert [client.get(url).status_code for client in (teller, other, manager)] == [200, 404, 200]
    assert [client.get("/feedback/").status_code for client in (teller, manager)] == [403, 200]
    assert [SAID["text"] in client.get("/feedback/mine/").content.decode() for client in (teller, other)] == [
        True, False]


def test_an_answer_without_words_opens_its_dialog_again_and_one_with_words_rings_the_bell():
    teller, manager = signed_in(), signed_in("AD", "ADMINISTRATOR")
    one = told(teller)
    assert SAID["text"] in manager.get("/inbox/").content.decode()
    assert manager.post(f"/feedback/{one.pk}/see/").status_code == 302
    assert manager.post(f"/feedback/{one.pk}/decline/", {"answer": ""}).status_code == 422

    manager.post(f"/feedback/{one.pk}/done/", {"answer": "It has one now."})

    assert "Done: A column for the shift" in teller.get("/inbox/bell/").content.decode()
    assert "It has one now." in teller.get(f"/feedback/{one.pk}/").content.decode()


def test_the_list_is_searched_filtered_and_taken_along():
    told(signed_in())
    manager = signed_in("QM", "QUALITY_MANAGER")

    assert manager.get("/feedback/?q=shift&kind=MISSING").context["total"] == 1
    assert manager.get("/feedback/?status=DONE").context["total"] == 0
    assert "A column for the shift" in manager.get("/feedback/?format=csv").getvalue().decode()


def test_nobody_gets_past_the_table():
    one = told(signed_in())
    for role in Role.values:
        answer = signed_in(f"R-{role}", role).post(f"/feedback/{one.pk}/decline/", {"answer": ""}).status_code
        assert (role, answer in EXPECTED.get(role, {403})) == (role, True)
