"""What every test may ask for; the servers come from the plugin ops.testing, before any setting is read."""

from pathlib import Path

import pytest

from ops.paths import ROOT


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT
