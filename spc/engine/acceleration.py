"""Compiled kernels, used once they are started and numba is installed; the answers are the same without them."""

import importlib
import logging
from types import ModuleType

log = logging.getLogger(__name__)


class _Loaded:
    kernels: ModuleType | None = None
    absent = False


def start() -> bool:
    """Load and compile the kernels, so that no reading waits for it later; True where they are in use from now on.

    It takes about a second, or ten where nothing was compiled before: call it when a process that judges readings
    starts. Without numba, or without a place for its cache, numpy goes on judging.
    """
    if _Loaded.kernels is None and not _Loaded.absent:
        try:
            kernels = importlib.import_module("spc.engine.kernels")
            kernels.warm_up()
        except (ImportError, RuntimeError, OSError) as reason:  # numba raises RuntimeError where it cannot cache
            log.info("rules are judged without compiled kernels: %s", reason)
            _Loaded.absent = True
            return False
        _Loaded.kernels = kernels
    return _Loaded.kernels is not None


def stop() -> None:
    """Go back to numpy."""
    _Loaded.kernels, _Loaded.absent = None, False


def kernels() -> ModuleType | None:
    """The compiled kernels, if they are in use."""
    return _Loaded.kernels
