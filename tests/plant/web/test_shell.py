"""What stands around every page: a person's own choices, stars, what was opened last, the palette, the inbox."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from plant import inbox, navigation
from plant.commands import desks, journal
from plant.models import Favourite, NoticeKind, Person, Role, Visited
from plant.queries import desks as reading
from plant.queries import inbox as waiting
from tests import factories

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def signed_in(*roles, **fields):
    client = Client()
    person = factories.person("ME", *roles, **{"language": "en", **fields})
    client.force_login(person)
    return client, person


def test_choices_go_with_the_person_to_another_device():
    client, person = signed_in(Role.VIEWER)
    for name, value in {"theme": "dark", "density": "compact", "sound": "off"}.items():
        client.post("/preferences/", {"name": name, "value": value})
    elsewhere = Client()
    elsewhere.force_login(Person.objects.get(pk=person.pk))
    elsewhere.cookies["theme"] = "light"

    page = elsewhere.get("/").content.decode()

    assert 'data-theme="dark" data-density="compact" data-sound="off"' in page


@pytest.mark.parametrize(("name", "value"), [("theme", "pink"), ("no-such", "on"), ("sound", "<script>")])
def test_what_is_no_choice_is_refused(name, value):
    client, person = signed_in(Role.VIEWER)

    answer = client.post("/preferences/", {"name": name, "value": value}, headers={"Accept": "application/json"})

    assert answer.status_code == 409
    assert reading.choices(person)["theme"] == "auto"


def test_a_star_puts_a_filtered_list_into_the_navigation():
    client, person = signed_in(Role.ADMINISTRATOR)
    client.post("/favourites/", {"url": "/people/?role=PLANNER", "title": "Planners", "on": "1"})

    page = client.get("/people/?role=PLANNER").content.decode()

    assert 'aria-pressed="true" aria-label="Favourite"' in page
    assert Favourite.objects.get(person=person).place == "plant:person-list"
    client.post("/favourites/", {"url": "/people/?role=PLANNER", "on": ""})
    assert not Favourite.objects.exists()


@pytest.mark.parametrize(
    "url", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil", "", "/\n"]
)
def test_only_pages_of_the_plant_get_a_star(url):
    _client, person = signed_in(Role.VIEWER)

    with pytest.raises(desks.DeskRefused):
        desks.star(url=url, title="x", place="", by=person, at=NOON)


def test_an_opened_object_stands_on_top_of_the_palette():
    client, me = signed_in(Role.ADMINISTRATOR)
    entry = journal.record("material.changed", subject=factories.material(), by=me)
    client.get(f"/journal/{entry}/")

    first = client.get("/palette.json").json()["lines"][0]

    assert (first["group"], first["url"]) == ("recent", f"/journal/{entry}/")


def test_only_the_last_few_pages_are_remembered():
    _client, person = signed_in(Role.VIEWER)
    for n in range(desks.MOST_VISITED + 5):
        desks.visit(url=f"/x/{n}/", title=f"X{n}", place="", by=person, at=NOON + timedelta(minutes=n))

    assert Visited.objects.filter(person=person).count() == desks.MOST_VISITED
    assert reading.last_visited(person) == f"/x/{desks.MOST_VISITED + 4}/"


def test_the_palette_finds_pages_by_either_language_and_by_first_letters():
    client, _person = signed_in(Role.PLANNER)
    lines = {line["url"]: line for line in client.get("/palette.json").json()["lines"] if line["group"] == "page"}

    words = lines["/production/orders/"]["words"]

    assert ("production orders" in words, "生产订单" in words, "scdd" in words) == (True, True, True)


def test_only_what_a_role_may_is_offered():
    client, person = signed_in(Role.VIEWER)
    lines = client.get("/palette.json").json()["lines"]

    assert [line for line in lines if line["group"] == "act"] == []
    assert navigation.acts(person) == []
    assert "/people/" not in {line["url"] for line in lines}


def test_each_role_finds_its_own_work_first():
    inspector, planner = factories.person("I", Role.INSPECTOR), factories.person("P", Role.PLANNER)

    assert [str(group["label"]) for group in navigation.rail(inspector, "/")][1] == "Quality"
    assert [str(group["label"]) for group in navigation.rail(planner, "/")][1] == "Production"


def test_every_key_of_the_navigation_is_given_once():
    keys = [page.key for page in map(navigation.page, navigation.url_names()) if page and page.key]

    assert len(keys) == len(set(keys))


@pytest.fixture
def one_task(monkeypatch):
    item = inbox.Item("NCR1", "/x/", "NCR", "OPEN", NOON)
    later = inbox.Item("NCR2", "/y/", "NCR", "OPEN", timezone.now() + timedelta(days=9))
    monkeypatch.setattr(inbox, "_SOURCES", [lambda person: [item, later], waiting.notices])
    return item, later


def test_what_was_seen_leaves_the_bell_and_stays_in_the_inbox(one_task):
    client, person = signed_in(Role.VIEWER)
    client.post("/inbox/read/", {"key": one_task[0].key})

    assert waiting.count(person) == 1
    assert [item.title for item in waiting.waiting_for(person)] == ["NCR1", "NCR2"]


def test_what_is_late_cannot_be_put_away(one_task):
    client, person = signed_in(Role.VIEWER)
    client.post("/inbox/snooze/", {"key": [item.key for item in one_task], "for": "tomorrow"})

    assert [item.title for item in waiting.waiting_for(person)] == ["NCR1"]
    assert "NCR2" in client.get("/inbox/?show=later").content.decode()


def test_a_notice_waits_until_it_is_read(one_task):
    client, person = signed_in(Role.VIEWER)
    by = factories.person("OTHER")
    desks.tell(person=person, kind=NoticeKind.MENTION, title="@you <b>", url="/x/", by=by, at=NOON)
    assert "@you &lt;b&gt;" in client.get("/inbox/bell/", headers={"HX-Request": "true"}).content.decode()

    client.post("/inbox/read/", {"all": "1"})

    assert waiting.count(person) == 0
    assert desks.tell(person=person, kind=NoticeKind.MENTION, title="me", url="/", by=person, at=NOON) is None


def test_nobody_reads_the_notices_of_another(one_task):
    client, _me = signed_in(Role.VIEWER)
    other = factories.person("OTHER", Role.VIEWER)
    told = desks.tell(person=other, kind=NoticeKind.MENTION, title="x", url="/", by=factories.person("BY"), at=NOON)

    client.post("/inbox/read/", {"key": f"notice-{told.pk}"})

    assert waiting.count(other) == 3


def test_a_search_answers_with_the_exact_one_marked():
    client, _person = signed_in(Role.ADMINISTRATOR)

    results = json.loads(client.get("/search/?q=me&format=json").content)["results"]

    assert [hit["title"] for hit in results if hit["exact"]] == ["Person ME"]
