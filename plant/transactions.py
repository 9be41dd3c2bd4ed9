"""One command, one transaction: tried again as a whole when the database asks for it."""

import functools
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

SERIALIZATION_FAILURE, DEADLOCK, LOCK_NOT_AVAILABLE = "40001", "40P01", "55P03"
RETRYABLE = {SERIALIZATION_FAILURE, DEADLOCK, LOCK_NOT_AVAILABLE}
ATTEMPTS = 5

P = ParamSpec("P")
R = TypeVar("R")


def command(act: Callable[P, R]) -> Callable[P, R]:
    """Run in one transaction. Inside another command it joins that one; outermost, it is retried at most five times."""

    @functools.wraps(act)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if connection.in_atomic_block:
            return act(*args, **kwargs)
        for attempt in range(ATTEMPTS):
            try:
                with transaction.atomic():
                    return act(*args, **kwargs)
            except OperationalError as error:
                if attempt == ATTEMPTS - 1 or sqlstate(error) not in RETRYABLE:
                    raise
                time.sleep(random.uniform(0.005, 0.02) * 2**attempt)
        raise AssertionError("unreachable")

    return run


_covered: ContextVar[bool] = ContextVar("covered", default=False)


@contextmanager
def undoable() -> Iterator[None]:
    """Leave nothing behind when the block fails, and let the transaction go on: a savepoint.

    Blocks inside need no savepoint of their own: their failure takes the outermost one back as a whole, so nothing in
    between may swallow it (the database refuses every further statement until then).
    """
    with transaction.atomic(savepoint=not _covered.get()):
        token = _covered.set(True)
        try:
            yield
        finally:
            _covered.reset(token)


def sqlstate(error: Exception) -> str:
    """The SQLSTATE behind a Django database error, or an empty string."""
    return getattr(error.__cause__, "pgcode", None) or ""
