"""A whole block's bytes to numbers at once: what `decoding.decode` says of each tag, without a call for each."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from integrations.plc.blocks import Block
from integrations.plc.decoding import ABSENT, FORMATS
from integrations.plc.tags import BIT_TABLES, Quality, Tag

LARGEST = sys.float_info.max  # no NaN and no infinity lies between minus this and this

LARGEST_EXPONENT = 10  # SunSpec Device Information Model Specification 1.1, 4.2.8
Exponents = Mapping[tuple[str, int | None], float]
NONE: Exponents = {}


class Run(NamedTuple):
    """Tags of one type: their columns, their bytes in order, and which bits where the type is a bit."""

    code: str
    columns: NDArray[np.int64]
    bytes: NDArray[np.int64]
    bits: NDArray[np.uint8] | None


class Layout:
    """Where the numbers of a block's tags lie in its bytes, and what each must pass."""

    def __init__(self, block: Block) -> None:
        tags = [_plain(tag) if tag.data_type == "bool" else tag for tag, _, _ in block.places]
        self._count = len(tags)
        self._runs = [_run(kind, block, tags) for kind in sorted({_kind(tag) for tag in tags})]
        divisors = np.array([_divisor(tag.scale) for tag in tags])
        self._divisors, self._factors = divisors, np.where(divisors == 1.0, [tag.scale for tag in tags], 1.0)
        self._offsets = np.array([tag.offset for tag in tags])
        self._scaled = any((tag.scale, tag.offset) != (1.0, 0.0) for tag in tags)
        self._absent = np.array([ABSENT.get(tag.data_type, np.nan) if tag.sentinel else np.nan for tag in tags], float)
        self._sentinels = not np.isnan(self._absent).all()
        self._powers = [(at, (tag.table, tag.exponent)) for at, tag in enumerate(tags) if tag.exponent is not None]
        self._low = np.array([-LARGEST if tag.minimum is None else tag.minimum for tag in tags])
        self._high = np.array([LARGEST if tag.maximum is None else tag.maximum for tag in tags])

    def read(self, data: bytes, exponents: Exponents = NONE) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
        """The value (NaN where there is none) and the quality of each tag.

        `exponents` are the powers of ten that the controller told, by table and register.
        """
        values, qualities = self.read_many([data], exponents)
        return values[0], qualities[0]

    def read_many(
        self, answers: Sequence[bytes], exponents: Exponents = NONE
    ) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
        """What `read` says of each of many answers, a row for each."""
        image = np.frombuffer(b"".join(answers), np.uint8).reshape(len(answers), -1)
        values = np.empty((len(answers), self._count))
        with np.errstate(over="ignore", invalid="ignore"):  # what is no number, or none any more, is told apart below
            for run in self._runs:
                numbers = image.take(run.bytes, axis=1).view(run.code)
                values[:, run.columns] = numbers if run.bits is None else numbers >> run.bits & 1
            if self._sentinels:
                values[values == self._absent] = np.nan
            for at, register in self._powers:
                values[:, at] = _powered(values[:, at], exponents.get(register))
            if self._scaled:
                values = values / self._divisors * self._factors + self._offsets
        fits = (values >= self._low) & (values <= self._high)
        if fits.all():
            return values, np.zeros(values.shape, np.uint8)
        qualities = np.where(fits, Quality.GOOD, np.where(np.isfinite(values), Quality.OUT_OF_RANGE, Quality.BAD))
        values[~fits] = np.nan
        return values, qualities.astype(np.uint8)


@lru_cache(maxsize=1024)
def _shared(block: Block) -> Layout:
    return Layout(block)


def layout_of(block: Block) -> Layout:
    """The layout of a block: one and the same for all controllers of a kind, whatever their tags are called."""
    nameless = tuple((replace(tag, key=0), start, size) for tag, start, size in block.places)
    return _shared(replace(block, places=nameless))


def _run(kind: tuple[str, bool], block: Block, tags: Sequence[Tag]) -> Run:
    """The tags that are read in one way."""
    code, is_bit = kind
    columns = [at for at, tag in enumerate(tags) if _kind(tag) == kind]
    starts = [block.places[at][1] for at in columns]
    places = [place for at in columns for place in _places(tags[at], *block.places[at][1:])]
    bits = [start % 8 if block.table in BIT_TABLES else tags[at].bit for at, start in zip(columns, starts, strict=True)]
    return Run(code, np.array(columns), np.array(places), np.array(bits, np.uint8) if is_bit else None)


def _powered(values: NDArray[np.float64], exponent: float | None) -> NDArray[np.float64] | float:
    """Values times a power of ten, without noise; nothing where the power is not told or makes no sense."""
    if exponent is None or not abs(exponent) <= LARGEST_EXPONENT:
        return np.nan
    return values * 10.0**exponent if exponent >= 0 else values / 10.0**-exponent


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


def _kind(tag: Tag) -> tuple[str, bool]:
    """How numpy reads the tag's bytes, and whether one bit of them is meant."""
    if tag.data_type == "bool":
        return ("|u1" if tag.table in BIT_TABLES else ">H"), True
    return ">" + FORMATS[tag.data_type], False


def _divisor(scale: float) -> float:
    """10 for 0.1, so that tenths come out without noise; 1 where the scale is no such fraction."""
    divisor = round(1 / scale)
    return float(divisor) if divisor and 1 / divisor == scale else 1.0
