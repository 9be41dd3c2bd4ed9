"""Every list while nothing is there: it teaches, and whoever may not look gets nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from plant.models import Role
from tests import factories
from tests.lists.test_every_list import LISTS, PART

pytestmark = pytest.mark.django_db
every_list = pytest.mark.parametrize("listing", LISTS, ids=lambda listing: listing.key)


def signed_in(number: str, *roles: str) -> Client:
    client = Client()
    client.force_login(factories.person(number, *roles, language="en"))
    return client


@pytest.fixture(scope="module")
def everybody(one_world) -> Client:
    return signed_in("ME", *Role.values)


@pytest.fixture(scope="module")
def nobody(one_world) -> Client:
    return signed_in("NOBODY")


@every_list
@pytest.mark.usefixtures("gathered_once")
def test_an_empty_list_teaches_and_one_without_hits_says_so(everybody, listing):
    page = everybody.get(reverse(listing.url), {"q": "no such thing"})
    assert page.status_code == 200
    if not page.context["lines"]:
        words = "Nothing matches" if listing.rows and page.context["nothing"]["is_narrowed"] else listing.nothing.title
        assert str(words) in page.content.decode().replace("&#x27;", "'")


@every_list
def test_whoever_may_not_look_gets_nothing(nobody, listing):
    assert Client().get(reverse(listing.url)).status_code == 302
    for words in ({}, {"format": "csv"}, {"progress": "x"}):
        assert nobody.get(reverse(listing.url), words, headers=PART).status_code == 403
    assert nobody.post(reverse(listing.url), {"do": "columns"}, headers=PART).status_code == 403
