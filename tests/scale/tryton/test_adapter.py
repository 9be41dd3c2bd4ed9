"""The adapter against a living Tryton: orders come, totals go, a line that breaks at any call books nothing twice."""

import copy
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from integrations.adapters.port import Again, Link, Never, Outgoing
from integrations.adapters.tryton import ADAPTER
from integrations.adapters.tryton.rpc import Session
from tests.scale.tryton import company, server
from tests.scale.tryton.line import Line, line

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def tryton(tmp_path_factory: pytest.TempPathFactory) -> Iterator[server.Server]:
    with server.running(tmp_path_factory.mktemp("tryton")) as started:
        company.found(started)
        yield started


@pytest.fixture
def link(tryton: server.Server) -> Link:
    return company.link(tryton)


def planned(link: Link, quantity: float = 10.0) -> str:
    with Session(link) as session:
        return company.order(session, quantity)


def words(number: str, **more: Any) -> dict[str, Any]:
    """Half an order: four boards of one lot, one to scrap, what went in."""
    return {
        "order": number, "produced": [amount(company.BOARD, "4", "B1")], "scrapped": [amount(company.BOARD, "1")],
        "consumed": [amount(company.BLANK, "5", "P1"), amount(company.SCREW, "10", "S1")],
        "operations": [{"name": "Mount", "finished": False}], "finished": False, **more,
    }


def amount(material: str, quantity: str, lot: str = "") -> dict[str, str]:
    return {"material": material, "lot": lot, "quantity": quantity}


def send(link: Link, said: dict[str, Any]) -> None:
    ADAPTER.send(link, Outgoing("m1", "order-totals", said["order"], "1", copy.deepcopy(said)))


def books(link: Link, number: str) -> dict[tuple[str, str], Decimal]:
    return {(one.measure, one.material): one.quantity for one in ADAPTER.totals(link, [number])}


HALF = {("YIELD", "BOARD"): 4, ("SCRAP", "BOARD"): 1, ("CONSUMPTION", "PCB"): 5, ("CONSUMPTION", "SCREW"): 10}
WHOLE = {("YIELD", "BOARD"): 9, ("SCRAP", "BOARD"): 1, ("CONSUMPTION", "PCB"): 10, ("CONSUMPTION", "SCREW"): 20}


def finished(number: str) -> dict[str, Any]:
    produced = [amount(company.BOARD, "4", "B1"), amount(company.BOARD, "5", "B2")]
    taken = [amount(company.BLANK, "10", "P1"), amount(company.SCREW, "20", "S1")]
    return words(number, produced=produced, consumed=taken, finished=True)


def test_orders_and_products_come_once_and_again_when_they_change(link):
    number = planned(link)

    first = list(ADAPTER.fetch(link, ""))
    orders = {one.key: json.loads(one.body) for one in first if one.noun == "work-requests"}

    assert sorted(one.key for one in first if one.noun == "material-definitions") == ["BOARD", "PCB", "SCREW"]
    assert orders[number]["product"]["code"] == "BOARD"
    assert orders[number]["quantity"] == "10.0"
    assert [one["product"]["code"] for one in orders[number]["inputs"]] == ["PCB", "SCREW"]
    assert [one["operation"]["name"] for one in orders[number]["works"]] == list(company.OPERATIONS)
    again = {(one.noun, one.key, one.version) for one in ADAPTER.fetch(link, first[-1].cursor)}
    assert again <= {(one.noun, one.key, one.version) for one in first}


def test_totals_are_booked_once_and_an_order_ends_with_its_last(link):
    number = planned(link)

    send(link, words(number))
    send(link, words(number))
    assert books(link, number) == HALF

    send(link, finished(number))
    send(link, finished(number))
    assert books(link, number) == WHOLE
    with Session(link) as session:
        assert session.rows("production", [["number", "=", number]], ["state"])[0]["state"] == "done"


def test_consumption_that_is_taken_back_is_taken_back_there(link):
    number = planned(link)
    send(link, words(number))

    send(link, words(number, consumed=[amount(company.BLANK, "4", "P1"), amount(company.SCREW, "10", "S1")]))

    assert books(link, number) == HALF | {("CONSUMPTION", "PCB"): 4}


def test_an_order_that_is_not_there_and_a_wrong_password_are_never_tried_again(link, tryton):
    with pytest.raises(Never, match="no production order 999"):
        send(link, words("999"))
    with pytest.raises(Never, match="does not know this user"):
        ADAPTER.test(company.link(tryton, password="wrong"))


def test_a_line_that_breaks_at_any_call_books_nothing_twice(tryton):
    with line(tryton.port) as wire:
        link = company.link(tryton, port=wire.port)
        number = planned(link)
        for said, expected in ((words(number), HALF), (finished(number), WHOLE)):
            broken_at_each(wire, link, said)
            assert books(link, number) == expected


def broken_at_each(wire: Line, link: Link, said: dict[str, Any]) -> None:
    """Send with the first answer lost, then the second, and so on until all arrive."""
    for lost in range(1, 60):
        wire.lose(lost)
        try:
            send(link, said)
        except Again:
            continue
        assert lost > 5
        return
    raise AssertionError("the line was still broken")
