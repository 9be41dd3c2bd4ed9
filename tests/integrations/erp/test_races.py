"""Twins at the same moment, and a feed that is read while six write."""

import time
import uuid

import pytest
from django.db import connection, transaction

from mes.models import WorkRequest
from plant.commands import journal as book
from plant.models import JournalEntry
from tests import factories
from tests.integrations.erp.callers import PROBLEM, caller, code_of
from tests.mes import factories as floor
from traceability.models import MaterialLot

pytestmark = [pytest.mark.urls("tests.integrations.erp.addresses"), pytest.mark.usefixtures("committed_db")]
WRITERS, EACH = 6, 40


def test_concurrent_twins_get_one_answer_for_one_act(at_once):
    factories.site()
    factories.material()
    erp, key = caller(), str(uuid.uuid4())
    words = {"material": "PCB", "quantity": "5"}

    answers = at_once(*[lambda: erp.post("material-lots/", words, key)] * 6)

    assert {answer.status_code for answer in answers} == {201}
    assert {answer.json()["number"] for answer in answers} == set(MaterialLot.objects.values_list("number", flat=True))
    assert MaterialLot.objects.count() == 1


def test_a_twin_scan_applies_once(at_once):
    world = floor.world()
    erp = caller()
    words = {"station": "MOUNT", "code": "PCB-1", "event_id": str(uuid.uuid4()), "job_order": world.job.number,
             "quantity": "10"}  # fmt: skip
    answers = [answer.json() for answer in at_once(*[lambda: erp.post("scans/", words)] * 6)]
    assert sorted(answer.pop("replayed") for answer in answers) == [False] + [True] * 5
    assert [answer == answers[0] for answer in answers] == [True] * 6


def test_an_order_that_cannot_be_made_leaves_nothing_behind():
    factories.site()
    factories.material("ODD")
    order = {"number": "ERP-1", "material": "ODD", "quantity": "10", "due_at": "2026-03-05T08:00:00Z"}
    assert code_of(caller().post("work-requests/", order))[::2] == (409, PROBLEM)
    assert WorkRequest.objects.count() == 0


def write(writer, by):
    """Entries of uneven length, so that later numbers are often committed first."""
    for turn in range(EACH):
        with transaction.atomic(), connection.cursor() as cursor:
            book.record("test.happened", subject=factories.material(f"M{writer}"), by=by, data={"turn": turn})
            cursor.execute("SELECT pg_sleep(%s)", [0.001 * ((writer * 7 + turn) % 5)])


def follow(read, is_over):
    """Everything that a reader sees who asks again and again from where it stopped."""
    seen, cursor, is_last = [], None, False
    while not is_last:
        is_last = is_over(seen)
        rows, cursor = read(cursor)
        while rows:
            seen += rows
            rows, cursor = read(cursor)
    return seen


def naive(last):
    """The negative control: whatever has a higher number than the last."""
    rows = list(JournalEntry.objects.filter(pk__gt=last or 0).order_by("pk").values_list("pk", flat=True)[:50])
    return rows, rows[-1] if rows else last


def test_the_feed_misses_nothing_while_six_write(at_once):
    erp, by, done = caller(), factories.person("W"), []
    for writer in range(WRITERS):
        factories.material(f"M{writer}")
    before, patience = JournalEntry.objects.count(), time.monotonic() + 60

    def feed(cursor):
        told = erp.get(f"journal/?limit=50&after={cursor or '0.0'}").json()
        return [entry["id"] for entry in told["results"]], told["next"]

    def is_told(seen):
        return len(seen) >= before + WRITERS * EACH or time.monotonic() > patience

    acts = [lambda n=n: done.append(write(n, by)) for n in range(WRITERS)]
    *_done, careful, careless = at_once(
        *acts, lambda: follow(feed, is_told), lambda: follow(naive, lambda seen: len(done) == WRITERS)
    )
    every = set(JournalEntry.objects.values_list("pk", flat=True))
    assert sorted(careful) == sorted(every)
    assert set(careless) < every


@pytest.mark.parametrize("cursor", ["x", "1", "1.", ".1", "1.x", "١.١", "-1.0", "1.0.0", "9" * 30 + ".1"])
def test_a_cursor_that_the_feed_never_gave_is_400(cursor):
    assert code_of(caller().get(f"journal/?after={cursor}")) == (400, "unknown-cursor", PROBLEM)


def test_no_parameter_has_a_nul():
    assert code_of(caller().get("journal/?after=%00.1")) == (400, "bad-filter", PROBLEM)
