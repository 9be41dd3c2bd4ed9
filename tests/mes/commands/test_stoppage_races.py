"""People who stop, lift and verify at the same moment as others, and scans in between; with the guards and without."""

import threading
from contextlib import suppress

import pytest
from django.db import connection

from mes.commands import outputs, rectifications, stoppages
from mes.models import JobSegment, Rectification, Stoppage
from plant.errors import Refusal
from plant.models import JournalEntry, Tracking
from tests.factories import NOW, person
from tests.mes import factories
from tests.mes.commands.test_stoppages import resume, signed
from traceability.commands import holds
from traceability.models import Hold

A_MOMENT, LONG = 1, 60  # where a guard lets nobody come, and where without it somebody comes for sure
STOPPED_THEN_BEGUN = """
SELECT count(*) FROM traceability_visit v JOIN traceability_hold h ON h.target_kind = 'EQUIPMENT'
WHERE pg_xact_commit_timestamp(v.xmin) > pg_xact_commit_timestamp(h.xmin)
"""


@pytest.fixture
def world(at_once):
    made = factories.world(3, Tracking.SERIAL)
    made.ready(3)
    return made


def stop(world, scope="STATION", reason="Solder bridges"):
    row = JobSegment.objects.get(segment__code="MOUNT") if scope == "OPERATION" else None
    return stoppages.stop(
        scope=scope, equipment=world.stations["MOUNT"], job_segment=row, reason=reason, by=world.operator, at=NOW
    )


def lift(stoppage):
    """Each by a person of their own."""
    people = iter([person("LEAD", "TEAM_LEADER"), person("LEAD2", "TEAM_LEADER")])
    return [lambda by=by: coded(lambda: resume(stoppage, by=by).status) for by in people]


def coded(act):
    try:
        return act()
    except Refusal as refusal:
        return refusal.code


def unlocked(monkeypatch):
    monkeypatch.setattr(stoppages, "locked", lambda one: stoppages.stoppages.listing().get(pk=one.pk))


def meet(monkeypatch, module, name, patience=A_MOMENT):
    """Whoever comes to a function waits there for the other one, a moment at most: behind a lock nobody else comes."""
    both, known = threading.Barrier(2), getattr(module, name)

    def met(*given, **more):
        with suppress(threading.BrokenBarrierError):
            both.wait(patience)
        return known(*given, **more)

    monkeypatch.setattr(module, name, met)


def released():
    kinds = ("stoppage.resumed", "hold.released")
    return [JournalEntry.objects.filter(kind=kind).count() for kind in kinds]


def test_two_who_lift_one_stop_at_once_lift_it_once(at_once, world, monkeypatch):
    stoppage = stop(world, "OPERATION")
    meet(monkeypatch, stoppages, "check_needed")

    assert sorted(at_once(*lift(stoppage))) == ["RESUMED", "stoppage-refused"]
    assert released() == [1, 1]


def test_without_the_lock_both_would_come_to_the_hold(at_once, world, monkeypatch):
    """The negative control: only the hold's own guard is left, and says something else."""
    stoppage = stop(world, "OPERATION")
    meet(monkeypatch, stoppages, "check_needed", LONG)
    unlocked(monkeypatch)

    assert sorted(at_once(*lift(stoppage))) == ["RESUMED", "already-released"]
    assert released() == [1, 1]


def test_one_verdict_on_what_two_verify_at_once(at_once, world):
    stop(world, "OPERATION")
    row = Rectification.objects.get()
    rectifications.finish(rectification=row, evidence="Cleaned", by=world.operator, at=NOW)

    def verify(number, is_good):
        words = {"is_good": is_good, "remark": "Seen", "by": person(number, "TEAM_LEADER"), "at": NOW}
        return coded(lambda: rectifications.verify(rectification=row, **words).status)

    ends = at_once(lambda: verify("LEAD", True), lambda: verify("LEAD2", False))

    row.refresh_from_db()
    assert (row.status in ends, "illegal-move" in ends) == (True, True)


