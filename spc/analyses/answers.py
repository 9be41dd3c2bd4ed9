"""Answers of analyses as JSON and as text: a number that does not exist is never printed as one."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

MOST_IN_LINE = 12  # longer lists are cut into lines of this many


def plain(value: Any) -> Any:
    """The same in what JSON knows: arrays become lists, NaN and infinity None."""
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [plain(one) for one in value]
    return value


def text(answer: Mapping[str, Any]) -> str:
    """An answer as aligned lines: a name and its value, tables below their name."""
    return "\n".join(_lines(plain(answer), ""))


def _lines(answer: Mapping[str, Any], indent: str) -> list[str]:
    width = max((len(name) for name in answer), default=0)
    lines: list[str] = []
    for name, value in answer.items():
        lines += _entry(name, value, indent, width)
    return lines


def _entry(name: str, value: Any, indent: str, width: int) -> list[str]:
    inside = indent + "  "
    if isinstance(value, dict):
        return [f"{indent}{name}", *_lines(value, inside)]
    if isinstance(value, list) and value and all(isinstance(row, dict) for row in value):
        return [f"{indent}{name}", *(inside + row for row in _table(value))]
    if isinstance(value, list) and len(value) > MOST_IN_LINE:
        cells = [_cell(one) for one in value]
        wide = max(map(len, cells))
        starts = range(0, len(cells), MOST_IN_LINE)
        rows = ("  ".join(cell.rjust(wide) for cell in cells[i : i + MOST_IN_LINE]) for i in starts)
        return [f"{indent}{name}", *(inside + row for row in rows)]
    return [f"{indent}{name.ljust(width)}  {_cell(value)}".rstrip()]


def _table(rows: Sequence[dict[str, Any]]) -> list[str]:
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = [names, *([_cell(row.get(name)) for name in names] for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(names))]
    return ["  ".join(cell.rjust(wide) for cell, wide in zip(line, widths, strict=True)) for line in cells]


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list):
        return "  ".join(_cell(one) for one in value)
    return str(value)
