"""Which distribution the capability of readings rests on, and how many parts per million it expects outside."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from spc.engine import capability, distributions, nonnormal, normality
from spc.engine.capability import Capability
from spc.engine.distributions import Fit

Floats = NDArray[np.float64]

_WITHIN = ("cp", "cpl", "cpu", "cpk", "cpm", "cpm_within")
_REJECTED = 0.05


def indices_of(x: Floats, distribution: str, lsl: float | None, usl: float | None) -> dict[str, Any]:
    """What the choice of a distribution changes in an answer made for the normal one; nothing for "normal".

    ValueError: an unknown distribution, or readings it does not allow.
    """
    match distribution:
        case "normal":
            return {}
        case "box-cox":
            return _transformed(x, lsl, usl)
        case "best":
            return _best(x, lsl, usl)
        case _:
            return _by_percentiles(distributions.fit(x, distribution), x, lsl, usl)


def expected_ppm(found: Capability, lsl: float | None, usl: float | None) -> dict[str, Any]:
    """Parts per million outside each limit that a normal process of either sigma makes."""

    def of(sigma: float) -> dict[str, float | None]:
        return _ppm(lambda limit: float(special.ndtr((limit - found.mean) / sigma)),
                    lambda limit: float(special.ndtr((found.mean - limit) / sigma)), lsl, usl)  # fmt: skip

    return {"expected_within": of(found.sigma_within), "expected_overall": of(found.sigma_overall)}


def observed_ppm(x: Floats, lsl: float | None, usl: float | None) -> dict[str, float | None]:
    """Parts per million of the readings below and above the limits; None where there is no limit."""
    return _ppm(lambda limit: float(np.mean(x < limit)), lambda limit: float(np.mean(x > limit)), lsl, usl)


def normality_of(x: Floats) -> dict[str, Any]:
    """Each test of normality that knows so many readings, with its statistic and p."""
    tests: dict[str, tuple[Callable[[Floats], normality.Test], int, float]] = {
        "anderson_darling": (normality.anderson_darling, 8, np.inf),
        "shapiro_wilk": (normality.shapiro_wilk, 3, 5000),
        "kolmogorov_smirnov": (normality.kolmogorov_smirnov, 5, np.inf),
    }
    return {name: test(x)._asdict() for name, (test, least, most) in tests.items() if least <= len(x) <= most}


def told(fit: Fit) -> dict[str, Any]:
    """A fitted shape as an answer."""
    return {
        "distribution": fit.family.name,
        "parameters": dict(zip(fit.family.parameters, fit.parameters, strict=True)),
        "loglik": fit.loglik, "aic": fit.aic, "ad": fit.ad, "p": fit.p, "p_is": fit.p_is, "ks": fit.ks,
    }  # fmt: skip


def _best(x: Floats, lsl: float | None, usl: float | None) -> dict[str, Any]:
    """Normal unless Anderson-Darling rejects it at 5 %, else the likeliest shape that is not rejected."""
    ranked = distributions.ranked(x)
    normal = next(fit for fit in ranked if fit.family.name == "normal")
    chosen = {} if normal.p >= _REJECTED else _by_percentiles(ranked[0], x, lsl, usl)
    return chosen | {"distributions": [told(fit) for fit in ranked]}


def _by_percentiles(fit: Fit, x: Floats, lsl: float | None, usl: float | None) -> dict[str, Any]:
    if fit.family.name == "normal":
        return told(fit)
    outside = _ppm(lambda limit: float(fit.cdf(limit)), lambda limit: 1 - float(fit.cdf(limit)), lsl, usl)
    return {
        **dict.fromkeys(_WITHIN),
        **asdict(nonnormal.by_percentiles(fit, lsl=lsl, usl=usl)),
        **told(fit),
        "method": "percentiles (ISO 22514-4)",
        "intervals": {},
        "ppm": {"observed": observed_ppm(x, lsl, usl), "expected_overall": outside},
    }


def _transformed(x: Floats, lsl: float | None, usl: float | None) -> dict[str, Any]:
    """Indices of transformed readings against transformed limits; a limit of zero or less is none."""
    exponent = nonnormal.box_cox_exponent(x)
    y = nonnormal.box_cox(x, exponent)
    low, high = (
        None if limit is None or limit <= 0 else float(nonnormal.box_cox(limit, exponent)) for limit in (lsl, usl)
    )
    found = capability.indices(y, sigma_within=float(y.std(ddof=1)), within="s", lsl=low, usl=high)
    indices = {name: getattr(found, name) for name in ("pp", "ppl", "ppu", "ppk")}
    outside = expected_ppm(found, low, high)["expected_overall"]
    return {
        **dict.fromkeys(_WITHIN), **indices, "distribution": "box-cox", "method": "normal after Box-Cox",
        "parameters": {"exponent": exponent}, "p": normality.anderson_darling(y).p, "intervals": {},
        "ppm": {"observed": observed_ppm(x, lsl, usl), "expected_overall": outside},
    }  # fmt: skip


def _ppm(
    below: Callable[[float], float], above: Callable[[float], float], lsl: float | None, usl: float | None
) -> dict[str, float | None]:
    low = None if lsl is None else 1e6 * below(lsl)
    high = None if usl is None else 1e6 * above(usl)
    return {"below": low, "above": high, "total": (low or 0.0) + (high or 0.0)}
