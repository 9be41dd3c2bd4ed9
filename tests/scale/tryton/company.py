"""What a company keeps in its Tryton, entered over its RPC: products, a bill with a routing, production orders."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from ipaddress import ip_network
from typing import Any

from integrations.adapters.port import Link
from integrations.adapters.tryton.rpc import Session
from tests.scale.tryton.server import PASSWORD, Server

BOARD, BLANK, SCREW = "BOARD", "PCB", "SCREW"
PARTS = ((BLANK, 1.0), (SCREW, 2.0))
OPERATIONS = ("Mount", "Oven", "Test")
DUE = date(2026, 11, 25)


def link(server: Server, *, port: int | None = None, password: str = PASSWORD) -> Link:
    """A connection to the server, or to a port that leads there."""
    return Link(
        code="tryton", open_networks=(ip_network("127.0.0.0/8"),), timeout=10.0,
        endpoint=f"http://127.0.0.1:{port or server.port}", auth="BASIC",
        secrets={"user": "admin", "password": password},
        settings={"database": server.database, "company": 1, "takes": ["material-definitions", "work-requests"]},
    )


def found(server: Server) -> None:
    """A company with three products, a board of a blank and two screws, three operations, and a place for waste."""
    with Session(link(server)) as session:
        session.context = {}
        currency = session.call("currency.currency", "create", [{"name": "Yuan", "code": "CNY", "symbol": "¥"}])[0]
        party = session.call("party.party", "create", [{"name": "Test company"}])[0]
        company = session.call("company.company", "create", [{"party": party, "currency": currency}])[0]
        session.call("res.user", "write", [1], {"companies": [["add", [company]]], "company": company})
        session.context = {"company": company}
        board = product(session, BOARD, "Board", producible=True)
        bill(session, board, [(product(session, code, code.title()), each) for code, each in PARTS])
        routing(session, OPERATIONS)
        warehouse, lost = place(session, "warehouse"), place(session, "lost_found")
        session.call("stock.location", "write", [warehouse], {"waste_locations": [["add", [lost]]]})


def product(session: Session, code: str, name: str, **more: Any) -> int:
    words = {
        "name": name, "default_uom": 1, "type": "goods", "list_price": Decimal(10), **more,
        "products": [["create", [{"suffix_code": code, "cost_price": Decimal(3)}]]],
    }
    template = session.call("product.template", "create", [words])[0]
    return int(session.call("product.product", "search", [["template", "=", template]])[0])


def bill(session: Session, board: int, parts: Sequence[tuple[int, float]]) -> int:
    lines = [{"product": part, "quantity": quantity, "unit": 1} for part, quantity in parts]
    made = {"product": board, "quantity": 1.0, "unit": 1}
    words = {"name": "Board", "inputs": [["create", lines]], "outputs": [["create", [made]]]}
    number = session.call("production.bom", "create", [words])[0]
    session.call("product.product", "write", [board], {"boms": [["create", [{"bom": number}]]]})
    return int(number)


def routing(session: Session, names: Sequence[str]) -> None:
    operations = session.call("production.routing.operation", "create", [{"name": name} for name in names])
    steps = [{"operation": one, "sequence": n} for n, one in enumerate(operations)]
    words = {"name": "Board", "steps": [["create", steps]], "boms": [["add", [1]]]}
    session.call("production.routing", "create", [words])
    centre = {"name": "Line 1", "company": 1, "warehouse": place(session, "warehouse")}
    session.call("production.work.center", "create", [centre])


def place(session: Session, kind: str) -> int:
    return int(session.call("stock.location", "search", [["type", "=", kind]])[0])


def order(session: Session, quantity: float) -> str:
    """A production order with what its bill asks for, planned and waiting; its number."""
    stores = session.call("stock.location", "search", [["code", "=", "STO"]])[0]
    floor, codes = place(session, "production"), {}
    for row in session.rows("product.product", [["code", "in", [BOARD, BLANK, SCREW]]], ["code"]):
        codes[row["code"]] = row["id"]
    move = {"unit": 1, "company": 1}
    inputs = [
        {**move, "product": codes[code], "quantity": each * quantity, "from_location": stores, "to_location": floor}
        for code, each in PARTS
    ]
    outputs = [
        {**move, "product": codes[BOARD], "quantity": quantity, "from_location": floor, "to_location": stores,
         "unit_price": Decimal(0), "currency": 1}
    ]
    words = {
        "product": codes[BOARD], "bom": 1, "routing": 1, "work_center": 1, "unit": 1, "quantity": quantity,
        "planned_date": DUE, "planned_start_date": DUE,
        "inputs": [["create", inputs]], "outputs": [["create", outputs]],
    }
    number = session.call("production", "create", [words])[0]
    session.call("production", "wait", [number])
    return str(session.call("production", "read", [number], ["number"])[0]["number"])
