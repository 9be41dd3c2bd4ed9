"""What every test may ask for; the servers come from the plugin ops.testing, before any setting is read."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from ops.paths import ROOT
from tests.system import System, running_system


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    """One demonstration plant for all tests that look at it from outside, or the one in the folder RUNNING_PLANT."""
    if folder := os.environ.get("RUNNING_PLANT"):
        yield System(Path(folder))
        return
    with running_system(ROOT / "var" / "test" / "system") as running:
        yield running
