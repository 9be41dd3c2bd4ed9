"""From registers to numbers and back: types, the four word orders, scale, and what is not a number."""

import math
import struct
from collections.abc import Sequence

from integrations.plc.tags import BIT_TABLES, Number, Quality, Tag

FORMATS = {
    "int16": "h", "uint16": "H", "int32": "i", "uint32": "I", "int64": "q", "uint64": "Q",
    "float32": "f", "float64": "d",
}  # fmt: skip
STRUCTS = {name: struct.Struct(">" + code) for name, code in FORMATS.items()}
WORDS = [struct.Struct(f">{count}H") for count in range(5)]
SWAPPED = [struct.Struct(f"<{count}H") for count in range(5)]
ORDERS = ("ABCD", "CDAB", "BADC", "DCBA")
FLOATS = frozenset({"float32", "float64"})
# SunSpec Information Model Specification, "not implemented" values; NaN for floats.
ABSENT = {
    "int16": -(2**15), "uint16": 2**16 - 1, "int32": -(2**31), "uint32": 2**32 - 1,
    "int64": -(2**63), "uint64": 2**64 - 1,
}  # fmt: skip


def width(data_type: str) -> int:
    """How many registers a value of this type takes."""
    return 1 if data_type == "bool" else STRUCTS[data_type].size // 2


def raw(registers: Sequence[int], data_type: str, order: str = "ABCD") -> Number:
    """The number in the registers, before scale; `order` names the bytes of a 32 bit value as they come."""
    words = registers[::-1] if order in ("CDAB", "DCBA") else registers
    packing = SWAPPED if order in ("BADC", "DCBA") else WORDS
    value: Number = STRUCTS[data_type].unpack(packing[len(words)].pack(*words))[0]
    return value


def registers_of(value: Number, data_type: str, order: str = "ABCD") -> list[int]:
    """The registers that hold a number: the inverse of `raw`."""
    count = width(data_type)
    packing = SWAPPED if order in ("BADC", "DCBA") else WORDS
    words = packing[count].unpack(STRUCTS[data_type].pack(value))
    return list(words[::-1] if order in ("CDAB", "DCBA") else words)


def decode(registers: Sequence[int], tag: Tag) -> tuple[Number | None, Quality]:
    """The value of a tag and whether to believe it; what is no number or not plausible has no value."""
    if tag.data_type == "bool":
        return _bit(registers[0], tag), Quality.GOOD
    number = raw(registers, tag.data_type, tag.word_order)
    if tag.sentinel and number == ABSENT.get(tag.data_type):
        return None, Quality.BAD
    if tag.scale != 1.0 or tag.offset != 0.0:
        number = _scaled(number, tag.scale) + tag.offset
    return judge(number, tag.minimum, tag.maximum)


def judge(number: Number, minimum: float | None, maximum: float | None) -> tuple[Number | None, Quality]:
    """Keep a finite number within its limits; the comparison is written so that NaN never passes."""
    if not math.isfinite(number):
        return None, Quality.BAD
    if (minimum is None or minimum <= number) and (maximum is None or number <= maximum):
        return number, Quality.GOOD
    return None, Quality.OUT_OF_RANGE


def encode(value: Number, tag: Tag) -> list[int]:
    """The registers to write for a value; raises ValueError where the type cannot hold it."""
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a number that can be written")
    if tag.data_type == "bool":
        return [int(bool(value)) << (0 if tag.table in BIT_TABLES else tag.bit)]
    number = value if tag.scale == 1.0 and tag.offset == 0.0 else (value - tag.offset) / tag.scale
    try:
        return registers_of(number if tag.data_type in FLOATS else round(number), tag.data_type, tag.word_order)
    except (struct.error, OverflowError) as error:
        raise ValueError(f"{value} does not fit a register of type {tag.data_type}") from error


def _scaled(number: Number, scale: float) -> Number:
    divisor = round(1 / scale)
    return number / divisor if divisor and 1 / divisor == scale else number * scale


def _bit(register: int, tag: Tag) -> int:
    return int(register) & 1 if tag.table in BIT_TABLES else register >> tag.bit & 1
