"""When inspection gets harder or easier."""

import pytest

from qms.sampling.single import Verdict
from qms.sampling.switching import Reason, Result, Stage, State, after, after_105e, result_of, resume
from tests import conformance

OK, BAD = Result(Verdict.ACCEPT), Result(Verdict.REJECT)


def run(step, results, state=None, **options):
    for result in results:
        state = step(state or State(), result, **options)
    return state


def told(case):
    """What a case of the conformance data expects, as the machine tells it."""
    state, plan = State(), case["params"]
    numbers = {"normal": plan["n_ac"], "tightened": plan["tight_ac"], "reduced": plan["red_ac"]}
    for found in case["lots"]:
        if state.stage == Stage.DISCONTINUED:
            yield {"state": "discontinued"}
            continue
        result = result_of(found=found, ac=numbers[state.stage], tighter_ac=plan["ac_t"])
        now = after(state, result, may_reduce=plan.get("red_ok", True))
        yield {"state": state.stage, "accept": result.is_accepted, "score": now.score, "next": now.stage}
        state = now


@pytest.mark.parametrize("number", range(13))
def test_thirteen_sequences_switch_as_the_clause_says(number):
    case = conformance.load("spc/aql_switching_iso2859_1")
    assert list(told(case["data"]["cases"][number])) == case["expected"]["traces"][number]


@pytest.mark.parametrize(("results", "stage", "reason"), [
    ([BAD, OK, OK, OK, BAD], "tightened", Reason.TWO_OF_FIVE), ([BAD, OK, OK, OK, OK, BAD], "normal", Reason.NONE),
    ([BAD, BAD, OK, OK, OK, OK, OK], "normal", Reason.FIVE_ACCEPTED), ([BAD] * 7, "discontinued", Reason.FIVE_REJECTED),
    ([OK] * 15, "reduced", Reason.SCORE), ([OK] * 15 + [BAD], "normal", Reason.REJECTED),
])  # fmt: skip
def test_each_switch_says_why(results, stage, reason):
    state = run(after, results)
    assert (state.stage, state.reason) == (stage, reason)


def test_a_lot_submitted_again_changes_nothing():
    state = State(recent=(False,))
    assert after(state, Result(Verdict.REJECT, is_original=False)) == state


def test_discontinued_inspection_is_taken_up_tightened_and_only_by_hand():
    state = run(after, [BAD] * 7)
    assert after(state, OK) == state
    assert resume(state) == State(Stage.TIGHTENED, reason=Reason.RESUMED)
    assert resume(State()) == State()


def test_the_five_accepted_lots_of_tightened_inspection_do_not_count_on_normal():
    assert run(after, [BAD, BAD, *[OK] * 5]) == State(reason=Reason.FIVE_ACCEPTED)


def test_production_that_is_no_longer_steady_returns_to_normal():
    state = run(after, [OK] * 15)
    assert after(state, OK, may_reduce=False) == State(reason=Reason.UNSTEADY)


def test_105e_reduces_after_ten_accepted_lots_within_the_limit_number():
    lots = [result_of(found=1, ac=2)] * 10
    assert run(after_105e, lots[:9], limit=10).stage == "normal"
    assert run(after_105e, lots, limit=10).reason == Reason.TEN_ACCEPTED
    assert run(after_105e, lots, limit=9).stage == "normal"
    assert run(after_105e, lots).stage == "reduced"
    assert run(after_105e, lots, may_reduce=False).stage == "normal"


def test_105e_accepts_in_the_gap_and_returns_to_normal():
    result = result_of(found=2, ac=1, re=3)
    state = after_105e(State(Stage.REDUCED), result)
    assert (result.is_accepted, state) == (True, State(reason=Reason.GAP))


def test_105e_tightens_and_discontinues_as_iso_does():
    assert run(after_105e, [OK] * 5 + [BAD, OK, OK, OK, BAD]).stage == "tightened"
    assert run(after_105e, [BAD, *[OK] * 4, BAD]).stage == "normal"
    assert run(after_105e, [BAD] * 7).stage == "discontinued"
