"""Which columns of a table hold what a chart plots."""

import re
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from spc.analyses import files
from spc.analyses.files import Columns, Floats

READING = re.compile(r"x_?\d+", re.IGNORECASE)
GROUPS = ("subgroup", "sample", "group")
LABELS = {
    *GROUPS, "stage", "phase", "date", "time", "at", "part", "target", "id", "no", "index", "batch", "lot", "obs",
    "observation",
}  # fmt: skip
COUNTS = ("count", "counts", "d", "c", "x", "defects", "defectives", "defective", "nonconforming", "nonconformities")
SIZES = ("n", "size", "sizes", "trials", "inspected", "units", "sample_size", "opportunities")


def single(columns: Columns, wanted: Sequence[str] = ()) -> Floats:
    """The one column of values (n,); ValueError where there are several and none is named."""
    names = list(wanted) or measured(columns)
    if len(names) != 1:
        raise ValueError(f"One column of values is needed, the file has {', '.join(names) or 'none'}; name one.")
    return files.numbers(columns, names[0])


def readings(columns: Columns, wanted: Sequence[str] = ()) -> Floats:
    """Subgroups (k, n): the columns x1, x2 ... as they are, or a column of values beside one that names subgroups.

    Without columns of such names all that hold no label are taken. Missing readings are NaN.
    """
    names = list(wanted) or [name for name in columns if READING.fullmatch(name)] or measured(columns)
    if not names:
        raise ValueError(f"There is no column of readings; the file has {', '.join(columns) or 'none'}.")
    values = np.column_stack([files.numbers(columns, name) for name in names])
    group = grouping(columns)
    return values if group is None or len(names) > 1 else stacked(values, group)[:, :, 0]


def stacked(values: Floats, group: Sequence[object]) -> Floats:
    """Rows (n, p) put together by subgroup, in order of first appearance: (subgroups, readings, p), padded with NaN."""
    order = {name: place for place, name in enumerate(dict.fromkeys(group))}
    members: list[list[int]] = [[] for _ in order]
    for row, name in enumerate(group):
        members[order[name]].append(row)
    table = np.full((len(order), max(map(len, members), default=0), values.shape[1]), np.nan)
    for place, rows in enumerate(members):
        table[place, : len(rows)] = values[rows]
    return table


def grouping(columns: Columns) -> Sequence[object] | None:
    """The column that tells which subgroup a row belongs to, if its names come more than once."""
    found = next((cells for name, cells in columns.items() if name.strip().lower() in GROUPS), None)
    return found if found is not None and len(set(found)) < len(found) else None


def variables(columns: Columns, wanted: Sequence[str] = ()) -> tuple[list[str], Floats]:
    """Names and values of several characteristics: (n, p), or (subgroups, readings, p) where rows name a subgroup."""
    names = list(wanted) or measured(columns)
    if not names:
        raise ValueError(f"There is no column of values; the file has {', '.join(columns) or 'none'}.")
    values = np.column_stack([files.numbers(columns, name) for name in names])
    group = grouping(columns)
    return names, values if group is None else stacked(values, group)


def counted(columns: Columns, size: float | None, wanted: Sequence[str] = ()) -> tuple[Floats, Floats | None]:
    """Counts (k,) and sizes (k,): the columns count and n, or the first two; `size` where no column tells it."""
    names = list(wanted) or measured(columns)
    if not names:
        raise ValueError(f"There is no column of counts; the file has {', '.join(columns) or 'none'}.")
    lower = {name.strip().lower(): name for name in names}
    count = next((lower[name] for name in COUNTS if name in lower), None)
    sizes = next((lower[name] for name in SIZES if name in lower), None)
    rest = [name for name in names if name not in (count, sizes)]
    count = count or rest.pop(0)
    counts = files.numbers(columns, count)
    if size is not None:
        return counts, np.full(len(counts), size)
    sizes = sizes or (rest[0] if rest else None)
    return counts, None if sizes is None else files.numbers(columns, sizes)


def measured(columns: Columns) -> list[str]:
    """The columns that hold no label, by their names; of several, those without any number are left out too."""
    names = [name for name in columns if name.strip().lower() not in LABELS] or list(columns)
    return names if len(names) == 1 else [name for name in names if _is_numeric(columns[name])] or names


def stages(columns: Columns, name: str) -> NDArray[np.intp]:
    """Where each stage begins: row 0 and every row whose cell in the column differs from the one before."""
    cells = files.choose(columns, [name])[name]
    changes = [i for i, (a, b) in enumerate(pairwise(cells), start=1) if a != b]
    return np.array([0, *changes], np.intp)


def _is_numeric(cells: Sequence[object]) -> bool:
    """Whether the first cell that is not empty is a number."""
    for cell in cells:
        if cell is not None and not (isinstance(cell, str) and cell.strip().casefold() in files.MISSING):
            return files.parsed(cell) is not None
    return False
