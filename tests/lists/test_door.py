"""The door of lists: pages by cursor, parts for htmx, views, columns, files with progress, and acts on many rows."""

import pytest
from django.test import Client
from django.urls import reverse

from plant.commands import journal as book
from plant.models import ColumnChoice, Role, SavedView
from tests import factories
from tests.qms import factories as quality
from traceability.models import Hold, MaterialLot

pytestmark = pytest.mark.django_db
LOTS = "/trace/lots/"


def signed_in(*roles: str, number: str = "ME") -> Client:
    client = Client()
    client.force_login(factories.person(number, *roles, language="en"))
    return client


def lots(*numbers: str) -> list[MaterialLot]:
    return [factories.received(number) for number in numbers]


def shown(answer) -> list[str]:
    rows = {str(lot.pk): lot.number for lot in MaterialLot.objects.all()}
    return [rows[line.key] for line in answer.context["lines"]]


def test_pages_follow_one_another_there_and_back():
    lots(*(f"L{number:03}" for number in range(120)))
    client = signed_in(Role.VIEWER)
    first = client.get(LOTS, {"sort": "number"})
    second = client.get(LOTS + first.context["next_url"])
    third = client.get(LOTS + second.context["next_url"])

    again = client.get(LOTS + third.context["previous_url"])

    assert [len(shown(page)) for page in (first, second, third)] == [50, 50, 20]
    assert shown(again) == shown(second) == [f"L{number:03}" for number in range(50, 100)]
    assert (first.context["previous_url"], third.context["next_url"]) == ("", "")


def test_a_page_that_is_gone_leads_to_the_first():
    lots(*(f"L{number:03}" for number in range(51)))
    client = signed_in(Role.VIEWER)
    url = client.get(LOTS, {"sort": "number", "q": "L"}).context["next_url"]
    MaterialLot.objects.filter(number="L050").update(number="GONE")

    assert client.get(LOTS + url).url == "?q=L&sort=number"


