"""Rows of a file that were refused, as a file of the same headings with the reason beside each. Pure."""

import hashlib
import json
import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from integrations.adapters.port import Refused
from integrations.formats import tables
from plant.console.books import Head

ENDING = ".refused.csv"
LONGEST = 150
ROW, ERROR = "row_number", "row_error"
CLAIM = re.compile(r"(?P<name>.+):(?P<digest>[0-9a-f]{16}):(?P<number>\d+)", re.DOTALL)


def claim(name: str, digest: str, number: int) -> str:
    """The id of a row: the same file again has the same rows."""
    known = name if len(name) <= LONGEST else f"{hashlib.sha256(name.encode()).hexdigest()}{name[-20:]}"
    return f"{known}:{digest[:16]}:{number}"


def files(rows: Iterable[Refused]) -> dict[str, bytes]:
    """The files, by their names."""
    found: dict[str, list[tuple[int, Refused]]] = defaultdict(list)
    for row in rows:
        if match := CLAIM.fullmatch(row.id):
            found[f"{match['name']}.{match['digest'][:8]}{ENDING}"].append((int(match["number"]), row))
    return {name: written(sorted(some, key=lambda one: one[0])) for name, some in found.items()}


def written(rows: list[tuple[int, Refused]]) -> bytes:
    """The rows with what is wrong; corrected and laid into the folder again they are taken as new ones."""
    bodies = [words(row.body) for _number, row in rows]
    names = list(dict.fromkeys(name for body in bodies for name in body))
    heads = [Head(name, name) for name in (*names, ROW, ERROR)]
    lines = [
        [*(_cell(body.get(name)) for name in names), str(number), row.error]
        for body, (number, row) in zip(bodies, rows, strict=True)
    ]  # fmt: skip
    return tables.written(tables.CSV, "", heads, lines)


def words(body: bytes) -> dict[str, Any]:
    """The words of a row; none where it is no object."""
    try:
        found = json.loads(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
