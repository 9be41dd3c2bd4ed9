"""The ledger adds up, consumption leaves its three traces, and nothing is made of itself."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from plant.models import Role
from tests import factories
from tests.factories import NOW
from traceability.commands import actuals, lots, moves, visits
from traceability.models import ActualKind, Bucket, Link, LotBalance, MaterialActual, Move
from traceability.queries import genealogy
from traceability.spots import Spot

pytestmark = pytest.mark.django_db
STOCK = Spot(Bucket.STOCK)


def by():
    return factories.person("OP", Role.OPERATOR, Role.WAREHOUSE)


def consume(lot, into, quantity="1"):
    return actuals.consume(
        lot=lot, into=into, quantity=Decimal(quantity), source=STOCK, job_order="WO1", operation="PLACE",
        equipment=None, by=by(), at=NOW,
    )


def amounts(lot):
    rows = LotBalance.objects.filter(lot=lot, quantity__gt=0)
    return {row.bucket: row.quantity for row in rows}


def test_move_keeps_the_balance():
    lot = factories.received("L1", 10)
    moves.move(lot=lot, quantity=Decimal("2.5"), source=STOCK, to=Spot(Bucket.ISSUED, "OVEN"), by=by(), at=NOW)
    assert amounts(lot) == {"STOCK": Decimal("7.5"), "ISSUED": Decimal("2.5")}


def test_move_more_than_there_is_is_refused():
    lot = factories.received("L1", 10)
    with pytest.raises(moves.NotEnough):
        moves.move(lot=lot, quantity=Decimal(11), source=STOCK, to=Spot(Bucket.ISSUED, "OVEN"), by=by(), at=NOW)
    assert amounts(lot) == {"STOCK": Decimal(10)}


@pytest.mark.parametrize("bad", ["NaN", "Infinity", "-1", "0", "0.0000001", "1E12"])
def test_move_refuses_what_is_no_quantity(bad):
    lot = factories.received("L1", 10)
    with pytest.raises(moves.BadQuantity):
        moves.move(lot=lot, quantity=Decimal(bad), source=STOCK, to=Spot(Bucket.SCRAP), by=by(), at=NOW)


@pytest.mark.parametrize("bad", ["NaN", "Infinity", "-1", "0"])
def test_database_refuses_what_is_no_quantity(bad):
    lot = factories.received("L1", 10)
    sql = """INSERT INTO traceability_move (lot_id, from_bucket, from_place, to_bucket, to_place, quantity, job_order,
             operation, person_id, reason, at) VALUES (%s, 'STOCK', '', 'SCRAP', '', %s, '', '', %s, '', now())"""
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [lot.pk, bad, by().pk])


def test_moves_are_never_changed_nor_deleted():
    factories.received("L1", 10)
    for change in (lambda: Move.objects.update(quantity=1), lambda: Move.objects.all().delete()):
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
            change()


def test_consume_leaves_move_link_and_actual():
    raw, board = factories.received("RAW"), factories.received("BOARD")
    actual = consume(raw, board, "4")
    assert (actual.kind, actual.link.parent, actual.link.child) == (ActualKind.CONSUMED, raw, board)
    assert amounts(raw) == {"STOCK": Decimal(96), "CONSUMED": Decimal(4)}


def test_consumption_without_link_does_not_commit():
    raw = factories.received("RAW")
    whole = "without a genealogy link"
    with pytest.raises(DatabaseError, match=whole), transaction.atomic(), connection.cursor() as cursor:
        consume_alone(raw, cursor)


def consume_alone(raw, cursor):
    """A move into consumption without its link, up to the check that a commit would make."""
    moves.move(lot=raw, quantity=Decimal(1), source=STOCK, to=Spot(Bucket.CONSUMED), by=by(), at=NOW)
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_nothing_is_made_of_itself():
    a, b, c = factories.received("A"), factories.received("B"), factories.received("C")
    consume(a, b), consume(b, c)
    for parent, child in ((c, a), (a, a)):
        with pytest.raises(actuals.MadeOfItself), transaction.atomic():
            consume(parent, child)


def test_undo_writes_the_reverse_and_keeps_the_past():
    raw, board = factories.received("RAW"), factories.received("BOARD")
    actual = consume(raw, board, "4")
    actuals.undo(actual=actual, reason="wrong lot scanned", by=by(), at=NOW)
    assert amounts(raw)["STOCK"] == 100
    assert (Link.objects.count(), MaterialActual.objects.count()) == (2, 1)
    assert [node.number for node in genealogy.trace(board).nodes] == ["BOARD"]
    with pytest.raises(actuals.AlreadyUndone):
        actuals.undo(actual=actual, reason="again", by=by(), at=NOW)


def test_split_keeps_amount_and_origin():
    lot = factories.received("L1", 10, supplier=factories.supplier(), supplier_lot="X9")
    part = lots.split(lot=lot, quantity=Decimal(4), source=STOCK, to=STOCK, reason="part", by=by(), at=NOW)
    assert (part.number, part.supplier_lot, amounts(part)["STOCK"], amounts(lot)["STOCK"]) == ("L1-1", "X9", 4, 6)
    assert {node.number for node in genealogy.trace(part, "upstream").nodes} == {"L1", "L1-1"}


def test_lot_numbers_are_given_once():
    factories.received("L1")
    with pytest.raises(lots.NumberTaken):
        factories.received("L1")


def test_expired_lot_is_not_issued():
    lot = factories.received("L1", 10, expires_at=NOW)
    with pytest.raises(moves.LotStopped) as refused:
        moves.move(lot=lot, quantity=Decimal(1), source=STOCK, to=Spot(Bucket.ISSUED, "OVEN"), by=by(), at=NOW)
    assert refused.value.facts == {"lot": "L1"}


def test_serial_stands_at_one_place():
    serial = lots.make(
        material=factories.material("BOX", tracking="SERIAL"), quantity=Decimal(1), number="S1", job_order="WO1",
        operation="TEST", site=factories.site(), by=by(), at=NOW,
    )
    visits.arrive(lot=serial, equipment=factories.station("TEST-1"), by=by(), at=NOW)
    with pytest.raises(visits.Elsewhere):
        visits.arrive(lot=serial, equipment=factories.station("TEST-2"), by=by(), at=NOW)
