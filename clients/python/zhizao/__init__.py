"""The plant's API from Python: `from zhizao import Plant; Plant("https://plant.example", "prefix.secret")`."""

from zhizao.api import Plant
from zhizao.wire import NotReached, Problem

__all__ = ["NotReached", "Plant", "Problem"]
