"""The readings of a gauge study in the order it was designed: part by appraiser by trial."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Readings `x` (parts, appraisers, trials) in their unit, with the labels of the first two."""

    parts: tuple[Hashable, ...]
    appraisers: tuple[Hashable, ...]
    x: Floats


def crossed(
    parts: Sequence[Hashable], appraisers: Sequence[Hashable], values: ArrayLike, trials: Sequence[Hashable] = (),
    least: int = 2,
) -> Cells:
    """Every appraiser measured every part equally often; labels keep the order in which they first come.

    parts, appraisers, trials (rows,); values (rows,), NaN counts as not measured; least: how many trials there must be
    ValueError names each part and appraiser that lack trials, and every trial told twice.
    """
    found = _grouped(parts, appraisers, values, trials)
    rows, columns = tuple(dict.fromkeys(parts)), tuple(dict.fromkeys(appraisers))
    most = max((len(cell) for cell in found.values()), default=0)
    _check_full([(part, who) for part in rows for who in columns], found, most, least)
    return Cells(rows, columns, np.array([[found[part, who] for who in columns] for part in rows], np.float64))


def nested(
    parts: Sequence[Hashable], appraisers: Sequence[Hashable], values: ArrayLike, trials: Sequence[Hashable] = ()
) -> Cells:
    """Each appraiser measured parts of their own, equally many and equally often; labels of parts are per appraiser.

    ValueError as of `crossed`, and where appraisers have different numbers of parts.
    """
    found = _grouped(parts, appraisers, values, trials)
    most = max((len(cell) for cell in found.values()), default=0)
    _check_full(list(found), found, most, 2)
    own: dict[Hashable, list[list[float]]] = defaultdict(list)
    for (_part, who), cell in found.items():
        own[who].append(cell)
    counts = {who: len(cells) for who, cells in own.items()}
    if len(set(counts.values())) > 1:
        told = ", ".join(f"{who} {n}" for who, n in counts.items())
        raise ValueError(f"A nested study needs as many parts of each appraiser; found {told}.")
    x = np.array(list(own.values()), np.float64).transpose(1, 0, 2)
    return Cells(tuple(range(1, len(x) + 1)), tuple(own), x)


def _grouped(
    parts: Sequence[Hashable], appraisers: Sequence[Hashable], values: ArrayLike, trials: Sequence[Hashable]
) -> dict[tuple[Hashable, Hashable], list[float]]:
    """Known readings by part and appraiser, by rising trial where told, else in the order of the rows."""
    x = np.asarray(values, np.float64)
    if not len(parts) == len(appraisers) == len(x) or len(trials) not in (0, len(x)):
        raise ValueError("Parts, appraisers, trials and values must be equally many.")
    labels = trials or range(len(x))
    keys = [(part, who, trial) for part, who, trial in zip(parts, appraisers, labels, strict=True)]
    if len(set(keys)) < len(keys):
        twice = next(key for i, key in enumerate(keys) if key in keys[:i])
        raise ValueError(f"Trial {twice[2]} of part {twice[0]} by appraiser {twice[1]} is told twice.")
    found: dict[tuple[Hashable, Hashable], list[float]] = defaultdict(list)
    for (part, who, _trial), value in zip(keys, x, strict=True):
        if not np.isnan(value):
            found[part, who].append(float(value))
    return found


def _check_full(
    wanted: Sequence[tuple[Hashable, Hashable]], found: dict[tuple[Hashable, Hashable], list[float]], most: int,
    least: int,
) -> None:
    short = [(key, len(found.get(key, ()))) for key in wanted if len(found.get(key, ())) < most]
    if short:
        told = "; ".join(f"part {part} x appraiser {who} has {n}" for (part, who), n in short[:10])
        more = f"; and {len(short) - 10} more" if len(short) > 10 else ""
        raise ValueError(f"Each appraiser must measure each part {most} times, but {told}{more}. Measure these again.")
    if most < least:
        raise ValueError(f"A gauge study needs at least {least} trials of each part by each appraiser.")
