"""Whether what was made after a change came out better than before: Fisher's exact test, two-sided. Pure."""

import math
from enum import StrEnum

FEWEST = 30  # fewer pieces on either side say too little
SURE = 0.05  # so rarely may chance alone look like this


class Verdict(StrEnum):
    """What the pieces say of a change."""

    BETTER = "BETTER"
    WORSE = "WORSE"
    ALIKE = "ALIKE"
    TOO_FEW = "TOO_FEW"


def judge(before: tuple[int, int], after: tuple[int, int]) -> Verdict:
    """Good and bad pieces before and after a change."""
    if min(sum(before), sum(after)) < FEWEST:
        return Verdict.TOO_FEW
    if p_value(before, after) > SURE:
        return Verdict.ALIKE
    return Verdict.BETTER if after[0] / sum(after) > before[0] / sum(before) else Verdict.WORSE


def p_value(before: tuple[int, int], after: tuple[int, int]) -> float:
    """How likely chance alone makes two shares at least as unlike (R. A. Fisher, 1922): pieces as independent draws.

    The hypergeometric probabilities of every table with these margins follow from one another; those that are no more
    likely than what was found are added up.
    """
    total, bad, drawn = sum(before) + sum(after), before[1] + after[1], sum(after)
    lowest, highest = max(0, bad - (total - drawn)), min(bad, drawn)
    logs = [_log_choose(bad, lowest) + _log_choose(total - bad, drawn - lowest) - _log_choose(total, drawn)]
    for k in range(lowest, highest):
        grown = (bad - k) * (drawn - k) / ((k + 1) * (total - bad - drawn + k + 1))
        logs.append(logs[-1] + math.log(grown))
    found = logs[after[1] - lowest] + 1e-9  # equal ones differ by rounding
    return min(1.0, sum(math.exp(one) for one in logs if one <= found))


def _log_choose(n: int, k: int) -> float:
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
