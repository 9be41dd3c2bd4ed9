"""Reading the record book: timelines, lists, and a feed that misses nothing."""

import threading
import time

import pytest
from django.db import connection, transaction

from plant.commands import journal as book
from plant.queries import journal
from tests import factories


def feed_until(count, cursor=None):
    """Read on until so many entries came; other databases of the server hold the feed back while they write."""
    found, deadline = [], time.monotonic() + 60
    while len(found) < count and time.monotonic() < deadline:
        entries, cursor = journal.feed(cursor, limit=7)
        found += entries
        time.sleep(0 if entries else 0.05)
    return found


def write(subject, kind="material.changed", by=None, **fields):
    return book.record(kind, subject=subject, by=by or factories.person(), **fields)


@pytest.mark.django_db
def test_a_timeline_is_of_one_subject_newest_first_and_in_words():
    pcb, paste = factories.material("PCB"), factories.material("PASTE")
    first, _, last = write(pcb), write(paste), write(pcb, kind="material.created")

    entries = journal.timeline(pcb)

    assert [entry.pk for entry in entries] == [last, first]
    assert entries[0].title != "material.created"


@pytest.mark.django_db
@pytest.mark.parametrize("cursor", ["x", "1", "1.", ".1", "1.x", "-1.2", "１.２", "1.2.3", "9" * 30 + ".1"])
def test_a_cursor_that_was_never_given_is_refused(cursor):
    with pytest.raises(journal.UnknownCursor):
        journal.feed(cursor)


def test_an_empty_feed_gives_the_same_cursor_back(committed_db):
    assert journal.feed("7.9") == ([], "7.9")


def test_the_feed_waits_for_an_older_transaction_that_is_still_open(committed_db):
    pcb = factories.material()
    is_open, may_end = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            write(pcb, kind="slow.one")
            is_open.set()
            may_end.wait(10)
        connection.close()

    someone = factories.person()
    thread = threading.Thread(target=slow, daemon=True)
    thread.start()
    is_open.wait(10)
    write(factories.material("OTHER"), kind="fast.one", by=someone)
    during, cursor = journal.feed()
    may_end.set()
    thread.join()

    assert during == []
    assert [entry.kind for entry in feed_until(2, cursor)] == ["slow.one", "fast.one"]


def test_a_reader_beside_writers_sees_each_entry_once(at_once):
    materials = [factories.material(f"M{n}") for n in range(4)]
    factories.person()

    def writer(n):
        return lambda: [write(materials[n]) for _ in range(20)]

    seen, *written = at_once(lambda: feed_until(80), *[writer(n) for n in range(4)])

    assert sorted(entry.pk for entry in seen) == sorted(pk for part in written for pk in part)
