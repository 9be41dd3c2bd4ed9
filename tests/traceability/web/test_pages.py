"""The pages of lots, holds and machines, as a person sees them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from plant.models import Role
from tests import factories
from tests.traceability import worlds
from traceability.models import Hold, MaterialLot

pytestmark = pytest.mark.django_db
TABS = (
    "genealogy", "people", "machines", "materials", "methods", "environment", "measurements", "ledger", "timeline",
)


def signed_in(*roles: str) -> Client:
    someone = factories.person(f"U-{'-'.join(roles)}", *roles, language="en")
    client = Client()
    client.force_login(someone)
    return client


def family() -> tuple[worlds.World, MaterialLot, MaterialLot]:
    here = worlds.world()
    parent, child = worlds.raw(here, "R/1 é"), worlds.made(here, "批次-1")
    worlds.link(parent, child)
    worlds.visit(here, child, here.oven, 0)
    return here, parent, child


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_of_a_lot_opens(tab: str) -> None:
    _, _, child = family()
    answer = signed_in(Role.VIEWER).get(reverse("traceability:lot-detail", args=[child.number]), {"tab": tab})
    assert (answer.status_code, child.number in answer.content.decode()) == (200, True)


def test_the_lot_page_names_the_supplier_the_machine_and_the_operator() -> None:
    _, _, child = family()
    client, url = signed_in(Role.VIEWER), reverse("traceability:lot-detail", args=[child.number])
    pages = {tab: client.get(url, {"tab": tab}).content.decode() for tab in ("genealogy", "people", "machines")}
    assert "Shennan Circuits" in pages["genealogy"]
    assert "1007" in pages["people"]
    assert "OVEN1" in pages["machines"]


def test_the_lots_list_takes_as_many_statements_for_one_as_for_many(django_assert_num_queries) -> None:
    here = worlds.world()
    client, url = signed_in(Role.VIEWER), reverse("traceability:lot-list")
    worlds.raw(here, "L0")
    client.get(url)  # the first request of a session also notes when it began
    with CaptureQueriesContext(connection) as first:
        client.get(url)
    for index in range(1, 30):
        worlds.raw(here, f"L{index}")
    with django_assert_num_queries(len(first)):
        assert b"L29" in client.get(url).content


def test_the_lots_list_exports_what_the_filter_shows() -> None:
    family()
    answer = signed_in(Role.VIEWER).get(reverse("traceability:lot-list"), {"format": "csv", "material": "CB-1"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert [line.split(",")[0] for line in lines[1:]] == ["批次-1"]


def test_the_graph_answers_nodes_and_edges() -> None:
    _, parent, child = family()
    found = signed_in(Role.VIEWER).get(reverse("traceability:lot-graph", args=[child.number])).json()
    focus = {node["label"]: node["focus"] for node in found["nodes"]}
    edges = [(edge["source"], edge["target"], edge["quantity"]) for edge in found["edges"]]
    assert (focus, edges) == ({parent.number: False, child.number: True}, [(parent.pk, child.pk, "1")])


def test_a_scanned_label_leads_to_the_lot() -> None:
    _, parent, _ = family()
    client = signed_in(Role.OPERATOR)
    for url in (reverse("traceability:lot-short", args=[parent.number]), f"/trace/l/{parent.number}"):
        answer = client.get(url)
        assert (answer.status_code, answer.url) == (302, reverse("traceability:lot-detail", args=[parent.number]))


def test_an_unknown_number_is_told_in_words() -> None:
    answer = signed_in(Role.VIEWER).get(reverse("traceability:lot-detail", args=["NOPE"]))
    assert (answer.status_code, "NOPE" in answer.content.decode()) == (404, True)


def test_receiving_puts_a_lot_into_stock() -> None:
    worlds.world()
    form = {"material": "PCB-1", "quantity": "250.5", "number": "NEW-1", "supplier": "S1", "supplier_lot": "X9"}
    answer = signed_in(Role.WAREHOUSE).post(reverse("traceability:lot-receive"), form)
    lot = MaterialLot.objects.get(number="NEW-1")
    assert (answer.url, lot.balances.get().quantity) == (reverse("traceability:lot-detail", args=["NEW-1"]), 250.5)


@pytest.mark.parametrize("quantity", ["0", "-1", "NaN", "1e30", "x", ""])
def test_receiving_refuses_what_is_no_amount(quantity: str) -> None:
    worlds.world()
    form = {"material": "PCB-1", "quantity": quantity, "number": "NEW-1"}
    answer = signed_in(Role.WAREHOUSE).post(reverse("traceability:lot-receive"), form)
    assert (answer.status_code, MaterialLot.objects.count()) == (422, 0)


def test_a_hold_stops_a_lot_and_its_children_and_shows_on_both() -> None:
    _, parent, child = family()
    client = signed_in(Role.OPERATOR)
    form = {"target_kind": "LOT", "target": parent.number, "reason": "scratched"}
    client.post(reverse("traceability:hold-place"), form)
    assert set(MaterialLot.objects.values_list("status", flat=True)) == {"HELD"}
    page = client.get(reverse("traceability:lot-detail", args=[child.number])).content.decode()
    assert "scratched" in page
    assert "scratched" in client.get(reverse("traceability:hold-list")).content.decode()


@pytest.mark.parametrize(("kind", "target"), [("EQUIPMENT", "OVEN1"), ("JOB_ORDER", "WO1"), ("RULE", "PCB-1")])
def test_a_hold_stops_what_is_no_lot(kind: str, target: str) -> None:
    worlds.world()
    form = {"target_kind": kind, "target": target, "reason": "audit"}
    answer = signed_in(Role.TEAM_LEADER).post(reverse("traceability:hold-place"), form)
    hold = Hold.objects.get()
    assert (answer.url, hold.target_kind) == (reverse("traceability:hold-detail", args=[hold.pk]), kind)
    assert signed_in(Role.VIEWER).get(answer.url).status_code == 200


def test_a_hold_on_nothing_is_refused() -> None:
    worlds.world()
    form = {"target_kind": "LOT", "target": "NOPE", "reason": "audit"}
    answer = signed_in(Role.TEAM_LEADER).post(reverse("traceability:hold-place"), form)
    assert (answer.status_code, Hold.objects.count()) == (422, 0)


def test_the_history_of_a_machine_shows_what_ran_in_the_window() -> None:
    here, _, child = family()
    client, url = signed_in(Role.MAINTENANCE), reverse("traceability:equipment-history", args=[here.oven.code])
    inside = {"from": "2026-11-20T20:05", "to": "2026-11-20T20:06"}  # plant time is UTC+8
    later = {"from": (worlds.NOON + timedelta(hours=1)).isoformat()}
    assert child.number in client.get(url, inside).content.decode()
    assert child.number not in client.get(url, later).content.decode()
    assert client.get(url, {"from": "rubbish", "format": "csv"}).status_code == 200


def test_where_a_suppliers_lot_went() -> None:
    _, _, child = family()
    page = signed_in(Role.QUALITY_ENGINEER).get(reverse("traceability:where-used"), {"supplier_lot": "SL-1"})
    assert child.number in page.content.decode()
    nothing = signed_in(Role.QUALITY_ENGINEER).get(reverse("traceability:where-used"), {"supplier_lot": "NOPE"})
    assert nothing.status_code == 200
