"""The explorer's answers: what is drawn, what opens, and how many questions it asks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plant.models import Role
from tests import factories
from tests.traceability import worlds
from tests.traceability.queries.test_gathered import fan

pytestmark = pytest.mark.django_db
URL, GRAPH = "traceability:explorer", "traceability:explorer-graph"


def test_draws_groups_and_opens_them(client) -> None:
    fan(40)
    client.force_login(factories.person("9", Role.QUALITY_ENGINEER))
    told = client.get(reverse(GRAPH), {"lot": "R"}).json()
    assert [(one["id"], one["count"]) for one in told["groups"]] == [("1:LOT:CB-1", 40)]
    told = client.get(reverse(GRAPH), {"lot": "R", "open": ["1:LOT:CB-1~30", "nonsense", "x~y"]}).json()
    assert (len(told["nodes"]), told["groups"][0]["count"]) == (31, 10)
    page = client.get(reverse(URL), {"lot": "R"})
    assert page.context["streams"]["flows"][0]["value"] == 40


def test_tells_as_a_table_what_it_draws_however_much(client) -> None:
    here, root, _ = fan(8)
    client.force_login(factories.person("9", Role.QUALITY_ENGINEER))
    client.get(reverse(URL), {"lot": "R"})
    with CaptureQueriesContext(connection) as few:
        client.get(reverse(URL), {"lot": "R"})
    for number in range(32):
        worlds.link(root, worlds.made(here, f"C{number}"))
    with CaptureQueriesContext(connection) as many:
        page = client.get(reverse(URL), {"lot": "R"})
    assert [(row["rank"], row["lots"]) for row in page.context["groups"]] == [(0, 1), (1, 40)]
    assert len(many) == len(few)


@pytest.mark.parametrize("asked", ["", "NOBODY-KNOWS", "\x00"])
def test_says_what_to_do_without_a_lot(client, asked: str) -> None:
    client.force_login(factories.person("9", Role.QUALITY_ENGINEER))
    assert client.get(reverse(URL), {"lot": asked}).status_code == 200
    assert client.get(reverse(GRAPH), {"lot": asked}).json() == {"nodes": [], "groups": [], "edges": []}
