"""Registers to numbers: exact both ways, known vectors, and nothing that is no number ever gets through."""

import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from integrations.plc.decoding import ABSENT, ORDERS, STRUCTS, decode, encode, raw, registers_of, width
from integrations.plc.tags import Quality, Tag
from tests.conformance import load

INTEGERS = {"int16": (-(2**15), 2**15 - 1), "uint16": (0, 2**16 - 1), "int32": (-(2**31), 2**31 - 1),
            "uint32": (0, 2**32 - 1), "int64": (-(2**63), 2**63 - 1), "uint64": (0, 2**64 - 1)}  # fmt: skip
NAMES = {
    "u16": "uint16",
    "i16": "int16",
    "u32": "uint32",
    "i32": "int32",
    "u64": "uint64",
    "f32": "float32",
    "f64": "float64",
}


@st.composite
def whole(draw):
    data_type = draw(st.sampled_from(sorted(INTEGERS)))
    return data_type, draw(st.integers(*INTEGERS[data_type]))


@given(whole(), st.sampled_from(ORDERS))
def test_decode_gives_back_every_integer(case, order):
    data_type, value = case
    tag = Tag("t", 0, data_type, word_order=order)

    assert decode(encode(value, tag), tag) == (value, Quality.GOOD)


@given(st.sampled_from([("float32", 32), ("float64", 64)]), st.data(), st.sampled_from(ORDERS))
def test_decode_gives_back_every_float(case, data, order):
    value = data.draw(st.floats(width=case[1], allow_nan=False, allow_infinity=False))
    tag = Tag("t", 0, case[0], word_order=order)

    assert decode(encode(value, tag), tag) == (value, Quality.GOOD)


@given(st.integers(-(2**15), 2**15 - 1), st.sampled_from([1.0, 0.1, 0.01, 0.5, 10.0]), st.integers(-100, 100))
def test_decode_gives_back_every_scaled_step(step, scale, offset):
    tag = Tag("t", 0, "int16", scale=scale, offset=float(offset))
    value, _ = decode(encode(step * scale + offset, tag), tag)

    assert value == pytest.approx(step * scale + offset, abs=scale / 100)


def test_decode_scales_by_tenths_without_noise():
    assert decode([459], Tag("t", 0, "int16", scale=0.1)) == (45.9, Quality.GOOD)


@pytest.mark.parametrize("order", ORDERS)
def test_raw_agrees_with_a_plain_byte_shuffle(order):
    places = {"ABCD": [0, 1, 2, 3], "CDAB": [2, 3, 0, 1], "BADC": [1, 0, 3, 2], "DCBA": [3, 2, 1, 0]}[order]
    big = struct.pack(">f", 123456.0)
    wire = bytes(big[place] for place in places)

    assert raw(struct.unpack(">2H", wire), "float32", order) == 123456.0
    assert registers_of(123456.0, "float32", order) == list(struct.unpack(">2H", wire))


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("data_type", ["float32", "float64"])
def test_decode_of_no_number_is_bad(number, data_type):
    assert decode(registers_of(number, data_type), Tag("t", 0, data_type)) == (None, Quality.BAD)


@given(st.binary(min_size=8, max_size=8), st.sampled_from(sorted(STRUCTS)), st.sampled_from(ORDERS))
def test_decode_of_any_bytes_is_finite_or_nothing(data, data_type, order):
    registers = struct.unpack(">4H", data)[: width(data_type)]
    value, quality = decode(
        registers, Tag("t", 0, data_type, word_order=order, scale=1e300, minimum=-1e305, maximum=1e305)
    )

    assert (value is None) == (quality is not Quality.GOOD)
    assert value is None or -1e305 <= value <= 1e305


@pytest.mark.parametrize("value", [-0.1, 100.1, 3e38])
def test_decode_outside_the_limits_has_no_value(value):
    tag = Tag("t", 0, "float32", minimum=0.0, maximum=100.0)

    assert decode(encode(value, tag), tag) == (None, Quality.OUT_OF_RANGE)


def test_decode_of_one_bit_of_a_register():
    assert [decode([0b100], Tag("t", 0, "bool", bit=bit))[0] for bit in range(4)] == [0, 0, 1, 0]
    assert encode(1, Tag("t", 0, "bool", bit=2)) == [0b100]


@pytest.mark.parametrize("data_type", sorted(ABSENT))
def test_decode_of_the_absent_mark(data_type):
    registers = registers_of(ABSENT[data_type], data_type)

    assert decode(registers, Tag("t", 0, data_type, sentinel=True)) == (None, Quality.BAD)
    assert decode(registers, Tag("t", 0, data_type)) == (ABSENT[data_type], Quality.GOOD)


@pytest.mark.parametrize(
    ("value", "data_type"), [(70000, "uint16"), (-1, "uint32"), (1e39, "float32"), (math.nan, "float32")]
)
def test_encode_refuses_what_does_not_fit(value, data_type):
    with pytest.raises(ValueError, match="not"):
        encode(value, Tag("t", 0, data_type))


def test_decode_agrees_with_the_foreign_image():
    image = load("modbus/servers/image")
    cells = {
        int(start) + place: int(word, 16) for start, words in image["words"].items() for place, word in enumerate(words)
    }

    for case in (case for case in image["expect"] if case["type"] in NAMES):
        data_type = NAMES[case["type"]]
        registers = [cells[case["addr"] + place] for place in range(width(data_type))]
        tag = Tag("t", 0, data_type, word_order=case.get("order", "ABCD")[:4], sentinel=case["value"] is None)
        assert decode(registers, tag)[0] == case["value"], case
