"""Tables that people bring: the columns of a CSV file with a header, and the numbers in them."""

import csv
import io
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Columns = Mapping[str, Sequence[object]]

DELIMITERS = ",;\t"
ENCODINGS = ("utf-8-sig", "gb18030")
MISSING = {"", "*", "na", "nan", "null", "none"}  # `*` is how Minitab exports a missing value


def read(path: str | Path) -> dict[str, list[str]]:
    """The columns of a CSV file by the names in its first line, cells stripped, all of one length.

    UTF-8 (with or without BOM) or GB18030; comma, semicolon or tab. Empty lines at the end are left out, one in between
    is a row of empty cells, and a row may end early, so that cell i of a column stands in line i + 2 of the file.
    ValueError names the file, and the line and column where there is one.
    """
    rows = _rows(_text(Path(path)))
    if not rows:
        raise ValueError(f"{path} is empty; its first line must name the columns.")
    names = _names(rows[0], path)
    for number, row in enumerate(rows[1:], start=2):
        if any(row[len(names) :]):
            raise ValueError(f"{path}, line {number} has {len(row)} cells, but line 1 names {len(names)} columns.")
    return {name: [row[i] if i < len(row) else "" for row in rows[1:]] for i, name in enumerate(names) if name}


def numbers(columns: Columns, name: str) -> Floats:
    """The column `name` as numbers (rows,): an empty cell (None, "", "*", "NA") is NaN.

    ValueError names the column where it is missing, and line and column of a cell that is no finite number.
    """
    cells = choose(columns, [name])[name]
    return np.array([_number(cell, line, name) for line, cell in enumerate(cells, start=2)], np.float64)


def choose(columns: Columns, names: Sequence[str]) -> dict[str, list[object]]:
    """The columns of these names, in this order, whatever their case; ValueError tells which are missing."""
    known = {name.strip().casefold(): cells for name, cells in columns.items()}
    missing = [name for name in names if name.strip().casefold() not in known]
    if missing:
        raise ValueError(f"There is no column {', '.join(missing)}; the file has {', '.join(columns) or 'none'}.")
    return {name: list(known[name.strip().casefold()]) for name in names}


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as reason:
        raise ValueError(f"{path} cannot be read: {reason.strerror or reason}.") from reason
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError(f"{path} is neither UTF-8 nor GB18030 text; save it as CSV (UTF-8).")


def _rows(text: str) -> list[list[str]]:
    """The cells of each line, split at the delimiter that gives the header most columns."""
    header = next(iter(text.splitlines()), "")
    delimiter = max(DELIMITERS, key=lambda mark: len(next(csv.reader([header], delimiter=mark), [])))
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    while rows and not any(rows[-1]):
        rows.pop()
    return rows


def _names(header: Sequence[str], path: str | Path) -> list[str]:
    seen: set[str] = set()
    for column, name in enumerate(header, start=1):
        if name and name.casefold() in seen:
            raise ValueError(f"{path}, line 1 names the column {name!r} twice.")
        if name and parsed(name) is not None:
            raise ValueError(f"{path}, line 1, column {column} is the number {name}; the first line must name columns.")
        seen.add(name.casefold())
    if not any(header):
        raise ValueError(f"{path}, line 1 is empty; the first line must name the columns.")
    return list(header)


def _number(cell: object, line: int, name: str) -> float:
    if cell is None or (isinstance(cell, str) and cell.strip().casefold() in MISSING):
        return math.nan
    value = parsed(cell)
    if value is None or not math.isfinite(value):
        raise ValueError(
            f"Line {line} (value {line - 1}), column {name}: {str(cell)!r} is no finite number; "
            "write digits with a decimal point, or leave the cell empty."
        )
    return value


def parsed(cell: object) -> float | None:
    """A number as people write it; True, 1_000 and dates are none."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return None
    if isinstance(cell, str) and "_" in cell:
        return None
    try:
        return float(cell)
    except (ValueError, OverflowError):
        return None
