"""Two planners at one board: a card moves once, ranks stay apart, and without the lock they would not."""

import threading

from mes.commands import job_orders, queueing, ranking
from mes.commands.ranking import Moved
from mes.models import JobOrder, JobSegment
from mes.queries import station_queue
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories
from tests.mes.queue_world import WHY, able, more, put, queue, row


def seen_of(job):
    first = row(job)
    return station_queue.mark("DISPATCHED", first.station_id, first.rank)


def test_two_planners_move_the_same_card(at_once):
    job = factories.world().job
    for number in ("MOUNT2", "MOUNT3"):
        able(job, "MOUNT", ground.station(number))
    seen = seen_of(job)

    ends = at_once(*[lambda code=code: put(job, code, seen=seen) for code in ("MOUNT2", "MOUNT3")])

    assert sorted(isinstance(end, Moved) for end in ends) == [False, True]
    assert len(queue("MOUNT2") + queue("MOUNT3")) == 1


def test_many_moves_at_once_leave_every_card_one_turn(at_once):
    jobs = [factories.world().job, *(more(f"PO{number}") for number in range(2, 6))]
    front = row(jobs[0]).pk

    ends = at_once(*[lambda job=job: put(job, "MOUNT", before=front) for job in jobs[1:]])

    assert [end for end in ends if isinstance(end, Exception)] == []
    assert sorted(queue("MOUNT")) == sorted(job.number for job in jobs)
    assert queue("MOUNT")[-1] == jobs[0].number


def test_orders_dispatched_at_once_stand_one_after_the_other(at_once):
    factories.world()
    jobs = [more(f"PO{number}", dispatched=False) for number in range(2, 6)]
    given = {"line": ground.line(), "by": factories.planner(), "at": NOW, "despite_shortage": WHY}

    ends = at_once(*[lambda job=job: job_orders.dispatch(job_order=job, **given) for job in jobs])

    assert [end for end in ends if isinstance(end, Exception)] == []
    ranks = JobSegment.objects.filter(station__code="OVEN").values_list("rank", flat=True)
    assert len(set(ranks)) == len(ranks) == 5


def test_a_card_is_taken_back_or_moved_but_not_both(at_once):
    job = factories.world().job
    able(job, "MOUNT", ground.station("MOUNT2"))
    seen = seen_of(job)
    fresh = JobOrder.objects.get(pk=job.pk)

    ends = at_once(
        lambda: queueing.take_back(job_order=fresh, seen=seen, by=factories.planner(), at=NOW),
        lambda: put(job, "MOUNT2", seen=seen),
    )

    assert sorted(isinstance(end, Moved) for end in ends) == [False, True]


def test_without_the_lock_two_would_take_the_same_turn(at_once, monkeypatch):
    factories.world()
    jobs = [more(f"PO{number}", dispatched=False) for number in (2, 3)]
    monkeypatch.setattr(ranking, "enter", lambda *places: None)
    both = threading.Barrier(2, timeout=20)
    told = ranking.append
    monkeypatch.setattr(ranking, "append", lambda rows: (told(rows), both.wait()))
    given = {"line": ground.line(), "by": factories.planner(), "at": NOW, "despite_shortage": WHY}

    ends = at_once(*[lambda job=job: job_orders.dispatch(job_order=job, **given) for job in jobs])

    assert ["job_segment_rank_once" in str(end) for end in ends if isinstance(end, Exception)] == [True]
