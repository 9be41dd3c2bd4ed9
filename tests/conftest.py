"""What every test may ask for; the servers come from the plugin ops.testing, before any setting is read."""

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
    """One demonstration plant for all tests of this run that look at it from outside."""
    with running_system(ROOT / "var" / "test" / "system") as running:
        yield running
