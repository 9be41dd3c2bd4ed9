"""Do judges agree beyond chance: Cohen's kappa of two, Fleiss' of many."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Counts = NDArray[np.int_]


@dataclass(frozen=True, slots=True)
class Kappa:
    """kappa without unit, its standard error were there no agreement but by chance, z and one-sided p.

    All are None where chance alone would agree always: one category only.
    """

    kappa: float | None
    se: float | None
    z: float | None
    p: float | None


def cohen(one: Sequence[Hashable], other: Sequence[Hashable]) -> Kappa:
    """Of two judges over the same subjects (Cohen 1960; se by Fleiss, Cohen and Everitt 1969).

    ValueError: no subjects, or not equally many.
    """
    if len(one) != len(other) or not one:
        raise ValueError("Two judges must judge the same subjects, at least one.")
    table = _cross_table(one, other) / len(one)
    rows, columns = table.sum(axis=1), table.sum(axis=0)
    chance = float(rows @ columns)
    if chance >= 1:
        return Kappa(None, None, None, None)
    spread = chance + chance**2 - float((rows * columns * (rows + columns)).sum())
    return _kappa((float(np.trace(table)) - chance) / (1 - chance), sqrt(max(0.0, spread) / len(one)) / (1 - chance))


def fleiss(counts: ArrayLike) -> tuple[Kappa, list[Kappa]]:
    """Of equally many judges per subject, over all and for each category (Fleiss 1971; se: Fleiss et al. 2003, 18.3).

    counts  (subjects, categories): how many judges chose each. ValueError: other shapes, fewer than two judges.
    """
    x = np.asarray(counts, np.float64)
    if x.ndim != 2 or not len(x) or (x.sum(axis=1) != x[0].sum()).any() or x[0].sum() < 2:
        raise ValueError("Fleiss' kappa needs two or more judges, and equally many of each subject.")
    n, m = len(x), float(x[0].sum())
    p = x.mean(axis=0) / m
    q, pairs = 1 - p, n * m * (m - 1)
    spread = float(p @ q)
    if spread <= 0:
        return Kappa(None, None, None, None), [Kappa(None, None, None, None) for _ in p]
    apart = (x * (m - x)).sum(axis=0)
    se = sqrt(2 / pairs * (spread**2 - float((p * q * (q - p)).sum()))) / spread
    each = [
        _kappa(1 - float(a) / (pairs * share * (1 - share)), sqrt(2 / pairs)) if 0 < share < 1
        else Kappa(None, None, None, None)
        for a, share in zip(apart, p, strict=True)
    ]  # fmt: skip
    return _kappa(1 - float(apart.sum()) / (pairs * spread), se), each


def conger(ratings: Sequence[Sequence[Hashable]]) -> float | None:
    """Kappa of many judges who are known by name: chance as each pair's own (Conger 1980).

    ratings  (subjects, judges). None where chance alone would agree always. ValueError as of `fleiss`.
    """
    categories = list(dict.fromkeys(rating for row in ratings for rating in row))
    counts = counted(ratings, categories).astype(float)
    n, m = counts.shape[0], counts[0].sum()
    if m < 2:
        raise ValueError("Conger's kappa needs two or more judges of each subject.")
    shares = np.array([[column.count(c) / n for c in categories] for column in map(list, zip(*ratings, strict=True))])
    agreed = float((counts * (counts - 1)).sum()) / (n * m * (m - 1))
    chance = float((shares.mean(axis=0) ** 2).sum() - (shares.var(axis=0, ddof=1) / m).sum())
    return None if chance >= 1 else (agreed - chance) / (1 - chance)


def counted(ratings: Sequence[Sequence[Hashable]], categories: Sequence[Hashable]) -> Counts:
    """How many judges gave each category to each subject: (subjects, judges) in, (subjects, categories) out."""
    return np.array([[list(row).count(category) for category in categories] for row in ratings])


def _cross_table(one: Sequence[Hashable], other: Sequence[Hashable]) -> Counts:
    categories = {category: i for i, category in enumerate(dict.fromkeys([*one, *other]))}
    table = np.zeros((len(categories), len(categories)), int)
    np.add.at(table, ([categories[a] for a in one], [categories[b] for b in other]), 1)
    return table


def _kappa(value: float, se: float) -> Kappa:
    value = float(value)
    if se <= 0:
        return Kappa(value, None, None, None)
    z = value / se
    return Kappa(value, se, z, float(special.ndtr(-z)))