def test_htmx_gets_only_the_rows_and_a_clean_address():
    lots("L1")
    client = signed_in(Role.VIEWER)

    part = client.get(LOTS, {"q": "L1", "status": "", "kind": ""}, headers={"HX-Request": "true"})
    whole = client.get(LOTS, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"})

    assert ("<html" in part.content.decode(), "<html" in whole.content.decode()) == (False, True)
    assert part["HX-Push-Url"] == "/trace/lots/?q=L1"


def test_a_list_says_whether_nothing_is_there_or_nothing_fits():
    client = signed_in(Role.WAREHOUSE)
    assert "No lots yet" in client.get(LOTS).content.decode()
    lots("L1")
    assert "Nothing matches" in client.get(LOTS, {"q": "L2"}).content.decode()


def test_somebody_who_may_not_receive_reads_why():
    assert "Ask: Warehouse" in signed_in(Role.VIEWER).get(LOTS).content.decode()


def test_a_view_keeps_search_filters_order_and_columns():
    client = signed_in(Role.TEAM_LEADER)
    query = "q=L&status=HELD&sort=-number&columns=number,kind"

    form = {"do": "save-view", "name": "Held", "query": query + "&evil=1&cursor=x", "shared": "yes"}
    answer = client.post(LOTS, form)

    view = SavedView.objects.get()
    assert (view.query, answer.url) == (query, f"{LOTS}?{query}&view={view.pk}")
    page = signed_in(Role.VIEWER, number="V").get(answer.url)
    assert [one["is_open"] for one in page.context["views"]] == [True]
    assert [head["column"].key for head in page.context["heads"]] == ["number", "kind"]


def test_a_view_is_deleted_by_its_owner_only():
    leader, other = signed_in(Role.TEAM_LEADER), signed_in(Role.TEAM_LEADER, number="O")
    leader.post(LOTS, {"do": "save-view", "name": "Held", "query": "", "shared": "yes"})
    form = {"do": "delete-view", "view": SavedView.objects.get().pk, "query": ""}

    other.post(LOTS, form)
    assert SavedView.objects.count() == 1
    leader.post(LOTS, form)
    assert SavedView.objects.count() == 0


def test_columns_are_remembered_for_the_person_and_the_address_wins():
    lots("L1")
    client = signed_in(Role.VIEWER)
    client.post(LOTS, {"do": "columns", "column": ["kind", "number", "password"], "query": "q=L"})

    keys = [[head["column"].key for head in client.get(LOTS, words).context["heads"]]
            for words in ({}, {"columns": "number"})]

    assert keys == [["kind", "number"], ["number"]]
    client.post(LOTS, {"do": "columns", "reset": "yes"})
    assert not ColumnChoice.objects.exists()


def test_a_file_follows_the_remembered_columns_and_says_how_long_it_is():
    lots("L1", "L2")
    client = signed_in(Role.VIEWER)
    client.post(LOTS, {"do": "columns", "column": ["number"], "query": ""})

    answer = client.get(LOTS, {"format": "csv", "sort": "number", "token": "T"})

    assert answer.getvalue().decode("utf-8-sig").split() == ["Number", "L1", "L2"]
    assert answer["X-Rows"] == "2"
    assert client.get(LOTS, {"progress": "T"}).json() == {"rows": 2}
    assert signed_in(Role.VIEWER, number="O").get(LOTS, {"progress": "T"}).json() == {"rows": 0}


def keys(*numbers: str) -> list[int]:
    return list(MaterialLot.objects.filter(number__in=numbers).values_list("pk", flat=True))


def test_a_preview_changes_nothing_and_the_act_changes_what_it_showed():
    lots("L1", "L2", "L3")
    client = signed_in(Role.QUALITY_ENGINEER)
    form = {"do": "act", "act": "hold", "row": keys("L1", "L2"), "query": ""}

    preview = client.post(LOTS, form)

    assert (len(preview.context["good"]), preview.context["refused"]) == (2, [])
    assert Hold.objects.count() == 0
    assert client.post(LOTS, form | {"confirmed": "yes", "reason": ""}).status_code == 422
    client.post(LOTS, form | {"confirmed": "yes", "reason": "scratched"})
    assert set(Hold.objects.values_list("lot__number", "reason")) == {("L1", "scratched"), ("L2", "scratched")}


def test_a_preview_says_which_rows_refuse_and_why():
    taken, free = quality.report(quality.board("B1")), quality.report(quality.board("B2"))
    client, url = signed_in(Role.QUALITY_ENGINEER), reverse("qms:nonconformance-list")
    client.post(url, {"do": "act", "act": "review", "row": [taken.pk], "confirmed": "yes"})
    form = {"do": "act", "act": "review", "scope": "all", "query": ""}

    preview = client.post(url, form)

    assert [line.key for line in preview.context["good"]] == [str(free.pk)]
    assert [(line.key, bool(str(why))) for line, why in preview.context["refused"]] == [(str(taken.pk), True)]
    done = client.post(url, form | {"confirmed": "yes"})
    assert (len(done.context["good"]), len(done.context["refused"]), done.context["is_done"]) == (1, 1, True)


def test_an_act_needs_rows_a_name_and_the_right():
    lots("L1")
    engineer, viewer = signed_in(Role.QUALITY_ENGINEER), signed_in(Role.VIEWER, number="V")

    assert engineer.post(LOTS, {"do": "act", "act": "hold"}).status_code == 409
    assert engineer.post(LOTS, {"do": "act", "act": "explode", "scope": "all"}).status_code == 409
    assert viewer.post(LOTS, {"do": "act", "act": "hold", "row": keys("L1")}).status_code == 403


def test_too_many_rows_at_once_are_refused():
    lots(*(f"L{number:03}" for number in range(201)))

    answer = signed_in(Role.QUALITY_ENGINEER).post(LOTS, {"do": "act", "act": "hold", "scope": "all", "query": ""})

    assert (answer.status_code, "200" in answer.content.decode()) == (409, True)


def test_a_lot_is_found_by_where_it_is():
    [lot] = lots("L1")
    client = signed_in(Role.VIEWER)

    found = [shown(client.get(LOTS, words)) for words in (
        {"where": "STOCK"}, {"where": "STOCK", "place": "NOWHERE"}, {"where": "SHIPPED"}, {"q": lot.number.lower()})]

    assert found == [["L1"], [], [], ["L1"]]


@pytest.mark.parametrize(
    ("words", "count"),
    [({"kind": "lot.held"}, 1), ({"subject": "PASTE"}, 1), ({"person": "P1"}, 1), ({"person": "Person P2"}, 1),
     ({"q": "oven"}, 1), ({"q": "PCB"}, 1), ({"kind": "nothing"}, 2), ({"from": "2099-01-01"}, 0),
     ({"from": "2020-01-01", "to": "2099-01-01"}, 2)],
)
def test_the_journal_leaves_what_was_asked_for(words, count):
    first, second = factories.person("P1"), factories.person("P2")
    book.record("lot.held", subject=factories.material("PCB"), by=first, reason="oven drifts")
    book.record("material.changed", subject=factories.material("PASTE"), by=second)

    assert len(signed_in(Role.ADMINISTRATOR).get("/journal/", words).context["lines"]) == count


def test_me_is_whoever_looks():
    case = quality.report(quality.board("B1"))
    engineer = signed_in(Role.QUALITY_ENGINEER)
    url = reverse("qms:nonconformance-list")
    engineer.post(url, {"do": "act", "act": "review", "row": [case.pk], "confirmed": "yes"})

    found = [len(client.get(url, {"owner": "me"}).context["lines"])
             for client in (engineer, signed_in(Role.QUALITY_ENGINEER, number="OTHER"))]

    assert found == [1, 0]
