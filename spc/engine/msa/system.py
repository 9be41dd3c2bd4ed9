"""A measuring system and a measuring process judged by their combined uncertainty (ISO 22514-7:2012)."""

from dataclasses import dataclass
from math import hypot, inf, sqrt

LARGEST_SYSTEM, LARGEST_PROCESS, LARGEST_RESOLUTION = 15.0, 30.0, 5.0  # percent (ISO 22514-7, 9; VDA 5)


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """Standard uncertainties in the unit of the readings; those of the process are zero where not studied.

    calibration  of the standard; resolution: the least step of the display; bias: mean minus reference;
    repeatability on a standard (evr) and on parts (evo); linearity; appraiser; interaction; gauge: between systems;
    stability; object: inhomogeneous parts; temperature; rest
    """

    calibration: float = 0.0
    resolution: float = 0.0
    bias: float = 0.0
    evr: float = 0.0
    linearity: float = 0.0
    evo: float = 0.0
    appraiser: float = 0.0
    interaction: float = 0.0
    gauge: float = 0.0
    stability: float = 0.0
    object: float = 0.0
    temperature: float = 0.0
    rest: float = 0.0


@dataclass(frozen=True, slots=True)
class Judged:
    """Combined u of system and process (unit of the readings), Q in percent of the tolerance, C without unit."""

    u_re: float
    u_bi: float
    u_ms: float
    u_mp: float
    q_ms: float
    q_mp: float
    c_ms: float | None
    c_mp: float | None
    resolution_percent: float
    is_capable: bool


def judge(u: Uncertainty, tolerance: float, *, coverage: float = 2.0) -> Judged:
    """Q = 2 k u/T, C_MS = 0.3 T/(6 u_MS), C_MP = 0.3 T/(3 u_MP) (ISO 22514-7:2012, 8 and 9).

    u_RE = resolution/sqrt(12), u_BI = |bias|/sqrt(3); of resolution and repeatabilities only the largest counts.
    ValueError: a tolerance that is not above zero, a negative uncertainty.
    """
    if not tolerance > 0:
        raise ValueError(f"The tolerance must be above zero, not {tolerance}.")
    u_re, u_bi = u.resolution / sqrt(12), abs(u.bias) / sqrt(3)
    shared = (u.calibration, u_bi, u.linearity, u.rest)
    u_ms = hypot(max(u_re, u.evr), *shared)
    u_mp = hypot(
        max(u_re, u.evr, u.evo), *shared,
        u.appraiser, u.interaction, u.gauge, u.stability, u.object, u.temperature,
    )  # fmt: skip
    return of_combined(u_ms, u_mp, tolerance, coverage=coverage, u_re=u_re, u_bi=u_bi)


def of_combined(
    u_ms: float, u_mp: float, tolerance: float, *, coverage: float = 2.0, u_re: float = 0.0, u_bi: float = 0.0
) -> Judged:
    """The ratios of uncertainties already combined."""
    q_ms, q_mp = (100 * 2 * coverage * u / tolerance for u in (u_ms, u_mp))
    c_ms = 0.3 * tolerance / (6 * u_ms) if u_ms else None
    c_mp = 0.3 * tolerance / (3 * u_mp) if u_mp else None
    share = 100 * u_re * sqrt(12) / tolerance
    is_capable = q_ms <= LARGEST_SYSTEM and q_mp <= LARGEST_PROCESS and share <= LARGEST_RESOLUTION
    return Judged(u_re, u_bi, u_ms, u_mp, q_ms, q_mp, c_ms, c_mp, share, is_capable)


def freed(observed: float, q_mp: float) -> float:
    """The Cp of the process alone from the observed one and Q_MP in percent (ISO 22514-7:2012, Table 10).

    1/C^2 = 1/C_observed^2 - (1.5 Q_MP)^2. ValueError: the measuring process alone spreads as much as was observed.
    """
    if observed >= best_observable(q_mp):
        raise ValueError(
            f"A measuring process with Q_MP {q_mp:g} % alone allows no capability of {observed:.2f}; study the gauge."
        )
    return 1 / sqrt(1 / observed**2 - (1.5 * q_mp / 100) ** 2)


def best_observable(q_mp: float) -> float:
    """The Cp that would be observed of a process without any spread: 1/(1.5 Q_MP), Q_MP in percent."""
    return 1 / (1.5 * q_mp / 100) if q_mp > 0 else inf
