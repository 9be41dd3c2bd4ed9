"""How long what failed waits before it is tried again."""

import random
from datetime import timedelta

FIRST = 5.0  # seconds


def wait(attempts: int, *, longest: float, asked: float = 0.0) -> timedelta:
    """Twice as long each time, a fifth more or less, up to a longest; at least what the other side asked for."""
    usual = min(longest, FIRST * 2 ** min(max(0, attempts - 1), 20))
    return timedelta(seconds=max(asked, usual * random.uniform(0.8, 1.2)))
