"""Going round boards: which page a screen shows at a moment, and for how long. Pure."""

from collections.abc import Sequence
from datetime import datetime


def showing(
    pages: Sequence[str], *, chosen: str, turned_at: datetime, seconds: int, is_paused: bool, at: datetime
) -> tuple[int, float | None]:
    """Index of the page, and the seconds until the next one; None while paused or with a single page."""
    first = pages.index(chosen) if chosen in pages else 0
    if is_paused or len(pages) < 2:
        return first, None
    gone = max((at - turned_at).total_seconds(), 0.0)
    turns, into = divmod(gone, seconds)
    return (first + int(turns)) % len(pages), seconds - into
