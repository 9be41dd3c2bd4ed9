"""A block from answer to answer: each tag's readings are numbered without a hole, news or doubt."""

import struct

import numpy as np
import pytest

from integrations.plc.blocks import plan
from integrations.plc.parts import Part
from integrations.plc.ports import Answer
from integrations.plc.tags import Quality, Tag

VALUE, STATE, BEAT = Tag(1, 0), Tag(2, 1, kind="state"), Tag(3, 2, kind="heartbeat")


def part_of(*tags):
    return Part(plan(tags)[0])


def heard(part, *words, at=1_000_000):
    part.hear(Answer(struct.pack(f">{len(words)}H", *words), at, 0.0))
    return part.news(at)


def told(taken):
    return list(zip(taken.keys, taken.values, taken.counts, strict=True))


def test_news_of_process_values_is_everything():
    part = part_of(VALUE, Tag(4, 1))

    assert [told(heard(part, 5, 6)), told(heard(part, 5, 6))] == [[(1, 5, 1), (4, 6, 1)], [(1, 5, 2), (4, 6, 2)]]


def test_news_of_a_state_is_its_change_and_is_said_again_after_a_minute():
    part = part_of(VALUE, STATE, BEAT)
    found = [told(heard(part, 5, state, beat)) for beat, state in enumerate([7, 7, 8])]
    later = told(heard(part, 5, 8, 9, at=62_000_000))

    assert found == [[(1, 5, 1), (2, 7, 1)], [(1, 5, 2)], [(1, 5, 3), (2, 8, 2)]]
    assert later == [(1, 5, 4), (2, 8, 3)]


@pytest.mark.parametrize("quality", [Quality.BAD, Quality.STALE])
def test_doubt_is_said_once_and_counts(quality):
    part = part_of(VALUE, STATE, BEAT)
    heard(part, 5, 7, 0)
    doubt = part.doubt(quality, 2_000_000)
    after = heard(part, 5, 7, 1)

    assert (doubt.keys.tolist(), doubt.counts.tolist(), set(doubt.qualities)) == ([1, 2], [2, 2], {quality})
    assert np.isnan(doubt.values).all()
    assert part_of(VALUE).told(None) is None
    assert told(after) == [(1, 5, 3), (2, 7, 3)]
    assert part.told(part.pulse) == 1


def test_doubt_in_a_row_is_silent():
    part = part_of(VALUE)

    assert part.doubt(Quality.STALE, 1) is not None
    assert part.doubt(Quality.BAD, 2) is None
