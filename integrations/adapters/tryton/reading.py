"""What Tryton has: products and production orders, oldest change first, and how far they were read."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from integrations.adapters.port import Incoming
from integrations.adapters.tryton.rpc import Session

MATERIALS, REQUESTS = "material-definitions", "work-requests"
PRODUCT = ["code", "name", "type", "producible", "default_uom.symbol", "active"]
ORDER = [
    "number", "reference", "state", "product.code", "quantity", "unit.symbol", "planned_date", "planned_start_date",
    "bom.name", "routing.name", "warehouse.code",
]
PART = ["production_input", "product.code", "quantity", "unit.symbol", "write_date", "create_date"]
WORK = ["production", "operation.name", "work_center.name", "write_date", "create_date"]
UNFINISHED = ["waiting", "assigned", "running"]
EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - Tryton's times are UTC without saying so
OVERLAP = timedelta(minutes=5)  # a transaction that took longer is told with the time at which it began


def changes(session: Session, nouns: Sequence[str], cursor: str) -> Iterator[Incoming]:
    """Everything that changed since the cursor, products before the orders that name them."""
    marks = read_cursor(cursor)
    readers = {MATERIALS: products, REQUESTS: orders}
    for noun in (MATERIALS, REQUESTS):
        if noun not in nouns:
            continue
        for key, changed, row in readers[noun](session, marks.get(noun, "")):
            marks[noun] = max(marks.get(noun, ""), changed)
            body = json.dumps(row, ensure_ascii=False, default=str).encode()
            yield Incoming(noun, key, version(changed), body, "application/json", write_cursor(marks))


def products(session: Session, since: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Products with a code; one without is nothing that anybody could make here."""
    domain = [["code", "!=", None], ["type", "in", ["goods"]], changed_since(since, ["", "template."])]
    fields = [*PRODUCT, *stamps(""), *stamps("template.")]
    for row in sorted(session.rows("product.product", domain, fields), key=changed_at):
        yield str(row["code"]), changed_at(row), plain(row)


def orders(session: Session, since: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Production orders that are more than a thought, with what goes in and the works of their routing."""
    domain = [["number", "!=", None], ["state", "in", [*UNFINISHED, "done"]], changed_since(since, [""])]
    rows = sorted(session.rows("production", domain, [*ORDER, *stamps("")]), key=changed_at)
    numbers = [row["id"] for row in rows]
    parts = of_order(session.rows("stock.move", [["production_input", "in", numbers]], PART), "production_input")
    works = of_order(session.rows("production.work", [["production", "in", numbers]], WORK), "production")
    for row in rows:
        inputs, steps = parts.get(row["id"], []), works.get(row["id"], [])
        told = plain(row) | {"inputs": [plain(one) for one in inputs], "works": [plain(one) for one in steps]}
        yield str(row["number"]), max(changed_at(one) for one in (row, *inputs, *steps)), told


def of_order(rows: Sequence[dict[str, Any]], name: str) -> dict[int, list[dict[str, Any]]]:
    """Rows by the order that they belong to."""
    found: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row[name], []).append(row)
    return found


def stamps(prefix: str) -> list[str]:
    return [f"{prefix}write_date", f"{prefix}create_date"]


def changed_since(since: str, prefixes: Sequence[str]) -> list[Any]:
    """The domain of rows that were made or changed since a moment, with what may have come in late."""
    if not since:
        return []
    from_at = datetime.fromisoformat(since) - OVERLAP
    names = [f"{prefix}{name}" for prefix in prefixes for name in ("write_date", "create_date")]
    return ["OR", *([name, ">=", from_at] for name in names)]


def changed_at(row: dict[str, Any]) -> str:
    """The last moment at which the row, or what it is read with, was changed."""
    held = [row, row.get("template.") or {}]
    return max(str(one.get(name) or "") for one in held for name in ("write_date", "create_date"))


def version(changed: str) -> str:
    """A moment as a number that grows: microseconds."""
    return str((datetime.fromisoformat(changed) - EPOCH) // timedelta(microseconds=1))


def plain(row: dict[str, Any]) -> dict[str, Any]:
    """A row without Tryton's dotted names: `product.` becomes `product`, in place of its number."""
    own = (name for name in row if not name.endswith((".", "write_date", "create_date")))
    told = {name: row[name] for name in own}
    related = {name[:-1]: plain(value) for name, value in row.items() if name.endswith(".") and isinstance(value, dict)}
    return told | related


def read_cursor(cursor: str) -> dict[str, str]:
    """How far each kind of object was read."""
    pairs = (one.partition("=") for one in cursor.split(";") if one)
    return {noun: at for noun, _equals, at in pairs}


def write_cursor(marks: dict[str, str]) -> str:
    return ";".join(f"{noun}={at}" for noun, at in sorted(marks.items()))
