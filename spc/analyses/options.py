"""What may be asked of an analysis of a control chart, checked before any number is worked out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from math import isfinite
from typing import Any

SUBGROUPED = ("xbar-r", "xbar-s", "r", "s", "imr-r", "imr-s", "dnom", "standardised")
COUNTED = ("p", "np", "c", "u", "laney-p", "laney-u")
SINGLE = ("imr", "g", "t")
EITHER = ("ewma", "cusum")
CHARTS = (*SINGLE[:1], *SUBGROUPED, *COUNTED, *SINGLE[1:], *EITHER, "t2")

ESTIMATORS = {
    "rbar": "uwave-r", "range": "uwave-r", "r": "uwave-r", "sbar": "uwave-sd", "sd": "uwave-sd", "s": "uwave-sd",
    "pooled": "rmsdf", "rms": "rmsdf", "mvlue-s": "mvlue-sd", "uwave-s": "uwave-sd",
}  # fmt: skip
"""Other words for the estimators of subgroups."""

_SPOKEN = {"lambda": "weight", "n": "size", "target": "center", "fir": "head_start", "column": "columns"}
_NUMBERS = ("nsigma", "center", "sigma", "weight", "h", "k", "alpha", "size")
_POSITIVE = ("nsigma", "sigma", "weight", "h", "alpha", "size")


@dataclass(frozen=True, slots=True)
class Options:
    """How a chart is drawn; None where the chart's own default holds.

    phase1  limits rest on the first K points, all are judged;  exclude  points, from 1, that are drawn and neither
    judged nor part of the limits;  stages  the column whose changes begin a new stage with limits of its own
    center, sigma  known values, which are not estimated;  limits  "normal", or "exact" quantiles of the distribution
    weight (lambda), asymptotic  EWMA;  h, k, head_start (fir), units "se" or "data"  CUSUM;  alpha  T2
    size (n)  of samples where the file has no column for it;  columns  the ones to read, by name
    """

    span: int = 2
    estimator: str | None = None
    nsigma: float = 3.0
    phase1: int | None = None
    exclude: tuple[int, ...] = ()
    stages: str | None = None
    center: float | None = None
    sigma: float | None = None
    limits: str = "normal"
    distribution: str = "weibull"
    weight: float = 0.2
    asymptotic: bool = False
    h: float = 5.0
    k: float = 0.5
    head_start: float | bool = False
    units: str = "se"
    alpha: float | None = None
    size: float | None = None
    columns: tuple[str, ...] = field(default=())

    @classmethod
    def parse(cls, given: Mapping[str, Any]) -> "Options":
        """Options by their names, or as people say them (lambda, fir, n, target); ValueError tells what is wrong."""
        told = {_SPOKEN.get(name, name): value for name, value in given.items() if value is not None}
        unknown = sorted(set(told) - {one.name for one in fields(cls)})
        if unknown:
            raise ValueError(f"Unknown option: {', '.join(unknown)}.")
        for name in _NUMBERS:
            if name in told:
                told[name] = _number(name, told[name])
        if "columns" in told:
            told["columns"] = (told["columns"],) if isinstance(told["columns"], str) else tuple(told["columns"])
        if "exclude" in told:
            told["exclude"] = tuple(_whole("exclude", one) for one in _listed(told["exclude"]))
        for name in ("span", "phase1"):
            if name in told:
                told[name] = _whole(name, told[name])
        return cls(**told)

    def check(self, chart: str) -> None:
        """ValueError where the options do not go together."""
        if chart not in CHARTS:
            raise ValueError(f"There is no chart {chart!r}; choose one of {', '.join(CHARTS)}.")
        if self.phase1 is not None and self.stages is not None:
            raise ValueError("Limits rest on the first points, or on each stage; leave out phase1 or stages.")
        if self.units not in ("se", "data"):
            raise ValueError(f"A CUSUM is in units of se (standard errors) or data, not {self.units!r}.")
        if self.alpha is not None and self.alpha >= 1:
            raise ValueError(f"alpha lies between 0 and 1, not at {self.alpha}.")

    def estimator_of(self, own: str) -> str:
        """The estimator of sigma within subgroups: the one asked for, else the chart's own ("r" or "sd")."""
        name = (self.estimator or "unweighted").lower()
        if name in ("unweighted", "mvlue"):
            return f"{'uwave' if name == 'unweighted' else 'mvlue'}-{own}"
        return ESTIMATORS.get(name, name)

    def individual_estimator(self) -> str:
        """The estimator of sigma of single values."""
        name = (self.estimator or "mr").lower()
        return {"sd": "s", "median": "median-mr"}.get(name, name)


def _number(name: str, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        raise ValueError(f"{name} must be a number, not {value!r}.")
    if name in _POSITIVE and value <= 0:
        raise ValueError(f"{name} must be above 0, not {value}.")
    return float(value)


def _whole(name: str, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError(f"{name} must be a whole number from 1, not {value!r}.")
    return value


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else [value]
