"""A whole block's bytes to numbers at once: what `decoding.decode` says of each tag, without a call for each."""

import struct
import sys
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from integrations.plc.blocks import Block
from integrations.plc.decoding import ABSENT, FORMATS
from integrations.plc.tags import BIT_TABLES, Quality, Tag

LARGEST = sys.float_info.max  # no NaN and no infinity lies between minus this and this

LARGEST_EXPONENT = 10  # SunSpec Device Information Model Specification 1.1, 4.2.8
Exponents = Mapping[tuple[str, int | None], float]
NONE: Exponents = {}


class Layout:
    """Where the numbers of a block's tags lie in its bytes, and what each must pass."""

    def __init__(self, block: Block) -> None:
        tags = [_plain(tag) if tag.data_type == "bool" else tag for tag, _, _ in block.places]
        places = [_places(tag, start, size) for tag, (_, start, size) in zip(tags, block.places, strict=True)]
        self._bytes = np.array([place for some in places for place in some])
        self._numbers = struct.Struct(">" + "".join(_code(tag) for tag in tags))
        self._bits = [
            (at, start % 8 if tag.table in BIT_TABLES else tag.bit)
            for at, (tag, start, _) in enumerate(block.places) if tag.data_type == "bool"
        ]
        divisors = np.array([_divisor(tag.scale) for tag in tags])
        self._divisors, self._factors = divisors, np.where(divisors == 1.0, [tag.scale for tag in tags], 1.0)
        self._offsets = np.array([tag.offset for tag in tags])
        self._scaled = any((tag.scale, tag.offset) != (1.0, 0.0) for tag in tags)
        self._absent = np.array([ABSENT.get(tag.data_type, np.nan) if tag.sentinel else np.nan for tag in tags], float)
        self._sentinels = not np.isnan(self._absent).all()
        self._powers = [(at, (tag.table, tag.exponent)) for at, tag in enumerate(tags) if tag.exponent is not None]
        self._low = np.array([-LARGEST if tag.minimum is None else tag.minimum for tag in tags])
        self._high = np.array([LARGEST if tag.maximum is None else tag.maximum for tag in tags])
        self._fine = np.zeros(len(tags), np.uint8)

    def read(self, data: bytes, exponents: Exponents = NONE) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
        """The value (NaN where there is none) and the quality of each tag; don't write into either.

        `exponents` are the powers of ten that the controller told, by table and register.
        """
        gathered = np.frombuffer(data, np.uint8)[self._bytes].tobytes()
        numbers: list[float] | tuple[float, ...] = self._numbers.unpack(gathered)
        if self._bits:
            numbers = list(numbers)
            for at, bit in self._bits:
                numbers[at] = int(numbers[at]) >> bit & 1
        values = np.array(numbers, np.float64)
        if self._sentinels:
            values[values == self._absent] = np.nan
        for at, register in self._powers:
            values[at] = _powered(values[at], exponents.get(register))
        if self._scaled:
            with np.errstate(over="ignore", invalid="ignore"):  # infinity is told apart below
                values = values / self._divisors * self._factors + self._offsets
        fits = (values >= self._low) & (values <= self._high)
        if fits.all():
            return values, self._fine
        qualities = np.where(fits, Quality.GOOD, np.where(np.isfinite(values), Quality.OUT_OF_RANGE, Quality.BAD))
        values[~fits] = np.nan
        return values, qualities.astype(np.uint8)


def _powered(value: float, exponent: float | None) -> float:
    """A value times a power of ten, without noise; nothing where the power is not told or makes no sense."""
    if exponent is None or not abs(exponent) <= LARGEST_EXPONENT:
        return float("nan")
    return value * 10.0**exponent if exponent >= 0 else value / 10.0**-exponent


def _plain(bit: Tag) -> Tag:
    """A bit is a bit: nothing turns, scales or bounds it."""
    return replace(bit, word_order="ABCD", scale=1.0, offset=0.0, minimum=None, maximum=None, sentinel=False)


def _places(tag: Tag, start: int, size: int) -> list[int]:
    """Which bytes of the block make the number, the most significant first."""
    if tag.table in BIT_TABLES:
        return [start // 8]
    words = [[2 * word, 2 * word + 1] for word in range(start, start + size)]
    if tag.word_order in ("CDAB", "DCBA"):
        words.reverse()
    return [place for word in words for place in (word[::-1] if tag.word_order in ("BADC", "DCBA") else word)]


def _code(tag: Tag) -> str:
    if tag.data_type == "bool":
        return "B" if tag.table in BIT_TABLES else "H"
    return FORMATS[tag.data_type]


def _divisor(scale: float) -> float:
    """10 for 0.1, so that tenths come out without noise; 1 where the scale is no such fraction."""
    divisor = round(1 / scale)
    return float(divisor) if divisor and 1 / divisor == scale else 1.0