def verified_at_once(at_once, world, before):
    """The last two things that put a stop right, verified by two people at once; how all stands then."""
    stoppage = stop(world, "OPERATION")
    words = {"owner": None, "by": person("LEAD", "TEAM_LEADER"), "at": NOW}
    rectifications.ask(stoppage=stoppage, what="Look at the stencil", **words)
    for row in Rectification.objects.all():
        rectifications.finish(rectification=row, evidence="Cleaned", by=world.operator, at=NOW)
    resume(stoppage)
    people = [person("LEAD", "TEAM_LEADER"), person("LEAD2", "TEAM_LEADER")]
    before()
    at_once(*[
        lambda row=row, by=by: rectifications.verify(rectification=row, is_good=True, by=by, at=NOW)
        for row, by in zip(Rectification.objects.all(), people, strict=True)
    ])
    return [*Rectification.objects.values_list("status", flat=True), Stoppage.objects.get().status]


def test_the_last_two_verified_at_once_close_the_stop(at_once, world, monkeypatch):
    told = verified_at_once(at_once, world, lambda: meet(monkeypatch, stoppages, "close_if_done"))

    assert told == ["VERIFIED", "VERIFIED", "CLOSED"]


def test_without_the_lock_each_would_leave_the_closing_to_the_other(at_once, world, monkeypatch):
    """The negative control: each looks before the other has committed; the journal would keep one waiting as well."""
    both, close = threading.Barrier(2), stoppages.close_if_done

    def unguarded():
        unlocked(monkeypatch)
        monkeypatch.setattr(rectifications, "journal_move", unrecorded)
        monkeypatch.setattr(stoppages, "close_if_done", lambda *given, **more: (close(*given, **more), _wait(both))[0])

    assert verified_at_once(at_once, world, unguarded) == ["VERIFIED", "VERIFIED", "RESUMED"]


def unrecorded(found, to, by, reason, **fields):
    Rectification.objects.filter(pk=found.pk).update(status=to, **fields)


def _wait(both):
    with suppress(threading.BrokenBarrierError):
        both.wait(LONG)


def begun_while_stopped(at_once, world, monkeypatch, patience):
    """A scan that found its place free begins a piece, while somebody stops the station: begun after the stop."""
    passed, stopped, begin = threading.Event(), threading.Event(), outputs.start

    def slowly(*given, **more):
        passed.set()
        stopped.wait(patience)
        return begin(*given, **more)

    def stopping():
        passed.wait(LONG)
        stop(world)
        stopped.set()

    monkeypatch.setattr(outputs, "start", slowly)
    scanned, _stopped = at_once(lambda: world.scan(world.outputs[0].number).outcome, stopping)
    assert scanned == "accepted"
    with connection.cursor() as cursor:
        cursor.execute(STOPPED_THEN_BEGUN)
        return cursor.fetchone()[0]


def test_a_stop_waits_for_the_scan_that_found_its_place_free(at_once, world, monkeypatch):
    assert begun_while_stopped(at_once, world, monkeypatch, A_MOMENT) == 0
    assert world.scan(world.outputs[1].number).code == "held"


def test_without_the_seal_a_piece_would_begin_at_a_stopped_station(at_once, world, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(stoppages, "seal", lambda places: list(places))

    assert begun_while_stopped(at_once, world, monkeypatch, LONG) == 1


def lifted_while_another_comes(at_once, world):
    """One stop of a station is lifted while somebody sets another one there; what a scan hears then."""
    first, leader = stop(world, reason="Bridges"), person("LEAD", "TEAM_LEADER")
    ends = at_once(lambda: resume(first, by=leader, **signed(first)), lambda: stop(world, reason="Smoke"))
    assert [one for one in ends if isinstance(one, Exception)] == []
    return world.scan(world.outputs[0].number)


def test_what_another_stop_holds_stays_held(at_once, world):
    told = lifted_while_another_comes(at_once, world)
    left = Stoppage.objects.get(status="STOPPED")

    assert (told.code, "Smoke" in told.message) == ("held", True)
    resume(left, **signed(left))
    assert world.scan(world.outputs[0].number).outcome == "accepted"


def test_letting_go_of_the_place_instead_of_the_one_hold_would_free_it(at_once, world, monkeypatch):
    """The negative control: a second stop stands, and its hold goes with the first one's."""
    second, known = stop(world, reason="Sparks"), holds.lift_stop

    def everything(*, hold, **more):
        for one in Hold.objects.filter(target_kind=hold.target_kind, target_id=hold.target_id, released_at=None):
            known(hold=one, **more)

    monkeypatch.setattr(holds, "lift_stop", everything)
    first = stop(world, reason="Bridges")
    resume(first, **signed(first))

    assert Stoppage.objects.get(pk=second.pk).status == "STOPPED"
    assert world.scan(world.outputs[0].number).outcome == "accepted"
