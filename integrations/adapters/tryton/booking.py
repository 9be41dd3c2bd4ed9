"""Confirmations in Tryton: its books are brought to our totals of an order; the same totals again book nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from integrations.adapters.port import Never, Receipt
from integrations.adapters.tryton.rpc import Session
from plant.spoken import spoken as _

NOTHING = Decimal(0)
PLACES = Decimal("0.000001")
MOVE = ["product.code", "lot.number", "internal_quantity", "state", "to_location.type", "from_location.type"]
ENDS = ("production_input", "production_output")


@dataclass(frozen=True, slots=True)
class Key:
    """What a total counts: a material, one lot of it, and whether it went to waste."""

    material: str
    lot: str
    is_scrap: bool


@dataclass(frozen=True, slots=True)
class Order:
    """A production order of theirs with everything that was booked on it."""

    row: dict[str, Any]
    inputs: list[dict[str, Any]]
    outputs: list[dict[str, Any]]

    @property
    def id(self) -> int:
        return int(self.row["id"])

    @property
    def state(self) -> str:
        return str(self.row["state"])

    @property
    def rows(self) -> dict[str, list[dict[str, Any]]]:
        return {"inputs": self.inputs, "outputs": self.outputs}


def book(session: Session, words: Mapping[str, Any]) -> Receipt:
    """Bring one order to our totals; what is missing is booked, what was booked already stays."""
    order = read_order(session, str(words["order"]))
    missing = difference(wanted_totals(words), booked_totals(order))
    if order.state == "cancelled":
        raise Never(_("%(order)s is cancelled in Tryton. Settle it there.") % words)
    if order.state == "done":
        if missing:
            raise Never(_("%(order)s is done in Tryton, and its totals differ from ours. Settle it there.") % words)
        return Receipt(str(order.row["number"]), "done")
    book_inputs(session, order, {key: -amount for key, amount in missing.items() if amount < 0})
    book_outputs(session, order, {key: amount for key, amount in missing.items() if amount > 0})
    operate(session, order, words)
    if words.get("finished"):
        session.call("production", "do", [order.id])
    return Receipt(str(order.row["number"]), f"{len(missing)} booked")


def difference(wanted: Mapping[Key, Decimal], booked: Mapping[Key, Decimal]) -> dict[Key, Decimal]:
    """What is missing in their books, in one order always."""
    keys = sorted({**wanted, **booked}, key=lambda key: (key.material, key.lot, key.is_scrap))
    found = {key: wanted.get(key, NOTHING) - booked.get(key, NOTHING) for key in keys}
    return {key: amount for key, amount in found.items() if amount.copy_abs() >= PLACES}


def wanted_totals(words: Mapping[str, Any]) -> dict[Key, Decimal]:
    """Our totals: what came out counts up, what went in counts down."""
    found: dict[Key, Decimal] = {}
    for name, sign, is_scrap in (("produced", 1, False), ("scrapped", 1, True), ("consumed", -1, False)):
        for line in words.get(name) or ():
            key = Key(str(line["material"]), str(line.get("lot") or ""), is_scrap)
            found[key] = found.get(key, NOTHING) + sign * Decimal(str(line["quantity"]))
    return found


def booked_totals(order: Order) -> dict[Key, Decimal]:
    """Theirs, counted the same way; what was cancelled or is only planned does not count."""
    found: dict[Key, Decimal] = {}
    for rows, sign, far in ((order.inputs, -1, "from_location."), (order.outputs, 1, "to_location.")):
        for row in rows:
            if row["state"] == "done":
                is_scrap = (row[far] or {}).get("type") == "lost_found"
                key = Key(row["product."]["code"], (row["lot."] or {}).get("number") or "", is_scrap)
                found[key] = found.get(key, NOTHING) + sign * exact(row["internal_quantity"])
    return found


def exact(said: Any) -> Decimal:
    """A quantity that their books keep as a float."""
    return Decimal(str(said or 0)).quantize(PLACES)


def read_order(session: Session, number: str) -> Order:
    fields = ["number", "state", "location", "warehouse", "company", "company.currency", "product.code"]
    rows = session.rows("production", [["number", "=", number]], fields)
    if len(rows) != 1:
        raise Never(_("Tryton has no production order %(number)s.") % {"number": number})
    moves = [session.rows("stock.move", [[name, "=", rows[0]["id"]]], MOVE) for name in ENDS]
    return Order(rows[0], *moves)


def book_inputs(session: Session, order: Order, missing: Mapping[Key, Decimal]) -> None:
    """Have the order under way with these inputs beside what went in before.

    Tryton consumes inputs when an order begins to run, so it is taken back to waiting for a moment. What its bill
    planned goes, and what an earlier try laid ready before it was cut off: what really went in is booked instead.
    """
    if order.state == "running" and not missing:
        return
    if order.state in {"assigned", "running"}:
        session.call("production", "wait", [order.id])
    plans = {name: [row["id"] for row in rows if row["state"] != "done"] for name, rows in order.rows.items()}
    inputs = [["create", [line(session, order, key, amount, is_output=False) for key, amount in missing.items()]]]
    begun = any(row["state"] == "done" for row in order.inputs)
    changes = {"inputs": [["delete", plans["inputs"]], *(inputs if missing else [])]}
    if not begun:
        changes["outputs"] = [["delete", plans["outputs"]]]
    session.call("production", "write", [order.id], changes)
    session.call("production", "assign_force", [order.id])
    session.call("production", "run", [order.id])


def book_outputs(session: Session, order: Order, missing: Mapping[Key, Decimal]) -> None:
    """Book what came out. A move that was laid ready and then cut off is carried out instead of laid ready anew."""
    for key, amount in missing.items():
        said = line(session, order, key, amount, is_output=True)
        like = [[name, "=", value] for name, value in said.items() if not name.startswith(("unit_price", "currency"))]
        own = [["production_output", "=", order.id], ["state", "=", "draft"]]
        laid = session.call("stock.move", "search", [*like, *own], 0, 1)
        if not laid:
            laid = session.call("stock.move", "create", [{**said, "production_output": order.id}])
        session.call("stock.move", "do", laid)


def line(session: Session, order: Order, key: Key, amount: Decimal, *, is_output: bool) -> dict[str, Any]:
    """One move as Tryton wants it."""
    product, stores = product_of(session, key.material), place(session, order, key)
    ends = (order.row["location"], stores) if is_output else (stores, order.row["location"])
    has_price = is_output and not key.is_scrap
    price = {"unit_price": Decimal(0), "currency": order.row["company."]["currency"]} if has_price else {}
    return {
        "product": product["id"], "unit": product["default_uom"], "quantity": float(amount),
        "company": order.row["company"], "from_location": ends[0], "to_location": ends[1], **price,
        "lot": lot_of(session, product["id"], key.lot) if key.lot else None,
    }


def product_of(session: Session, code: str) -> dict[str, Any]:
    rows = session.rows("product.product", [["code", "=", code]], ["default_uom"])
    if len(rows) != 1:
        raise Never(_("Tryton has no single product with the code %(code)s.") % {"code": code})
    return rows[0]


def lot_of(session: Session, product: int, number: str) -> int:
    """Their lot of that number, made where there is none yet."""
    found = session.call("stock.lot", "search", [["product", "=", product], ["number", "=", number]], 0, 1)
    return int((found or session.call("stock.lot", "create", [{"product": product, "number": number}]))[0])


def place(session: Session, order: Order, key: Key) -> int:
    """Where material of the order comes from and goes to, or where waste goes."""
    fields = ["storage_location", "production_picking_location", "production_output_location", "waste_locations"]
    row = session.call("stock.location", "read", [order.row["warehouse"]], fields)[0]
    if not key.is_scrap:
        main = key.material == order.row["product."]["code"]
        own = row["production_output_location"] if main else row["production_picking_location"]
        return int(own or row["storage_location"])
    if not row["waste_locations"]:
        message = _("The warehouse in Tryton has no location for waste. Name one there, so that scrap can be booked.")
        raise Never(message)
    return int(row["waste_locations"][0])


def operate(session: Session, order: Order, words: Mapping[str, Any]) -> None:
    """Begin the works of operations that were reported, and end those that are complete."""
    begun = {str(one["name"]): bool(one.get("finished")) for one in words.get("operations") or ()}
    is_all = bool(words.get("finished"))
    for work in session.rows("production.work", [["production", "=", order.id]], ["state", "operation.name"]):
        name = work["operation."]["name"]
        if work["state"] in {"request", "draft"} and (is_all or name in begun):
            session.call("production.work", "start", [work["id"]])
            work["state"] = "running"
        if work["state"] == "running" and (is_all or begun.get(name)):
            session.call("production.work", "stop", [work["id"]])
