"""The clock and a person archive the same dossier at the same time."""

from django.db import IntegrityError

from plant.queries import persons
from tests.traceability import worlds
from traceability.commands import archives
from traceability.models import Bucket, DossierFile
from traceability.queries import archives as reading

HELD = {"data": b"x", "sites": [], "at": worlds.NOON}


def kept(at_once) -> list[str]:
    """What became of two who had read the same."""
    here = worlds.world()
    lot, by = worlds.made(here, "B1"), persons.system("archive")
    worlds.move(here, lot, 1, Bucket.WIP, Bucket.SHIPPED)
    told = reading.told([lot.pk])[lot.pk]
    act = lambda: archives.put_away(lot=lot, told=told, by=by, **HELD)  # noqa: E731
    return sorted(type(one).__name__ for one in at_once(act, act))


def test_two_at_once_make_one_revision(at_once) -> None:
    assert kept(at_once) == ["DossierFile", "NothingNew"]


def test_without_the_row_lock_only_the_database_stands_between_them(at_once, monkeypatch) -> None:
    monkeypatch.setattr(archives, "lock", list)
    assert set(kept(at_once)) <= {"DossierFile", "NothingNew", IntegrityError.__name__}
    assert DossierFile.objects.filter(revision=1).count() == 1
