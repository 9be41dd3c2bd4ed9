"""The parts of the spread that a gauge study tells apart, and the shares they have of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from typing import Any


@dataclass(frozen=True, slots=True)
class Component:
    """One source of spread: variance and stdev in the unit of the readings, study_variation the multiple of stdev.

    Percent: contribution of the total variance, study of the total stdev, tolerance of the tolerance (None without).
    """

    variance: float
    stdev: float
    study_variation: float
    percent_contribution: float
    percent_study: float
    percent_tolerance: float | None


@dataclass(frozen=True, slots=True)
class Shares:
    """Components by name, and the number of distinct categories."""

    components: dict[str, Component]
    ndc: int | None


@dataclass(frozen=True, slots=True)
class Study:
    """What a gauge study found: its method by name, its size, its components and what they were computed from."""

    method: str
    parts: int
    appraisers: int
    trials: int
    mean: float
    variances: dict[str, float]
    details: dict[str, Any]


def shares(
    variances: Mapping[str, float], *, multiple: float = 6.0, tolerance: float | None = None,
    process_stdev: float | None = None,
) -> Shares:
    """Every component with its shares; negative variances count as zero (AIAG MSA 4th ed., ch. III, B).

    variances    of repeatability, appraiser, interaction and part (those there are), in the unit squared
    multiple     of the stdev that a study variation spans: 6, in older texts 5.15
    tolerance    USL - LSL; of one limit twice the distance of the mean from it
    process_stdev  a known total; the part's share is then what the gauge leaves of it
    """  # fmt: skip
    known = {name: max(0.0, value) for name, value in variances.items()}
    reproducibility = known.get("appraiser", 0.0) + known.get("interaction", 0.0)
    gauge = known["repeatability"] + reproducibility
    part = known.get("part", 0.0) if process_stdev is None else max(0.0, process_stdev**2 - gauge)
    all_of = known | {"reproducibility": reproducibility, "grr": gauge, "part": part, "total": gauge + part}
    total = all_of["total"]
    if total <= 0:
        raise ValueError("All readings are equal, so nothing can be told of the gauge; look at its resolution.")
    order = ("grr", "repeatability", "reproducibility", "appraiser", "interaction", "part", "total")
    found = {name: _component(all_of[name], total, multiple, tolerance) for name in order if name in all_of}
    return Shares(found, categories(sqrt(part), sqrt(gauge)))


def categories(part: float, gauge: float) -> int | None:
    """ndc = 1.41 PV/GRR, truncated, at least 1; None where the gauge shows no spread at all (AIAG MSA 4th ed.)."""
    return max(1, int(1.41 * part / gauge)) if gauge > 0 else None


def room(mean: float, *, tolerance: float | None, lsl: float | None, usl: float | None) -> float | None:
    """The tolerance to compare a study variation with; of a single limit twice the mean's distance from it.

    ValueError: a tolerance that is not above zero, or limits in the wrong order.
    """
    if tolerance is None and lsl is not None and usl is not None:
        tolerance = usl - lsl
    if tolerance is not None:
        if not tolerance > 0:
            raise ValueError(f"The tolerance must be above zero, not {tolerance}.")
        return tolerance
    limit = lsl if lsl is not None else usl
    return None if limit is None or limit == mean else 2 * abs(mean - limit)


def _component(variance: float, total: float, multiple: float, tolerance: float | None) -> Component:
    stdev = sqrt(variance)
    of_tolerance = None if tolerance is None else 100 * multiple * stdev / tolerance
    return Component(
        variance, stdev, multiple * stdev, 100 * variance / total, 100 * stdev / sqrt(total), of_tolerance
    )
