"""Plans by attributes for two agreed points of the operating characteristic, and plans that accept no fault at all."""

from dataclasses import dataclass

from qms.sampling import curves
from qms.sampling.curves import Model
from qms.sampling.letters import LARGEST_LOT, SMALLEST_LOT

MOST = 1_000_000  # no plan is looked for beyond this sample
MOST_FAULTS = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A sample and its acceptance number, with the two risks that it really has."""

    n: int
    ac: int
    producer_risk: float
    consumer_risk: float


def single(
    *, p1: float, alpha: float = 0.05, p2: float, beta: float = 0.10, model: Model = "binomial", lot: int | None = None
) -> Found:
    """The single plan of the smallest sample that accepts `p1` with 1 − alpha and `p2` with at most beta.

    Exact for the model, not from a nomograph: (1 %, 0.05, 6 %, 0.10) is 110/3 (Montgomery reads 89/2). ValueError where
    the points can't be told apart with 200 faults, a sample of a million, or within the lot.
    """
    check_points(p1, alpha, p2, beta)
    largest = lot if model == "hypergeometric" and lot else MOST
    n: int | None = 0
    for ac in range(MOST_FAULTS):
        n = _smallest(ac, p2, beta, model, lot, largest, above=n or 0)
        if n is None:
            break
        kept = curves.acceptance(p1, n=n, ac=ac, model=model, lot=lot)
        if kept >= 1 - alpha:
            return Found(n, ac, 1 - kept, curves.acceptance(p2, n=n, ac=ac, model=model, lot=lot))
    raise ValueError("No sample tells these two qualities apart. Put them further apart, or allow larger risks.")


def zero(*, lot: int, limit: float, beta: float = 0.10, model: Model = "hypergeometric") -> int:
    """The smallest sample without any fault that accepts a lot of quality `limit` (its LTPD) with at most beta."""
    if not 0 < limit < 1 or not 0 < beta < 1:
        raise ValueError("The limiting quality and the risk lie between 0 and 1.")
    if not SMALLEST_LOT <= lot <= LARGEST_LOT:
        raise ValueError(f"A lot of {lot} can't be sampled; it has {SMALLEST_LOT} to {LARGEST_LOT} items.")
    return _smallest(0, max(limit, 1 / lot), beta, model, lot, lot) or lot


def zero_for(*, lot: int, n: int, ac: int, beta: float = 0.10) -> int:
    """The sample without any fault that protects against bad lots as the plan (n, ac) of a table does.

    Same limiting quality at the same risk, worked out for this lot. It is the principle by which Squeglia, Zero
    Acceptance Number Sampling Plans, associates a plan with an AQL; the numbers here are computed, not his table.
    """
    return zero(lot=lot, limit=curves.quality_at(beta, n=n, ac=ac), beta=beta) if n < lot else lot


def check_points(p1: float, alpha: float, p2: float, beta: float) -> None:
    """ValueError unless good is better than bad and the risks are small enough to mean something."""
    if not 0 < p1 < p2 < 1:
        raise ValueError("The good quality p1 must lie above 0 and below the bad quality p2, and both below 1.")
    if not (0 < alpha < 1 and 0 < beta < 1 and alpha + beta < 1):
        raise ValueError("The risks alpha and beta must lie above 0, and together below 1.")


def _smallest(
    ac: int, p2: float, beta: float, model: Model, lot: int | None, largest: int, above: int = 0
) -> int | None:
    """The smallest sample that accepts `p2` with at most beta; `above` it is known to lie. Acceptance only falls."""

    def is_safe(n: int) -> bool:
        return curves.acceptance(p2, n=n, ac=ac, model=model, lot=lot) <= beta

    low, step = max(ac, above), 1
    while low + step < largest and not is_safe(low + step):
        low, step = low + step, step * 2
    high = min(low + step, largest)
    if high <= low or not is_safe(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_safe(middle) else (middle, high)
    return high
