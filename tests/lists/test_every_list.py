"""Every list that a room registers: opens, sorts, filters, pages, gives files, and asks little of the database."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse
from django.utils import timezone

from plant.lists import asked as asking
from plant.lists import description, reading
from plant.lists.description import Viewer
from plant.models import Person, Role
from plant.web import sessions
from tests import factories
from tests.lists import worlds

get_resolver().url_patterns  # noqa: B018 (the addresses register the lists)
LISTS = sorted(description.known(), key=lambda listing: listing.key)
pytestmark = pytest.mark.django_db


def signed_in(*roles: str) -> Client:
    client = Client()
    client.force_login(factories.person("ME", *roles, language="en"))
    return client


def everywhere() -> Client:
    return signed_in(*Role.values)


def everything(listing) -> dict[str, str]:
    """Asks for all rows and all columns."""
    wide = {one.key: "all" for one in listing.filters if getattr(one, "default", ())}
    return wide | {"columns": ",".join(column.key for column in listing.columns)}


def asked(client: Client, url: str, words: dict[str, str]) -> int:
    with CaptureQueriesContext(connection) as found:
        assert client.get(url, words).status_code == 200
    return len(found)


def test_there_are_lists():
    assert {"lots", "holds", "nonconformances", "violations", "work-orders", "plcs", "journal"} <= {
        listing.key for listing in LISTS}


@pytest.mark.parametrize("listing", LISTS, ids=lambda listing: listing.key)
def test_what_is_chosen_by_itself_can_be_chosen_and_has_a_name(listing):
    for one in listing.filters:
        usual = getattr(one, "default", ())
        if usual:
            assert isinstance(usual, tuple)
            assert {*map(str, usual)} <= {key for key, _word in one.choices()}
            assert one.blank or one.widget != "choice", f"{one.key}: what nothing chosen means needs a name of its own"


@pytest.fixture(scope="module", name="plant")
def filled(one_world) -> Client:
    worlds.fill(0, 3)
    return everywhere()


@pytest.mark.usefixtures("gathered_once")
def test_no_list_asks_more_for_a_dozen_rows_than_for_three(plant, monkeypatch):
    monkeypatch.setattr(sessions, "NOTE_EVERY", timedelta(days=1))  # each minute a session notes that it is used
    words = {listing.key: everything(listing) for listing in LISTS}
    for listing in LISTS:
        plant.get(reverse(listing.url))
    few = {listing.key: asked(plant, reverse(listing.url), words[listing.key]) for listing in LISTS}
    worlds.fill(3, 12)
    plant.get(reverse(LISTS[0].url))  # the frame's own look at what is new

    many = {listing.key: asked(plant, reverse(listing.url), words[listing.key]) for listing in LISTS}

    assert {key: many[key] - few[key] for key in few if many[key] > few[key] + 1} == {}  # + 1: counted when paged


PART = {"HX-Request": "true"}


def test_every_column_sorts_both_ways(plant):
    viewer = Viewer(Person.objects.get(pk=plant.session["_auth_user_id"]), timezone.now())
    for listing in LISTS:
        for sort in sorted(listing.sorts):
            ways = [asking.read(listing, {"sort": [way]}) for way in (sort, f"-{sort}")]
            found = [len(reading.page(listing, one, viewer).rows) for one in ways]
            assert (listing.key, [one.sort for one in ways]) == (listing.key, [sort, f"-{sort}"])
            assert (listing.key, sort, found[0]) == (listing.key, sort, found[1])


def test_every_list_is_drawn_in_another_order(plant):
    for listing in LISTS:
        for sort in sorted(listing.sorts)[:1]:
            answer = plant.get(reverse(listing.url), everything(listing) | {"sort": f"-{sort}"}, headers=PART)
            assert (listing.key, answer.status_code) == (listing.key, 200)


WORDS = {"x\0'\"<b>%": {}, **dict.fromkeys(("1", "me", "2026-01-01", "yes", "all", "-0.5", "批次"), PART)}


@pytest.mark.usefixtures("gathered_once")
def test_every_filter_takes_anything(plant):
    for listing in LISTS:
        for word, part in WORDS.items():
            words = dict.fromkeys([name for one in listing.filters for name in one.names], word)
            answer = plant.get(reverse(listing.url), words | {"q": word}, headers=part)
            assert (listing.key, word, answer.status_code) == (listing.key, word, 200)
            assert "<b>%" not in answer.content.decode()


def test_every_filter_narrows_by_what_it_offers(plant):
    for listing in LISTS:
        for one in listing.filters:
            for word, _label in one.offered(Person.objects.get(pk=plant.session["_auth_user_id"]))[:3]:
                answer = plant.get(reverse(listing.url), dict.fromkeys(one.names, word), headers=PART)
                assert (listing.key, one.key, word, answer.status_code) == (listing.key, one.key, word, 200)


def test_a_file_holds_exactly_the_rows_columns_and_order_of_the_page(plant):
    for listing in LISTS:
        words = everything(listing) | {"sort": listing.order}
        page = plant.get(reverse(listing.url), words)
        heads = [str(word) for column in listing.columns for word in column.look.heads(str(column.label))]

        lines = list(csv.reader(io.StringIO(plant.get(reverse(listing.url), words | {"format": "csv"}).getvalue()
                                            .decode("utf-8-sig"))))
        book = openpyxl.load_workbook(io.BytesIO(plant.get(
            reverse(listing.url), words | {"format": "xlsx"}).getvalue()))

        assert (listing.key, len(lines) - 1) == (listing.key, page.context["total"])
        assert [row[0] for row in lines[1:]] == [row[0].value if isinstance(row[0].value, str) else line[0]
                                                 for row, line in zip(book.active.iter_rows(min_row=2), lines[1:],
                                                                      strict=True)]
        assert (listing.key, len(lines[0])) == (listing.key, len(heads))
        assert not [cell for row in lines[1:] for cell in row if cell.startswith(("=", "@"))]


def test_every_act_asks_its_permission(plant):
    viewer = Client()
    viewer.force_login(factories.person("VIEW", Role.VIEWER))
    for listing in LISTS:
        for act in listing.acts:
            form = {"do": "act", "act": act.key, "scope": "all", "confirmed": "yes"}
            answer = viewer.post(reverse(listing.url), form)
            assert (listing.key, act.key, answer.status_code) == (listing.key, act.key, 403)


def test_what_is_written_in_an_address_is_read_again(plant):
    for listing in LISTS:
        for one in listing.filters:
            words = dict.fromkeys(one.names, "2026-02-03")
            found = asking.read(listing, {name: [word] for name, word in words.items()})
            assert dict(asking.pairs(listing, found)).items() <= words.items()
