"""A value as a source sent it to the number that is kept, and its moment to one that can be believed. Pure."""

import math
from typing import Any

from integrations.plc.tags import Quality, Tag

AHEAD_US = 60_000_000  # a clock may go ahead so far
BEHIND_US = 366 * 86_400_000_000  # and a backlog may be so old
WORDS = {"true": 1.0, "on": 1.0, "false": 0.0, "off": 0.0}


def number(value: Any) -> float | None:
    """What a value says as a number; None where it says none."""
    if isinstance(value, str):
        text = value.strip()
        if text.lower() in WORDS:
            return WORDS[text.lower()]
        value = text if "_" not in text else None
    try:
        found = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return found if math.isfinite(found) else None


def settle(tag: Tag, value: Any, quality: int = Quality.GOOD) -> tuple[float, int]:
    """The number in the tag's unit (NaN where there is none) and its quality."""
    if quality in (Quality.STALE, Quality.BAD):
        return math.nan, quality
    found = value if type(value) is float and math.isfinite(value) else number(value)
    if found is None:
        return math.nan, Quality.BAD
    if tag.data_type == "bool" and tag.bit:
        found = float(int(found) >> tag.bit & 1)
    if tag.scale != 1.0 or tag.offset:
        divisor = round(1 / tag.scale)
        is_fraction = bool(divisor) and 1 / divisor == tag.scale
        found = (found / divisor if is_fraction else found * tag.scale) + tag.offset
    if (tag.minimum is not None and found < tag.minimum) or (tag.maximum is not None and found > tag.maximum):
        return math.nan, Quality.OUT_OF_RANGE
    return found, quality


def is_believable(at_us: int, now_us: int) -> bool:
    """Whether a source's clock may have said this."""
    return now_us - BEHIND_US <= at_us <= now_us + AHEAD_US
