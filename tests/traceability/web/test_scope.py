"""The page of a scope and the page of what pieces share, asked as a person would."""

import pytest
from django.urls import reverse

from plant.models import Role
from tests.traceability import worlds

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(client):
    found = worlds.world()
    root, first = worlds.raw(found, "R"), worlds.made(found, "A")
    worlds.made(found, "B")
    worlds.link(root, first)
    client.force_login(worlds.person("Q", Role.QUALITY_ENGINEER))
    return found


def test_a_scope_is_asked_by_its_address(client, here):
    answer = client.get(reverse("traceability:scope"), {"kind": "supplier-lot", "code": "SL-1"})

    assert answer.status_code == 200
    found = answer.context["found"]
    assert (len(found.affected), len(found.possible), len(found.safe)) == (2, 0, 1)
    assert [row.number for row in answer.context["rows"]] == ["A", "R", "B"]


def test_a_place_narrows_the_rows_and_goes_out_as_a_file(client, here):
    asked = {"kind": "lot", "code": "R", "where": "STOCK"}
    assert [row.number for row in client.get(reverse("traceability:scope"), asked).context["rows"]] == ["R"]

    file = client.get(reverse("traceability:scope"), {**asked, "format": "csv"})
    lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("R,PCB-1,")


def test_a_code_that_means_nothing_is_said_so(client, here):
    answer = client.get(reverse("traceability:scope"), {"kind": "tool", "code": "NOPE"})
    assert answer.status_code == 409
    assert answer.context["refusal"].code == "unknown-start"


def test_the_pages_open_empty(client, here):
    for name in ("scope", "common-cause"):
        assert client.get(reverse(f"traceability:{name}")).status_code == 200


def test_pieces_are_pasted_and_wrong_ones_named(client, here):
    url = reverse("traceability:common-cause")
    assert client.get(url, {"bad": "A\nNOPE"}).status_code == 422
    found = client.get(url, {"bad": "A"}).context["found"]
    assert [lot.number for lot in found.good] == ["B"]
    assert {str(one.label).split(" ")[0] for one in found.causes} == {"R", "SL-1"}


def test_the_balance_of_a_lot_stands_on_its_page(client, here):
    answer = client.get(reverse("traceability:lot-detail", args=["R"]), {"tab": "balance"})
    assert [one.total for one in answer.context["balances"]] == [100]
