"""Double sampling of MIL-STD-105E (= ANSI/ASQ Z1.4), Tables III-A to III-C; arrows as in single sampling.

ISO 2859-1:1999 printed other numbers on some diagonals. They are left out: no source was at hand to verify them all.
"""

from dataclasses import dataclass
from typing import NamedTuple

from qms.sampling import curves, master, single
from qms.sampling.curves import Model
from qms.sampling.letters import BEYOND, LETTERS
from qms.sampling.single import Verdict


class Numbers(NamedTuple):
    """Acceptance and rejection numbers of the first sample, and of both together."""

    ac1: int
    re1: int
    ac2: int
    re2: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Two samples of `n` each; the second is taken where the first lies between its two numbers."""

    letter: str
    n: int
    numbers: Numbers


# By the acceptance number of the single plan on the same diagonal (its rejection number with it, where reduced).
_FULL = {
    1: Numbers(0, 2, 1, 2), 2: Numbers(0, 3, 3, 4), 3: Numbers(1, 4, 4, 5), 5: Numbers(2, 5, 6, 7),
    7: Numbers(3, 7, 8, 9), 8: Numbers(3, 7, 11, 12), 10: Numbers(5, 9, 12, 13), 12: Numbers(6, 10, 15, 16),
    14: Numbers(7, 11, 18, 19), 18: Numbers(9, 14, 23, 24), 21: Numbers(11, 16, 26, 27), 27: Numbers(15, 20, 34, 35),
    30: Numbers(17, 22, 37, 38), 41: Numbers(23, 29, 52, 53), 44: Numbers(25, 31, 56, 57),
}  # fmt: skip
_REDUCED = {
    (0, 2): Numbers(0, 2, 0, 2), (1, 3): Numbers(0, 3, 0, 4), (1, 4): Numbers(0, 4, 1, 5), (2, 5): Numbers(0, 4, 3, 6),
    (3, 6): Numbers(1, 5, 4, 7), (5, 8): Numbers(2, 7, 6, 9), (7, 10): Numbers(3, 8, 8, 12),
    (10, 13): Numbers(5, 10, 12, 16), (14, 17): Numbers(7, 12, 18, 22), (21, 24): Numbers(11, 17, 26, 30),
}  # fmt: skip


def find(plan: single.Plan) -> Plan | None:
    """The double plan in place of a single one; None where the table says to use the single plan.

    ValueError for ISO 2859-1, whose double plans are not here.
    """
    if plan.standard != "mil-std-105e":
        raise ValueError("Double plans are there for MIL-STD-105E / Z1.4 only. Choose that standard, or a single plan.")
    row = (LETTERS + BEYOND).index(plan.letter)
    if plan.severity == "reduced":
        numbers = _REDUCED.get((plan.ac, plan.re)) if row > LETTERS.index("C") else None
    else:
        numbers = _FULL.get(plan.ac) if row else None
    return Plan(plan.letter, master.sizes(plan.severity)[row - 1], numbers) if numbers else None


def judge_first(plan: Plan, found: int) -> Verdict | None:
    """What the first sample says; None: take the second."""
    if found >= plan.numbers.re1:
        return Verdict.REJECT
    return Verdict.ACCEPT if found <= plan.numbers.ac1 else None


def judge_both(plan: Plan, found: int) -> Verdict:
    """What both samples together say; in the gap of reduced inspection the lot is accepted."""
    if found >= plan.numbers.re2:
        return Verdict.REJECT
    return Verdict.ACCEPT if found <= plan.numbers.ac2 else Verdict.ACCEPT_TO_NORMAL


def acceptance(p: float, plan: Plan, *, model: Model = "binomial") -> float:
    """The probability that a lot of quality `p` is accepted, with the first or the second sample."""
    ac1, re1, _ac2, re2 = plan.numbers
    second = sum(_chance(p, plan.n, d, model) * _up_to(p, plan.n, re2 - 1 - d, model) for d in range(ac1 + 1, re1))
    return _up_to(p, plan.n, ac1, model) + second


def average_sample(p: float, plan: Plan, *, model: Model = "binomial") -> float:
    """The average sample number where every sample is inspected to its end."""
    ac1, re1, _ac2, _re2 = plan.numbers
    return plan.n * (1 + _up_to(p, plan.n, re1 - 1, model) - _up_to(p, plan.n, ac1, model))


def _chance(p: float, n: int, found: int, model: Model) -> float:
    return _up_to(p, n, found, model) - _up_to(p, n, found - 1, model)


def _up_to(p: float, n: int, found: int, model: Model) -> float:
    return curves.acceptance(p, n=n, ac=found, model=model) if found >= 0 else 0.0
