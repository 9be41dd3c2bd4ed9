"""Reading a table of measured values: CSV as spreadsheets and instruments write it, each fault with its line."""

import csv
import io
import math

from qms.commands.results import Row

NAMES = {
    "characteristic": "characteristic", "特性": "characteristic", "sample": "sample", "样本": "sample",
    "value": "value", "值": "value", "gauge": "gauge", "量具": "gauge",
}
MOST = 20_000


class Unreadable(Exception):
    """A file that is no such table: what is wrong, and in which lines."""

    def __init__(self, faults: list[tuple[int, str]]) -> None:
        super().__init__(", ".join(f"{line}: {text}" for line, text in faults))
        self.faults = faults


def read(data: bytes) -> list[Row]:
    """The rows of a file with a head: characteristic, value, and sample and gauge where they are given."""
    text = _text(data)
    head, separator, _rest = text.partition("\n")
    delimiter = max(",;\t", key=head.count)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    names = [NAMES.get(one.strip().casefold(), "") for one in next(rows, [])]
    if not {"characteristic", "value"} <= set(names) or not separator:
        raise Unreadable([(1, head.strip()[:60])])
    found, faults = [], []
    for number, cells in enumerate(rows, 2):
        if not any(cell.strip() for cell in cells):
            continue
        words = dict(zip(names, (cell.strip() for cell in cells), strict=False))
        row = _row(words, number, delimiter)
        if row is None or len(found) >= MOST:
            faults.append((number, delimiter.join(cells)[:60]))
        else:
            found.append(row)
    if faults:
        raise Unreadable(faults)
    return found


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def _row(words: dict[str, str], line: int, delimiter: str) -> Row | None:
    text = words.get("value", "")
    try:
        value = float(text.replace(",", ".") if delimiter != "," else text)
        sample = int(words["sample"]) if words.get("sample") else None
    except ValueError:
        return None
    if not math.isfinite(value) or not words.get("characteristic"):
        return None
    return Row(words["characteristic"], value, sample, words.get("gauge", ""), line)
