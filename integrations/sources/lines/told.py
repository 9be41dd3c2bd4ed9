"""What a device said lately and what became of it, for whoever stands before it and wonders. Pure."""

from collections import deque
from typing import Any

SHOWN = 20  # lines
LONGEST = 200  # letters of one
AN_HOUR_US = 3_600_000_000
ACCEPTED, ATTENTION, REFUSED, AGAIN, WAITING = "accepted", "attention", "refused", "again", "waiting"


class Told:
    """The newest lines, each with what was made of it, and the outcomes of the last hour."""

    def __init__(self) -> None:
        self._lines: deque[dict[str, Any]] = deque(maxlen=SHOWN)
        self._outcomes: deque[tuple[int, str]] = deque()
        self._open: dict[str, dict[str, Any]] = {}
        self.lag_s: float | None = None

    def line(self, text: str, at_us: int) -> dict[str, Any]:
        """A line came; what is found in it is added by whoever reads it."""
        said: dict[str, Any] = {"at": at_us, "line": text[:LONGEST], "found": [], "outcome": "", "message": ""}
        self._lines.append(said)
        return said

    def waits(self, event: str, said: dict[str, Any] | None, outcome: str = WAITING) -> None:
        """What was found is on its way to the database, or was said a moment ago already."""
        if said is None:
            return
        said["outcome"] = outcome
        if outcome == WAITING:
            self._open[event] = said

    def became(self, event: str, outcome: str, message: str, *, made_us: int, now_us: int) -> None:
        """What the database made of it."""
        self.lag_s = round(max(now_us - made_us, 0) / 1e6, 3)
        self._outcomes.append((now_us, outcome))
        said = self._open.pop(event, None)
        if said is not None:
            said["outcome"], said["message"] = outcome, message[:LONGEST]

    def as_json(self, *, now_us: int, waiting: int, dropped: int) -> dict[str, Any]:
        """All of it, the newest line first."""
        while self._outcomes and self._outcomes[0][0] < now_us - AN_HOUR_US:
            self._outcomes.popleft()
        outcomes = [outcome for _at, outcome in self._outcomes]
        return {
            "lines": list(reversed(self._lines)), "lag_s": self.lag_s, "waiting": waiting, "dropped": dropped,
            "hour": len(outcomes), "refused": outcomes.count(REFUSED),
        }
