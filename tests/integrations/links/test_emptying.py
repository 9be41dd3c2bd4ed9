"""Contents of finished messages are emptied when their days are over; facts, numbers and what is unfinished stay."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from integrations.links import emptying, work
from integrations.links.commands import inbox
from integrations.models import Connection, Exchange
from plant.models import JournalEntry, Role
from tests.factories import NOW, material
from tests.integrations.links import factories
from tests.qms.web.test_pages import signed_in

pytestmark = pytest.mark.django_db
FACTS = ("seq", "status", "subject", "version", "claim", "body_hash", "made_at", "done_at")
LATER = NOW + timedelta(days=31)


@pytest.fixture
def link():
    """One message that was carried out, one that was older, one that is parked, one that waits."""
    material()
    link = factories.connection(keep_days=30)
    words = {"code": "M1", "name": "Board", "unit": "C62"}
    bad = factories.incoming({"nonsense": 1}, noun="nothing", key="X", version="1")
    for one in (factories.incoming(words, version="2"), factories.incoming(words, version="1"), bad):
        inbox.receive(connection=link, incoming=one, by=link.acts_as, at=NOW)
    for minutes in range(0, 60, 10):
        work.carry_in(clock=lambda late=minutes: NOW + timedelta(minutes=late))
    last = factories.incoming(words, key="M9", version="1")
    inbox.receive(connection=link, incoming=last, by=link.acts_as, at=NOW)
    return link


def kept():
    return list(Exchange.objects.order_by("seq").values_list(*FACTS))


def bodies():
    return [bool(bytes(row.body)) for row in Exchange.objects.order_by("seq")]


def test_only_contents_of_what_is_finished_go_and_once(link):
    before = kept()
    assert [row[1] for row in before] == ["DONE", "IGNORED", "DEAD", "WAITING"]
    assert emptying.empty_all(clock=lambda: NOW + timedelta(days=29)) == 0
    assert emptying.empty_all(clock=lambda: LATER) == 2
    assert emptying.empty_all(clock=lambda: LATER) == 0
    assert (kept(), bodies()) == (before, [False, False, True, True])
    row = Exchange.objects.get(seq=1)
    assert (row.words, row.result.get("fields"), row.result["status"]) == (None, None, "created")
    [told] = JournalEntry.objects.filter(kind="connection.contents-emptied")
    assert told.data["messages"] == 2


def test_who_keeps_contents_for_ever_keeps_them(link):
    Connection.objects.update(keep_days=0)
    assert emptying.empty_all(clock=lambda: NOW + timedelta(days=5000)) == 0


@pytest.mark.parametrize(("seq", "change"), [
    (1, {"emptied_at": LATER}),  # its content stays beside it
    (3, {"emptied_at": LATER, "body": b"", "words": None}), (4, {"emptied_at": LATER, "body": b"", "words": None}),
    (1, {"body": b""}),
])
def test_the_database_lets_nothing_else_be_emptied(link, seq, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Exchange.objects.filter(seq=seq).update(**change)


def test_what_was_emptied_stays_empty_and_is_known_when_it_comes_again(link):
    emptying.empty_all(clock=lambda: LATER)
    for change in ({"emptied_at": None}, {"body": b"{}"}, {"words": {"code": "M1"}}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Exchange.objects.filter(seq=1).update(**change)
    again = factories.incoming({"code": "M1", "name": "Board", "unit": "C62"}, version="2")
    assert not inbox.receive(connection=link, incoming=again, by=link.acts_as, at=LATER).is_new


def test_its_page_says_so(link):
    emptying.empty_all(clock=lambda: LATER)
    client, row = signed_in(Role.INTEGRATOR), Exchange.objects.get(seq=1)
    page = client.get(reverse("integrations:exchange-detail", args=[row.pk])).content.decode()
    assert row.body_hash in page
