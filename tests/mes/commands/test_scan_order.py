"""The server keeps the order in which a tablet's scans were made (I22): shuffled, repeated, dropped and sent again."""

import random
import uuid

import pytest

from mes.commands import scans
from mes.commands.everyday import Turn
from mes.models import ScanQueue
from plant.models import DeviceEvent, JournalEntry
from tests.mes import factories

QUEUE = uuid.UUID(int=7)


def send(world, number, gone=(), code=None, event=None):
    """The tablet's scan with this number; its event has the same number."""
    turn, event = Turn(QUEUE, number, tuple(gone)), event or uuid.UUID(int=number)
    return world.scan(code or world.blank.number, event_id=event, turn=turn, device="T1")


def test_in_turn_is_taken(db):
    world = factories.world()

    assert [send(world, number, code=world.job.number).outcome for number in (1, 2, 3)] == ["accepted"] * 3
    assert ScanQueue.objects.get().last_seq == 3


def test_before_its_predecessor_nothing_is_kept_and_the_awaited_number_is_told(db):
    world = factories.world()
    send(world, 1)

    with pytest.raises(scans.TooEarly) as early:
        send(world, 4)

    assert (early.value.facts, DeviceEvent.objects.count()) == ({"expected": 2}, 1)


def test_a_number_that_has_passed_is_answered_from_its_record(db):
    world = factories.world()
    [send(world, number) for number in (1, 2)]

    again = send(world, 1)

    assert (again.outcome, again.replayed, ScanQueue.objects.get().last_seq) == ("accepted", True, 2)


def test_an_unknown_scan_with_a_number_that_has_passed_is_refused_and_kept(db):
    world = factories.world()
    [send(world, number) for number in (1, 2)]

    late = send(world, 1, event=uuid.uuid4())

    assert (late.outcome, late.code) == ("refused", "scan-passed")
    assert DeviceEvent.objects.latest("pk").answer["code"] == "scan-passed"


def test_numbers_that_the_tablet_gave_up_are_passed_over_and_told_in_the_journal(db):
    world = factories.world()
    send(world, 1)

    outcome = send(world, 4, gone=[2, 3])

    assert (outcome.replayed, ScanQueue.objects.get().last_seq) == (False, 4)
    assert JournalEntry.objects.get(kind="scan.skipped").data["numbers"] == [2, 3]


def test_only_part_of_the_gap_given_up_is_not_enough(db):
    world = factories.world()

    with pytest.raises(scans.TooEarly):
        send(world, 4, gone=[1, 3])


def taken():
    """The numbers of the scans in the order in which they were applied."""
    return [event.event_id.int for event in DeviceEvent.objects.order_by("pk")]


def test_shuffled_and_repeated_by_four_senders_ends_in_order(at_once):
    world, numbers = factories.world(), range(1, 17)

    def deliver(seed: int) -> None:
        dice, left = random.Random(seed), [number for number in numbers for _ in range(2)]
        while left:
            dice.shuffle(left)
            try:
                send(world, left[-1])
                left.pop()
            except scans.TooEarly:
                continue

    assert at_once(*[lambda seed=seed: deliver(seed) for seed in range(4)]) == [None] * 4
    assert taken() == list(numbers)


def test_without_numbers_a_shuffle_is_applied_as_it_comes(db):
    """The negative control: the same scans without their numbers do not end in order."""
    world, numbers = factories.world(), [3, 1, 2]
    [world.scan(world.blank.number, event_id=uuid.UUID(int=number), device="T1") for number in numbers]

    assert taken() == numbers
