"""What every test may ask for; the servers come from the plugin ops.testing, before any setting is read."""

import gc
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.utils import translation

from ops.paths import ROOT
from plant import fresh, pins
from plant.models import Person
from plant.queries import inbox
from tests import database, template
from tests.system import System, running_system

# Hashes are slow against whoever guesses, and tests guess all day; test_hardening asks for the real cost.
ScryptPasswordHasher.work_factor = pins.COST = 2**4


def pytest_collection_finish() -> None:
    """What was loaded until now stays: nobody needs to look through it for garbage during the tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


@pytest.fixture(autouse=True)
def _own_language() -> None:
    """Each test begins in the plant's language, whatever the page before it spoke."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """Each test asks its own database anew."""
    fresh.forget_all()


@pytest.fixture
def gathered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for somebody stands at the bell of every page; a test that asks hundreds of them gathers it once."""
    usual, known = inbox.entries, dict[int, list[inbox.Entry]]()

    def entries(person: Person, at: datetime) -> list[inbox.Entry]:
        if person.pk not in known:
            known[person.pk] = usual(person, at)
        return known[person.pk]

    monkeypatch.setattr(inbox, "entries", entries)


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


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """The test database begins as a copy of the last one that these migrations made."""
    template.use()
    database.plan_little()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The database that these migrations made is kept for the next run."""
    with django_db_blocker.unblock():
        template.keep()
        database.remember()
