"""Skip-lot inspection: lots of a supplier that has earned it are inspected only now and then.

SkSP-2 of Dodge and Perry (Journal of Quality Technology 3, 1971; Stephens, ASQC vol. 4): `clearance` lots in a row
accepted, then a fraction of the lots; one rejection, and every lot is inspected again. A ladder of several fractions,
as ISO 2859-3:2005 climbs it (1/2, 1/3, 1/4), is the same machine with more steps; the scores by which that standard
qualifies a product are not here.
"""

from dataclasses import dataclass, replace
from enum import StrEnum


class Phase(StrEnum):
    """Every lot, or one of several."""

    EVERY_LOT = "every-lot"
    SKIPPING = "skipping"


@dataclass(frozen=True, slots=True)
class Rule:
    """Accepted lots in a row before lots are skipped, and before each further step; one lot of `ladder[step]` then."""

    clearance: int = 10
    ladder: tuple[int, ...] = (2, 3, 4)

    def __post_init__(self) -> None:
        if self.clearance < 1 or not self.ladder or any(one < 2 for one in self.ladder):
            raise ValueError("Skip-lot needs a clearance of 1 or more, and steps that inspect one lot of 2 or more.")


@dataclass(frozen=True, slots=True)
class State:
    """Where a supplier stands: phase, step of the ladder, accepted lots in a row, lots since the last inspected one."""

    phase: Phase = Phase.EVERY_LOT
    step: int = 0
    accepted: int = 0
    skipped: int = 0


def is_due(state: State, rule: Rule, *, draw: float | None = None) -> bool:
    """Whether the next lot is inspected: by `draw` from [0, 1), as SkSP-2 asks, or in turn where there is none."""
    if state.phase == Phase.EVERY_LOT:
        return True
    one_of = rule.ladder[state.step]
    return state.skipped + 1 >= one_of if draw is None else draw < 1 / one_of


def after_skipped(state: State) -> State:
    """The state after a lot was let in without inspection."""
    return replace(state, skipped=state.skipped + 1)


def after_inspected(state: State, rule: Rule, *, is_accepted: bool) -> State:
    """The state after a lot was inspected."""
    if not is_accepted:
        return State()
    seen = replace(state, accepted=state.accepted + 1, skipped=0)
    if seen.accepted < rule.clearance:
        return seen
    if state.phase == Phase.EVERY_LOT:
        return State(Phase.SKIPPING)
    return replace(seen, step=min(state.step + 1, len(rule.ladder) - 1), accepted=0)


def acceptance(chance: float, rule: Rule) -> float:
    """The probability that a lot gets in under SkSP-2, where its plan accepts with `chance`; the ladder has one step.

    Dodge and Perry: (f·P + (1 − f)·P^i) / (f + (1 − f)·P^i). ValueError for a ladder of several steps.
    """
    fraction, skips = _long_run(chance, rule)
    return (fraction * chance + skips) / (fraction + skips)


def inspected(chance: float, rule: Rule) -> float:
    """The fraction of lots inspected in the long run: f / (f + (1 − f)·P^i). ValueError for several steps."""
    fraction, skips = _long_run(chance, rule)
    return fraction / (fraction + skips)


def _long_run(chance: float, rule: Rule) -> tuple[float, float]:
    if len(rule.ladder) != 1:
        raise ValueError("The long run is worked out for one step only, as in SkSP-2.")
    fraction = 1 / rule.ladder[0]
    return fraction, (1 - fraction) * chance**rule.clearance
