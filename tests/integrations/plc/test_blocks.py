"""The reading plan: every tag once, whole, in few requests that a controller accepts."""

from hypothesis import given
from hypothesis import strategies as st

from integrations.plc.blocks import BIT_LIMIT, REGISTER_LIMIT, plan
from integrations.plc.decoding import STRUCTS, width
from integrations.plc.tags import BIT_TABLES, Tag
from tests.conformance import load


@st.composite
def tag_lists(draw):
    table = st.sampled_from(["holding", "input", "coil", "discrete"])
    places = draw(st.lists(st.tuples(table, st.integers(0, 3000), st.sampled_from(sorted(STRUCTS))), max_size=60))
    return [
        Tag(key, address, "bool" if table in BIT_TABLES else data_type, table)
        for key, (table, address, data_type) in enumerate(places)
    ]


@given(tag_lists(), st.sampled_from([0, 1, 60]))
def test_plan_reads_every_tag_whole_and_once(tags, gap):
    blocks = plan(tags, gap=gap)

    assert sorted(tag.key for block in blocks for tag, _, _ in block.places) == [tag.key for tag in tags]
    for block in blocks:
        assert 1 <= block.count <= (BIT_LIMIT if block.table in BIT_TABLES else REGISTER_LIMIT)
        for tag, start, size in block.places:
            assert (tag.table, tag.address, width(tag.data_type)) == (block.table, block.address + start, size)
            assert start + size <= block.count


@given(tag_lists())
def test_plan_without_gaps_asks_for_nothing_else(tags):
    assert not any(block.holes for block in plan(tags, gap=0))


def test_plan_merges_over_a_small_gap_only():
    tags = [Tag("a", 0), Tag("b", 61), Tag("c", 123)]

    assert [(block.address, block.count) for block in plan(tags)] == [(0, 62), (123, 1)]


def test_plan_never_splits_a_value_at_the_limit():
    tags = [*(Tag(place, place) for place in range(124)), Tag("wide", 124, "float32")]

    assert [(block.address, block.count) for block in plan(tags)] == [(0, 124), (124, 2)]


def test_plan_of_published_meter_maps_stays_within_the_protocol():
    devices = load("modbus/mbmd_devices")["devices"]
    uniform = {name: device for name, device in devices.items() if device["uniform"]}

    for name, device in uniform.items():
        tags = [Tag(register, address, "float32", "input") for register, address in device["registers"].items()]
        blocks = plan(tags)
        assert sum(len(block.places) for block in blocks) == len(tags), name
        assert len(blocks) < len(tags), name
        assert max(block.count for block in blocks) <= REGISTER_LIMIT, name
