"""Gauges that only say good or bad: who agrees with whom, who lets bad parts pass, and how wide the grey zone is."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from spc.engine.intervals import Interval, of_share
from spc.engine.msa.agreement import Kappa, cohen, counted, fleiss

Ratings = Sequence[Sequence[Hashable]]  # parts by trials of one appraiser


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many, in percent, with its exact limits in percent (Clopper and Pearson 1934)."""

    count: int
    of: int
    percent: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Versus:
    """One appraiser: agreement with themselves, with the standard, and kappas against the standard by three ways.

    effectiveness  parts judged right in every trial; kappa_pooled: all trials as one sequence (AIAG);
    kappa_mean: mean of each trial's Cohen, fleiss_mean: of each trial's Fleiss (Minitab)
    miss_rate, false_alarm_rate  decisions in percent: bad parts called good, good parts called bad; None without such
    """

    within: Share
    kappa_within: Kappa | None
    effectiveness: Share
    kappa_pooled: Kappa
    kappa_mean: float | None
    fleiss_mean: float | None
    miss_rate: float | None
    false_alarm_rate: float | None


@dataclass(frozen=True, slots=True)
class GreyZone:
    """Width of the zone where appraisers differ, by each limit and on average, in the unit of the references.

    grr_percent is that width in percent of the tolerance.
    """

    d_lsl: float | None
    d_usl: float | None
    d: float
    grr_percent: float | None


def share(count: int, of: int, confidence: float = 0.95) -> Share:
    """A count as a share with its exact limits."""
    low, high = of_share(count, of, confidence)
    return Share(count, of, 100 * count / of, (100 * low, 100 * high))


def versus(ratings: Ratings, standard: Sequence[Hashable], good: Hashable | None, confidence: float) -> Versus:
    """One appraiser against the standard (AIAG MSA 4th ed., ch. III-C; Minitab's attribute agreement for the means).

    ratings (parts, trials), standard (parts,). ValueError: no parts, or trials that differ in number.
    """
    parts, trials = len(standard), len(ratings[0])
    right = sum(set(row) == {true} for row, true in zip(ratings, standard, strict=True))
    same = sum(len(set(row)) == 1 for row in ratings)
    repeated = [true for true in standard for _ in range(trials)]
    categories = list(dict.fromkeys([*standard, *(rating for row in ratings for rating in row)]))
    columns = [[row[t] for row in ratings] for t in range(trials)]
    by_trial = [fleiss(counted(list(zip(column, standard, strict=True)), categories))[0] for column in columns]
    return Versus(
        within=share(same, parts, confidence),
        kappa_within=fleiss(counted(ratings, categories))[0] if trials > 1 else None,
        effectiveness=share(right, parts, confidence),
        kappa_pooled=cohen([rating for row in ratings for rating in row], repeated),
        kappa_mean=_mean([cohen(column, standard) for column in columns]),
        fleiss_mean=_mean(by_trial),
        miss_rate=_wrong(ratings, standard, good, bad_called_good=True),
        false_alarm_rate=_wrong(ratings, standard, good, bad_called_good=False),
    )


def between(ratings: Mapping[Hashable, Ratings], standard: Sequence[Hashable] | None) -> dict[str, tuple[int, int]]:
    """How many parts all appraisers judged alike in every trial, and how many of them as the standard."""
    everyone = [[rating for one in rows for rating in one] for rows in zip(*ratings.values(), strict=True)]
    told = {"alike": (sum(len(set(row)) == 1 for row in everyone), len(everyone))}
    if standard is not None:
        told["right"] = (sum(set(row) == {true} for row, true in zip(everyone, standard, strict=True)), len(everyone))
    return told


def grey_zone(
    references: ArrayLike, accepted: ArrayLike, *, lsl: float | None = None, usl: float | None = None
) -> GreyZone:
    """Signal detection: from the outermost part all accept to the next part all reject (AIAG MSA 4th ed., ch. III-C).

    references  (parts,) measured values; accepted (parts, decisions) true where the part was called good
    ValueError: no part that all accept, or beyond it none that all reject.
    """
    x, yes = np.asarray(references, np.float64), np.asarray(accepted, bool)
    all_accept, none_accept = x[yes.all(axis=1)], x[~yes.any(axis=1)]
    if not len(all_accept):
        raise ValueError("No part was accepted in every decision; signal detection needs parts well within limits.")
    above, below = none_accept[none_accept > all_accept.max()], none_accept[none_accept < all_accept.min()]
    d_usl = float(above.min() - all_accept.max()) if len(above) else None
    d_lsl = float(all_accept.min() - below.max()) if len(below) else None
    known = [d for d in (d_lsl, d_usl) if d is not None]
    if not known:
        raise ValueError("No part was rejected in every decision; signal detection needs parts well beyond a limit.")
    d = sum(known) / len(known)
    return GreyZone(d_lsl, d_usl, d, None if lsl is None or usl is None else 100 * d / (usl - lsl))


def verdict(effectiveness: float, miss_rate: float | None, false_alarm_rate: float | None) -> str:
    """acceptable, marginal or unacceptable by AIAG's table: 90/2/5 and 80/5/10 percent (MSA 4th ed., Table III-C 7)."""
    miss, alarm = miss_rate or 0.0, false_alarm_rate or 0.0
    if effectiveness >= 90 and miss <= 2 and alarm <= 5:
        return "acceptable"
    return "marginal" if effectiveness >= 80 and miss <= 5 and alarm <= 10 else "unacceptable"


def _wrong(
    ratings: Ratings, standard: Sequence[Hashable], good: Hashable | None, *, bad_called_good: bool
) -> float | None:
    """Percent of decisions about bad (or good) parts that called them the other."""
    rows = [row for row, true in zip(ratings, standard, strict=True) if (true != good) == bad_called_good]
    decisions = [(rating == good) == bad_called_good for row in rows for rating in row]
    return 100 * sum(decisions) / len(decisions) if good is not None and decisions else None


def _mean(kappas: Sequence[Kappa]) -> float | None:
    known = [kappa.kappa for kappa in kappas if kappa.kappa is not None]
    return sum(known) / len(known) if known else None
