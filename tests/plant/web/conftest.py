"""What the tests of pages share."""

from datetime import datetime

import pytest

from plant.models import Person
from plant.queries import inbox


@pytest.fixture
def gathered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for somebody stands at the bell of every page; a test that asks hundreds of them gathers it once."""
    usual, known = inbox.entries, dict[int, list[inbox.Entry]]()

    def entries(person: Person, at: datetime) -> list[inbox.Entry]:
        if person.pk not in known:
            known[person.pk] = usual(person, at)
        return known[person.pk]

    monkeypatch.setattr(inbox, "entries", entries)
