"""The Python client: made from the description, and good for what its README says."""

import sys

import pytest
from django.core.management import call_command
from django.test import Client

from ops.paths import ROOT
from tests import factories
from tests.integrations.erp.callers import caller

sys.path.insert(0, str(ROOT / "clients" / "python"))
from zhizao import NotReached, Plant, Problem


def through(client):
    """Calls that go through the plant's own doors instead of a wire."""

    def transport(method, address, body, headers):
        path = address.removeprefix("http://plant")
        answer = client.generic(method, path, body or b"", content_type="application/json", headers=dict(headers))
        return answer.status_code, dict(answer.headers), answer.content

    return transport


@pytest.fixture(name="plant")
def a_plant(db):
    factories.site()
    factories.material("PCB")
    return Plant("http://plant", caller().text, transport=through(Client()))


def test_the_client_is_as_the_api_describes_itself():
    call_command("make_client", "--check")


def test_rows_go_in_and_come_out_page_by_page(plant):
    rows = [{"data": {"code": f"C-{n}", "name": "x", "kind": "CUSTOMER"}} for n in range(5)]
    assert plant.partners_batch({"rows": rows})["created"] == 5
    assert plant.partners_update("C-1", {"name": "Other", "kind": "CUSTOMER"})["name"] == "Other"
    assert sorted(one["code"] for one in plant.pages(plant.partners_list, limit=2)) == [f"C-{n}" for n in range(5)]


@pytest.mark.usefixtures("committed_db")
def test_changes_are_followed_to_the_end_and_from_there_on(plant):
    plant.partners_update("C-1", {"name": "One", "kind": "CUSTOMER"})
    seen = list(plant.follow(noun="partners"))
    plant.partners_update("C-2", {"name": "Two", "kind": "CUSTOMER"})
    more = list(plant.follow(seen[-1][1], noun="partners"))
    assert ([row["key"] for row, _cursor in seen], [row["key"] for row, _cursor in more]) == (["C-1"], ["C-2"])


def test_a_refusal_is_an_exception_with_its_code(plant):
    with pytest.raises(Problem) as refused:
        plant.material_lots_retrieve("NOTHING")
    assert (refused.value.status, refused.value.code) == (404, "not-found")


def test_a_cut_connection_counts_once(plant):
    whole = plant._transport
    cuts = iter([True, False])

    def cut(*call):
        answer = whole(*call)
        if next(cuts):
            raise ConnectionResetError("cut after it was done")
        return answer

    plant._transport = cut
    plant.material_lots_create({"material": "PCB", "quantity": "5"})
    plant._transport = whole
    assert len(list(plant.pages(plant.material_lots_list))) == 1


def test_nobody_there_is_said(plant):
    def nobody(*call):
        raise ConnectionRefusedError("nobody")

    quick = Plant("http://plant", "x.y", attempts=1, transport=nobody)
    with pytest.raises(NotReached):
        quick.partners_list()
