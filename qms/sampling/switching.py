"""When inspection of a series of lots gets harder or easier, and why.

ISO 2859-1:1999, clause 9 (`after`), and MIL-STD-105E, 4.7 and 4.8 (`after_105e`). A state goes in with the result of
one lot, the next state comes out; nothing is remembered elsewhere. Lots that are submitted again change nothing.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from qms.sampling.single import Verdict

REDUCED_FROM = 30  # the switching score, 9.3.3.2
WINDOW = 5  # two of five rejected; five in a row accepted; five rejected in all
PRECEDING = 10  # lots that MIL-STD-105E looks back upon


class Stage(StrEnum):
    """How hard a series is inspected; discontinued: nothing is accepted until the supplier has mended the cause."""

    NORMAL = "normal"
    TIGHTENED = "tightened"
    REDUCED = "reduced"
    DISCONTINUED = "discontinued"


class Reason(StrEnum):
    """Why the last switch happened."""

    NONE = ""
    TWO_OF_FIVE = "two-of-five-rejected"
    FIVE_ACCEPTED = "five-accepted"
    SCORE = "switching-score-reached"
    TEN_ACCEPTED = "ten-accepted-within-the-limit"
    REJECTED = "rejected-on-reduced"
    GAP = "between-acceptance-and-rejection"
    UNSTEADY = "production-not-steady"
    FIVE_REJECTED = "five-rejected-on-tightened"
    RESUMED = "corrective-action"


@dataclass(frozen=True, slots=True)
class Result:
    """One lot: what was decided, by which acceptance number, and whether one AQL tighter would have accepted it too."""

    verdict: Verdict
    ac: int = 0
    passes_tighter: bool = False
    found: int = 0
    is_original: bool = True

    @property
    def is_accepted(self) -> bool:
        """Accepted, be it in the gap."""
        return self.verdict != Verdict.REJECT


@dataclass(frozen=True, slots=True)
class State:
    """Where a series of lots stands: stage, acceptance and faults of its last lots, score, rejections on tightened."""

    stage: Stage = Stage.NORMAL
    recent: tuple[bool, ...] = ()
    found: tuple[int, ...] = ()
    score: int = 0
    rejected: int = 0
    reason: Reason = Reason.NONE


def result_of(*, found: int, ac: int, re: int | None = None, tighter_ac: int | None = None) -> Result:
    """The result of an original lot by the numbers of its plan; `tighter_ac` is that of one AQL tighter."""
    if found >= (ac + 1 if re is None else re):
        verdict = Verdict.REJECT
    else:
        verdict = Verdict.ACCEPT if found <= ac else Verdict.ACCEPT_TO_NORMAL
    return Result(verdict, ac, tighter_ac is not None and found <= tighter_ac, found)


def after(state: State, result: Result, *, may_reduce: bool = True) -> State:
    """The state after one lot by ISO 2859-1, clause 9.

    `may_reduce`: production is steady and the authority wishes reduced inspection (9.3.3.1); where that ceases to hold
    in reduced inspection, normal inspection returns with this lot (9.3.4).
    """
    if not result.is_original or state.stage == Stage.DISCONTINUED:
        return state
    if state.stage == Stage.TIGHTENED:
        return _tightened(state, result)
    if state.stage == Stage.REDUCED:
        return _reduced(state, result, may_reduce=may_reduce)
    seen = _with(state, result, WINDOW, score=_score(state.score, result))
    if seen.recent.count(False) >= 2:
        return State(Stage.TIGHTENED, reason=Reason.TWO_OF_FIVE)
    if seen.score >= REDUCED_FROM and may_reduce:
        return State(Stage.REDUCED, score=seen.score, reason=Reason.SCORE)
    return seen


def after_105e(state: State, result: Result, *, may_reduce: bool = True, limit: int | None = None) -> State:
    """The state after one lot by MIL-STD-105E.

    `limit`: the limit number of Table VIII for the faults in the last ten samples; None leaves that condition away, as
    ANSI/ASQ Z1.4-2003 allows.
    """
    if not result.is_original or state.stage == Stage.DISCONTINUED:
        return state
    if state.stage == Stage.TIGHTENED:
        return _tightened(state, result)
    if state.stage == Stage.REDUCED:
        return _reduced(state, result, may_reduce=may_reduce)
    seen = _with(state, result, PRECEDING)
    if seen.recent[-WINDOW:].count(False) >= 2:
        return State(Stage.TIGHTENED, reason=Reason.TWO_OF_FIVE)
    is_good = len(seen.recent) == PRECEDING and all(seen.recent) and (limit is None or sum(seen.found) <= limit)
    return State(Stage.REDUCED, reason=Reason.TEN_ACCEPTED) if is_good and may_reduce else seen


def resume(state: State) -> State:
    """Take up discontinued inspection again, tightened, once the supplier has mended the cause (9.4); else the same."""
    is_stopped = state.stage == Stage.DISCONTINUED
    return State(Stage.TIGHTENED, reason=Reason.RESUMED) if is_stopped else state


def _tightened(state: State, result: Result) -> State:
    seen = _with(state, result, WINDOW, rejected=state.rejected + (not result.is_accepted))
    if seen.rejected >= WINDOW:
        return State(Stage.DISCONTINUED, rejected=seen.rejected, reason=Reason.FIVE_REJECTED)
    is_good = len(seen.recent) == WINDOW and all(seen.recent)
    return State(reason=Reason.FIVE_ACCEPTED) if is_good else seen


def _reduced(state: State, result: Result, *, may_reduce: bool) -> State:
    if result.verdict != Verdict.ACCEPT:
        return State(reason=Reason.GAP if result.is_accepted else Reason.REJECTED)
    return _with(state, result, PRECEDING) if may_reduce else State(reason=Reason.UNSTEADY)


def _score(score: int, result: Result) -> int:
    """9.3.3.2: two points for a lot accepted with Ac 0 or 1; three where one AQL tighter would have accepted it too."""
    if not result.is_accepted:
        return 0
    if result.ac <= 1:
        return score + 2
    return score + 3 if result.passes_tighter else 0


def _with(state: State, result: Result, most: int, *, score: int | None = None, rejected: int | None = None) -> State:
    return replace(
        state,
        recent=(*state.recent, result.is_accepted)[-most:],
        found=(*state.found, result.found)[-most:],
        score=state.score if score is None else score,
        rejected=state.rejected if rejected is None else rejected,
        reason=Reason.NONE,
    )
