"""Where in a JSON message a value, its time and its quality stand. Pure."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from integrations.plc.tags import Quality
from integrations.sources.opcua import statuses

STEP = re.compile(r"\[(\d+|\*)\]|([^.\[\]]+)")
Path = tuple[str | int, ...]
EVERY = "*"
WORDS = {
    "good": Quality.GOOD, "ok": Quality.GOOD, "valid": Quality.GOOD, "true": Quality.GOOD,
    "uncertain": Quality.UNCERTAIN, "questionable": Quality.UNCERTAIN, "stale": Quality.STALE, "bad": Quality.BAD,
    "invalid": Quality.BAD, "error": Quality.BAD, "false": Quality.BAD,
}
SPARKPLUG_STALE = 500
OPC_GOOD, OPC_UNCERTAIN, OPC_MASK = 0xC0, 0x40, 0xC0


def path(text: str) -> Path:
    """The steps of data.items[0].value; $ at the beginning may stand or not, [*] is each of a list."""
    steps = STEP.findall(text.removeprefix("$"))
    return tuple(EVERY if number == "*" else int(number) if number else name for number, name in steps)


def found(data: Any, steps: Path) -> list[Any]:
    """What stands there: nothing, one thing, or one for each of a list."""
    for place, step in enumerate(steps):
        if step == EVERY:
            each = data if isinstance(data, list) else []
            return [one for part in each for one in found(part, steps[place + 1 :])]
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return []
    return [data]


def beside(data: Any, steps: Path, count: int) -> Sequence[Any]:
    """As many times or qualities as there are values: one for each, one for all, or none."""
    told = found(data, steps) if steps else []
    if len(told) == count:
        return told
    return told * count if len(told) == 1 else [None] * count


def moment_us(told: Any) -> int | None:
    """Microseconds since 1970 of ISO 8601, or of a number of seconds, milli-, micro- or nanoseconds by its size."""
    if told is None or isinstance(told, bool):
        return None
    if isinstance(told, str):
        try:
            told = float(told)
        except ValueError:
            return _iso(told)
    if not isinstance(told, int | float) or told != told:
        return None
    for limit, factor in ((1e11, 1e6), (1e14, 1e3), (1e17, 1.0), (1e20, 1e-3)):
        if abs(told) < limit:
            return round(told * factor)
    return None


def quality(told: Any) -> Quality:
    """A word, a truth, a number of OPC (192 is good), of Sparkplug (500 is stale) or a status code of OPC UA."""
    if told is None:
        return Quality.GOOD
    if isinstance(told, bool):
        return Quality.GOOD if told else Quality.BAD
    if isinstance(told, int | float):
        code = int(told)
        if code == SPARKPLUG_STALE:
            return Quality.STALE
        if code > 0xFFFF:
            return statuses.quality(code)
        level = code & OPC_MASK
        return Quality.GOOD if level == OPC_GOOD else Quality.UNCERTAIN if level == OPC_UNCERTAIN else Quality.BAD
    return WORDS.get(str(told).strip().lower(), Quality.UNCERTAIN)


def _iso(text: str) -> int | None:
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return round(at.timestamp() * 1e6)
