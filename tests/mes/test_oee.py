"""OEE: a published example, mixed products by hand, and losses that add up to the shift whatever happened."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mes import oee, slices, stretches
from mes.oee import Loss, Made, rated
from mes.shift_plans import PlannedShift
from mes.stretches import Events, Job, Output, Said, State

MINUTE, DAY = timedelta(minutes=1), date(2026, 3, 2)
START = datetime(2026, 3, 2, 8, tzinfo=UTC)
BREAKDOWN, MEETING = 1, 2
LOSSES = {BREAKDOWN: Loss.FAILURE, MEETING: Loss.PLANNED}


def at(minutes):
    return START + minutes * MINUTE


SHIFT = PlannedShift("Early", "早班", DAY, at(0), at(480), ((at(240), at(270)),))
LATE = PlannedShift("Late", "中班", DAY, at(480), at(960))


def events(states, **more):
    rows = [State(at(begin), at(end), state) for state, begin, end in states]
    return Events([SHIFT, LATE], [(at(-600), DAY - timedelta(days=1)), (at(0), DAY)], rows, losses=LOSSES, **more)


def tally(found, begin=0, end=480):
    return oee.total(one.oee for one in slices.cut_up(stretches.cut(found, at(begin), at(end)), found))


def minutes(found):
    return {loss: count for (loss, _reason), count in found.minutes.items()}


def test_published_example():
    """Vorne, "Calculating OEE" (oee.com): 8 h shift, 60 min breaks, 47 min down, 1.0 s, 19,271 made, 423 bad."""
    stopped = {(Loss.BREAK, 0): 60 * MINUTE, (Loss.FAILURE, BREAKDOWN): 47 * MINUTE}

    found = rated(stopped, 373 * MINUTE, [Made(19_271 - 423, 423, 1.0)])

    shares = (found.availability, found.effectiveness, found.quality, found.value)
    assert [round(100 * share, 2) for share in shares] == [88.81, 86.11, 97.8, 74.79]
    assert found.all_time == 480 * MINUTE
    assert round(100 * found.teep, 2) == round(74.79 * 420 / 480, 2)


def test_a_shift_by_hand():
    found = tally(events(
        [("RUNNING", 0, 100), ("ALARM", 100, 130), ("RUNNING", 130, 240), ("IDLE", 240, 300), ("RUNNING", 300, 302),
         ("IDLE", 302, 305), ("RUNNING", 305, 480)],
        said=[Said(at(100), at(120), MEETING), Said(at(100), at(120), BREAKDOWN)],
        jobs=[Job(at(0), at(480), "J1", "A", 60)], outputs=[Output(at(0), at(480), "J1", "A", 260, 20, 60)],
    ))

    assert minutes(found) == {
        Loss.FAILURE: 20, Loss.UNEXPLAINED: 40, Loss.BREAK: 30, Loss.MINOR: 3, Loss.SPEED: 107, Loss.QUALITY: 20,
        Loss.GOOD: 260,
    }
    assert (found.availability, found.effectiveness) == (390 / 450, 280 / 390)
    assert found.value == pytest.approx(260 / 450)
    assert (found.failures, found.mtbf, found.mttr) == (1, 390 * MINUTE, 30 * MINUTE)


def test_mixed_products_weigh_what_they_take():
    ran = events(
        [("RUNNING", 0, 480)], jobs=[Job(at(0), at(240), "J1", "A", 60), Job(at(240), at(480), "J2", "B", 600)],
        outputs=[Output(at(0), at(240), "J1", "A", 120, 60, 60), Output(at(240), at(480), "J2", "B", 12, 0, 600)],
    )

    found = tally(ran)

    assert (found.availability, found.effectiveness, found.quality) == (1, 300 / 480, 240 / 300)
    assert [(one.product, one.oee.effectiveness) for one in
            slices.cut_up(stretches.cut(ran, at(0), at(480)), ran)] == [("A", 0.75), ("B", 0.5)]


def test_an_order_over_two_shifts_is_divided_by_time():
    ran = events([("RUNNING", 0, 960)], outputs=[Output(at(420), at(660), "J1", "A", 80, 0, 30)])

    found = slices.cut_up(stretches.cut(ran, at(0), at(960)), ran)

    assert {one.shift.name: one.oee.good for one in found if one.job} == {"Early": 20, "Late": 60}


def test_a_failure_over_two_shifts_counts_once():
    ran = events([("RUNNING", 0, 400), ("ALARM", 400, 600), ("RUNNING", 600, 960)])

    found = slices.cut_up(stretches.cut(ran, at(0), at(960)), ran)

    assert [(one.oee.failures, one.oee.repair) for one in found] == [(1, 80 * MINUTE), (0, 120 * MINUTE)]


def test_what_nobody_explained_stays_unexplained_and_silence_is_told_apart():
    found = tally(events([("IDLE", 60, 90), ("UNKNOWN", 90, 100)]))

    assert minutes(found) == {Loss.SILENT: 420, Loss.UNEXPLAINED: 30, Loss.BREAK: 30}
    assert found.value == 0


def test_figures_nobody_can_know_are_left_open():
    nothing, no_standard = oee.Oee(), tally(events([("RUNNING", 0, 480)]))

    assert (nothing.value, nothing.percent["oee"], nothing.mtbf) == (None, "—", None)
    assert (no_standard.availability, no_standard.value) == (1, None)


def test_more_than_the_standard_allows_is_told():
    found = rated({}, 10 * MINUTE, [Made(30, 0, 60)])

    assert (found.effectiveness, found.is_too_fast) == (1, True)


def test_pieces_made_outside_the_shift_say_nothing_of_the_standard():
    assert not rated({(Loss.OUTSIDE, 0): 10 * MINUTE}, 0 * MINUTE, [Made(3, 0, 60)]).is_too_fast


STRETCH = st.tuples(st.sampled_from(["RUNNING", "IDLE", "ALARM", "OFF", "UNKNOWN"]), st.integers(1, 90_000))


SAID = st.tuples(st.integers(0, 900), st.integers(1, 300), st.sampled_from([1, 2, 3]))
MADE = st.tuples(
    st.integers(-50, 900), st.integers(0, 300), st.integers(0, 999), st.integers(0, 99), st.integers(0, 90)
)


@given(st.lists(STRETCH, max_size=25), st.lists(SAID), st.lists(MADE))
def test_losses_add_up_to_the_shift_to_the_minute(states, said, made):
    rows, clock = [], at(-30)
    for state, millis in states:
        rows.append(State(clock, clock + timedelta(milliseconds=100 * millis), state))
        clock = rows[-1].to_at
    found = Events(
        [SHIFT, LATE], [(at(-600), DAY - timedelta(days=1)), (at(0), DAY)], rows, losses=LOSSES,
        said=[Said(at(begin), at(begin + length), reason) for begin, length, reason in said],
        outputs=[Output(at(b), at(b + n), "J", "A", good, bad, float(cycle)) for b, n, good, bad, cycle in made],
    )

    each = slices.cut_up(stretches.cut(found, at(0), at(1000)), found)
    whole = oee.total(one.oee for one in each)

    assert whole.all_time == 1000 * MINUTE
    assert whole.shift == 960 * MINUTE == whole.planned + whole.time(*oee.IDLE_BY_PLAN)
    assert whole.planned == whole.run + whole.time(*oee.STOPS)
    assert sum(whole.minutes.values()) == 1000
    assert all(length >= timedelta(0) for length in whole.times.values())
    if whole.value and not whole.time(Loss.UNRATED):
        assert whole.value == pytest.approx(whole.time(Loss.GOOD) / whole.planned)
