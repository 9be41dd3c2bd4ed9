"""A block from answer to answer: each tag's readings are numbered without a hole, news or doubt."""

import struct

import numpy as np
import pytest

from integrations.plc.blocks import plan
from integrations.plc.parts import Part
from integrations.plc.ports import Answer
from integrations.plc.tags import Quality, Tag
from tests.integrations.plc.looking import rows

VALUE, STATE, BEAT = Tag(1, 0), Tag(2, 1, kind="state"), Tag(3, 2, kind="heartbeat")


def part_of(*tags):
    return Part(plan(tags)[0])


def heard(part, *words, at=1_000_000):
    part.hear(Answer(struct.pack(f">{len(words)}H", *words), at, 0.0))
    return part.news(at)


def told(taken):
    return [(key, value, count) for key, value, count, _quality in rows([taken])]


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

    assert [(key, count, told) for key, _, count, told in rows([doubt])] == [(1, 2, quality), (2, 2, quality)]
    assert np.isnan(doubt.values).all()
    assert part_of(VALUE).told(None) is None
    assert told(after) == [(1, 5, 3), (2, 7, 3)]
    assert part.told(part.pulse) == 1


def test_doubt_in_a_row_is_silent():
    part = part_of(VALUE)

    assert part.doubt(Quality.STALE, 1) is not None
    assert part.doubt(Quality.BAD, 2) is None


def test_answers_of_many_controllers_in_one_batch_stay_in_order_and_apart():
    plain, mixed = [Part(plan([Tag(10 * n, 0), Tag(10 * n + 1, 1)])[0]) for n in (1, 2)], part_of(VALUE, STATE)
    taken = [heard(plain[0], 1, 2), heard(mixed, 5, 7), heard(plain[1], 3, 4), heard(plain[0], 11, 12)]

    assert [row[:3] for row in rows(taken)] == [
        (10, 1, 1), (11, 2, 1), (1, 5, 1), (2, 7, 1), (20, 3, 1), (21, 4, 1), (10, 11, 2), (11, 12, 2),
    ]


def test_doubt_after_an_answer_without_a_number_is_said_only_of_the_others():
    part = part_of(Tag(1, 0, "float32"), Tag(2, 2))
    first = rows([heard(part, 0x7FC0, 0, 9)])
    doubt = rows([part.doubt(Quality.STALE, 2)])

    assert [(key, quality) for key, _, _, quality in first] == [(1, Quality.BAD), (2, Quality.GOOD)]
    assert [(key, count, quality) for key, _, count, quality in doubt] == [(2, 2, Quality.STALE)]
