"""A hold and a consumption of the same lot, at the same time (I01, I02, I03), with the guard and without it."""

from decimal import Decimal

from django.db import connection, transaction

from plant.models import Role
from tests import factories
from tests.factories import NOW
from traceability.commands import actuals, holds, moves
from traceability.gate import Cause, Target
from traceability.models import Bucket, CauseKind, Hold, Link, Move
from traceability.spots import Spot

ROUNDS = 25
STOCK = Spot(Bucket.STOCK)


def consume_from(parent, child, by):
    def act():
        return actuals.consume(
            lot=parent, into=child, quantity=Decimal(1), source=STOCK, job_order="", operation="OP", equipment=None,
            by=by, at=NOW,
        )

    return act


def hold_on(lot, by):
    cause = Cause(CauseKind.NONCONFORMANCE, f"NCR-{lot.pk}")
    return lambda: holds.place(target=Target.lot(lot), cause=cause, reason="race", by=by, at=NOW)


def free_descendants():
    """Links whose parent is held and whose child is not: must be none."""
    held = Hold.objects.filter(released_at__isnull=True).values("lot_id")
    return Link.objects.filter(parent__in=held).exclude(child__in=held).count()


def moves_after_hold():
    """Consumptions that committed after the hold on their lot did."""
    sql = """SELECT count(*) FROM traceability_move m JOIN traceability_hold h ON h.lot_id = m.lot_id
             WHERE m.to_bucket IN ('CONSUMED', 'ISSUED')
               AND pg_xact_commit_timestamp(m.xmin) > pg_xact_commit_timestamp(h.xmin)"""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def race(at_once):
    by = factories.person("QE", Role.QUALITY_ENGINEER, Role.WAREHOUSE)
    for number in range(ROUNDS):
        parent = factories.received(f"P{number}")
        children = [factories.received(f"C{number}-{n}") for n in range(4)]
        at_once(*[consume_from(parent, child, by) for child in children], hold_on(parent, by))


def test_consumption_never_passes_a_hold(at_once):
    race(at_once)
    assert (moves_after_hold(), free_descendants()) == (0, 0)
    assert Move.objects.filter(to_bucket=Bucket.CONSUMED).count() == Link.objects.count()


def test_without_the_row_lock_consumption_passes_a_hold(at_once):
    """The negative control: the same race with the gate's lock taken away must go wrong."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname IN ('zz_lot_gate')")
        body = cursor.fetchone()[0]
    unlocked = body.replace("FOR NO KEY UPDATE", "")
    assert unlocked != body
    swap_gate(unlocked + "\n")
    try:
        naive_race(at_once)
        assert moves_after_hold() > 0
    finally:
        swap_gate(body)


def swap_gate(body):
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE OR REPLACE FUNCTION zz_lot_gate(p_lot bigint, p_to text) RETURNS void LANGUAGE plpgsql AS $f$"
            + body.replace("%", "%%") + "$f$", [],
        )


def naive_race(at_once):
    """Moves that only look at the status, as most systems do, against holds."""
    by = factories.person("QE", Role.QUALITY_ENGINEER, Role.WAREHOUSE)
    for number in range(ROUNDS):
        parent = factories.received(f"P{number}")
        at_once(naive_issue(parent, by), hold_on(parent, by))


def naive_issue(lot, by):
    """Look at the status, think for a moment, then write: without a lock the hold slips in between."""

    def act():
        with transaction.atomic(), connection.cursor() as cursor:
            moves.move(lot=lot, quantity=Decimal(1), source=STOCK, to=Spot(Bucket.ISSUED, "OVEN"), by=by, at=NOW)
            cursor.execute("SELECT pg_sleep(0.03)")

    return act


def test_last_piece_goes_to_one(at_once):
    by = factories.person("QE", Role.QUALITY_ENGINEER, Role.WAREHOUSE)
    parent = factories.received("LAST", 1)
    children = [factories.received(f"C{n}") for n in range(8)]
    results = at_once(*[consume_from(parent, child, by) for child in children])
    refused = [result for result in results if isinstance(result, moves.NotEnough)]
    assert len(refused) == 7
