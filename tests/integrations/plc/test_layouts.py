"""A block read at once says of every tag what reading it alone says."""

import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.plc.blocks import plan
from integrations.plc.decoding import ORDERS, STRUCTS, decode, width
from integrations.plc.layouts import Layout, layout_of
from integrations.plc.tags import Quality, Tag

LIMITS = st.sampled_from([(None, None), (0.0, None), (None, 100.0), (-1e5, 1e5)])


@st.composite
def tags(draw):
    """A tag anywhere near the start of the registers."""
    low, high = draw(LIMITS)
    return Tag(
        draw(st.integers(1, 10**6)), draw(st.integers(0, 40)), draw(st.sampled_from([*sorted(STRUCTS), "bool"])),
        word_order=draw(st.sampled_from(ORDERS)), scale=draw(st.sampled_from([1.0, 0.1, -0.01, 0.3, 10.0, 1e300])),
        offset=draw(st.sampled_from([0.0, -40.0])), bit=draw(st.integers(0, 15)), minimum=low, maximum=high,
        sentinel=draw(st.booleans()),
    )


@given(st.lists(tags(), min_size=1, max_size=12), st.binary(min_size=100, max_size=100) | st.just(b"\xff" * 100))
def test_read_agrees_with_decoding_each_tag(wanted, data):
    for block in plan(wanted):
        values, qualities = Layout(block).read(data[2 * block.address : 2 * (block.address + block.count)])
        for (tag, _, _), value, quality in zip(block.places, values, qualities, strict=True):
            words = struct.unpack(f">{width(tag.data_type)}H", data[2 * tag.address :][: 2 * width(tag.data_type)])
            alone, judged = decode(words, tag)
            if tag.data_type not in ("int64", "uint64"):  # beyond 2^53 the table's floats are coarser than a mark
                assert quality == judged
            if alone is None or quality != Quality.GOOD:
                assert np.isnan(value) == (quality != Quality.GOOD)
            else:
                assert value == pytest.approx(float(alone), rel=1e-15)


@given(st.integers(0, 50), st.lists(st.integers(0, 40), min_size=1, max_size=9, unique=True), st.binary(min_size=14))
def test_read_takes_bits_from_their_bytes(first, offsets, data):
    block, = plan([Tag(offset + 1, first + offset, "bool", "coil") for offset in offsets])
    values, _ = Layout(block).read(data)
    start = first + min(offsets)

    assert dict(zip([tag.key for tag, _, _ in block.places], values, strict=True)) == {
        offset + 1: data[(first + offset - start) // 8] >> (first + offset - start) % 8 & 1 for offset in offsets
    }


IMAGES = st.lists(st.binary(min_size=100, max_size=100), min_size=1, max_size=5)


@given(st.lists(tags(), min_size=1, max_size=12), IMAGES)
def test_read_many_agrees_with_reading_each(wanted, answers):
    for block in plan(wanted):
        parts = [data[2 * block.address : 2 * (block.address + block.count)] for data in answers]
        values, qualities = layout_of(block).read_many(parts)
        for row, part in enumerate(parts):
            alone = Layout(block).read(part)
            assert np.array_equal(values[row], alone[0], equal_nan=True)
            assert np.array_equal(qualities[row], alone[1])


def test_one_layout_serves_all_controllers_of_a_kind():
    one, other, different = (plan([Tag(key, 0, kind)])[0] for key, kind in [(1, "int16"), (2, "int16"), (3, "uint16")])

    assert layout_of(one) is layout_of(other)
    assert layout_of(one) is not layout_of(different)
