"""Operations take their turn at a station; what may not go there is refused and stays where it was."""

import pytest

from mes.commands import job_orders, queueing
from mes.commands.ranking import Moved
from mes.models import JobOrder, JobSegment
from mes.queries import station_queue, stations
from plant.errors import Refusal
from plant.models import Equipment, JournalEntry
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories
from tests.mes.queue_world import WHY, able, more, put, queue, row

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    world = factories.world(stock=25)
    return [world.job, more("PO2"), more("PO3")]


def test_dispatched_work_stands_last(three):
    assert queue("MOUNT") == [job.number for job in three]


def test_a_card_goes_before_another_and_back_to_the_end(three):
    put(three[2], "MOUNT", before=row(three[0]).pk)
    assert queue("MOUNT") == [three[2].number, three[0].number, three[1].number]
    put(three[2], "MOUNT")
    assert queue("MOUNT") == [job.number for job in three]


def test_room_between_ranks_never_runs_out(three):
    for turn in range(30):
        put(three[turn % 2], "MOUNT", before=row(three[2]).pk)
        put(three[2], "MOUNT", before=row(three[(turn + 1) % 2]).pk)
    ranks = list(JobSegment.objects.filter(station__code="MOUNT").values_list("rank", flat=True))
    assert len(set(ranks) - {None}) == 3


def test_work_without_a_rank_still_takes_a_turn(three):
    JobSegment.objects.update(rank=None)
    put(three[2], "MOUNT", before=row(three[0]).pk)
    assert queue("MOUNT")[0] == three[2].number


def test_an_operation_moves_to_another_able_station_only(three):
    able(three[0], "MOUNT", ground.station("MOUNT2"))
    put(three[0], "MOUNT2")
    assert (queue("MOUNT2"), row(three[0]).station.code) == ([three[0].number], "MOUNT2")
    with pytest.raises(Refusal) as refused:
        put(three[1], "OVEN")
    assert refused.value.code == "wrong-station"


def test_a_station_that_is_down_takes_nothing(three):
    other = ground.station("MOUNT2")
    able(three[0], "MOUNT", other)
    Equipment.objects.filter(pk=other.pk).update(state="ALARM")
    with pytest.raises(Refusal) as refused:
        put(three[0], "MOUNT2")
    assert refused.value.code == "equipment-down"
    assert queue("MOUNT")[0] == three[0].number


def test_dropping_a_waiting_order_dispatches_it(three):
    job = more("PO4", dispatched=False)
    with pytest.raises(Refusal) as refused:
        put(job, "MOUNT", operation="")
    assert refused.value.code == "material-short"
    put(job, "MOUNT", operation="", before=row(three[0]).pk, despite_shortage=WHY)
    assert queue("MOUNT")[0] == job.number
    assert queue("OVEN")[-1] == job.number


def test_it_is_taken_back_until_it_has_begun(three):
    queueing.take_back(job_order=three[1], by=factories.planner(), at=NOW)
    assert JobOrder.objects.get(pk=three[1].pk).status == "RELEASED"
    assert queue("MOUNT") == [three[0].number, three[2].number]
    JobOrder.objects.filter(pk=three[0].pk).update(status="RUNNING")
    with pytest.raises(Refusal) as refused:
        queueing.take_back(job_order=three[0], by=factories.planner(), at=NOW)
    assert refused.value.code == "begun"


def test_it_goes_to_another_line_as_a_whole_until_it_has_begun(three):
    for code in ("MOUNT", "OVEN", "TEST"):
        able(three[0], code, ground.station(f"{code}2", "LINE2"))
    put(three[0], "MOUNT2", despite_shortage=WHY)
    job = JobOrder.objects.get(pk=three[0].pk)
    assert (job.line.code, row(job, "TEST").station.code) == ("LINE2", "TEST2")
    JobOrder.objects.filter(pk=job.pk).update(status="RUNNING")
    with pytest.raises(Refusal) as refused:
        put(job, "MOUNT", despite_shortage=WHY)
    assert refused.value.code == "begun"


def test_what_a_planner_saw_must_still_be_so(three):
    first = row(three[0])
    seen = station_queue.mark("DISPATCHED", first.station_id, first.rank)
    put(three[0], "MOUNT", seen=seen)
    with pytest.raises(Moved):
        put(three[0], "MOUNT", seen=seen)
    with pytest.raises(Moved):
        put(three[1], "MOUNT", before=row(three[1], "OVEN").pk)


def test_a_whole_queue_is_arranged_as_it_was_seen(three):
    seen = [row(job).pk for job in three]
    station = Equipment.objects.get(code="MOUNT")
    given = {"station": station, "by": factories.planner(), "at": NOW, "rule": "due"}
    queueing.arrange(order=seen[::-1], seen=seen, **given)
    assert queue("MOUNT") == [job.number for job in three][::-1]
    assert JournalEntry.objects.filter(kind="equipment.queue-arranged").count() == 1
    with pytest.raises(Moved):
        queueing.arrange(order=seen, seen=seen, **given)


def test_the_tablet_shows_the_same_turns(three):
    put(three[2], "MOUNT", before=row(three[0]).pk)
    coming = stations.panel(Equipment.objects.get(code="MOUNT")).coming
    assert [turn.number for turn in coming] == queue("MOUNT")


def test_only_who_dispatches_moves_work(three):
    with pytest.raises(Refusal):
        queueing.put(job_order=three[0], station=ground.station("MOUNT"), by=ground.person("V", "VIEWER"), at=NOW)


def test_ended_operations_leave_the_queue_and_keep_their_rank_to_themselves(three):
    JobSegment.objects.filter(pk=row(three[0]).pk).update(ended_at=NOW)
    put(three[2], "MOUNT", before=row(three[1]).pk)
    assert queue("MOUNT") == [three[2].number, three[1].number]


def test_dispatch_after_taking_back_stands_last(three):
    queueing.take_back(job_order=three[0], by=factories.planner(), at=NOW)
    job = JobOrder.objects.get(pk=three[0].pk)
    job_orders.dispatch(job_order=job, line=ground.line(), by=factories.planner(), at=NOW, despite_shortage=WHY)
    assert queue("MOUNT")[-1] == job.number
