"""Holds stop lots and all that was made from them, and let go of nothing but their own cause."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from plant.models import Role
from tests import factories
from tests.factories import NOW
from traceability.commands import actuals, holds, lots, moves
from traceability.gate import Cause, Target
from traceability.models import Bucket, CauseKind, Hold, LotStatus, MaterialLot
from traceability.spots import Spot

pytestmark = pytest.mark.django_db
STOCK = Spot(Bucket.STOCK)
NCR = Cause(CauseKind.NONCONFORMANCE, "NCR1")
CAPA = Cause(CauseKind.CAPA, "CAPA1")


def engineer():
    return factories.person("QE", Role.QUALITY_ENGINEER, Role.WAREHOUSE)


def place(lot, cause=NCR):
    return holds.place(target=Target.lot(lot), cause=cause, reason="too hot", by=engineer(), at=NOW)


def made_from(parent, number):
    child = factories.received(number)
    actuals.consume(
        lot=parent, into=child, quantity=Decimal(1), source=STOCK, job_order="", operation="", equipment=None,
        by=engineer(), at=NOW,
    )
    return child


def test_place_twice_is_one_hold():
    lot = factories.received("L1")
    assert place(lot).pk == place(lot).pk
    lot.refresh_from_db()
    assert (lot.status, lot.open_holds) == (LotStatus.HELD, 1)


def test_place_reaches_every_descendant():
    raw = factories.received("RAW")
    board = made_from(raw, "BOARD")
    made_from(board, "BOX")
    factories.received("OTHER")
    place(raw)
    held = MaterialLot.objects.filter(status=LotStatus.HELD).order_by("number")
    assert [lot.number for lot in held] == ["BOARD", "BOX", "RAW"]


def test_place_without_reason_is_refused():
    with pytest.raises(holds.NoReason):
        holds.place(target=Target.lot(factories.received("L1")), cause=NCR, reason=" ", by=engineer(), at=NOW)


def test_release_one_cause_leaves_the_other():
    lot = factories.received("L1")
    place(lot), place(lot, CAPA)
    holds.release_cause(lot=lot, cause=NCR, reason="good after all", by=engineer(), at=NOW)
    lot.refresh_from_db()
    assert (lot.status, lot.open_holds) == (LotStatus.HELD, 1)
    holds.release_cause(lot=lot, cause=CAPA, reason="done", by=engineer(), at=NOW)
    lot.refresh_from_db()
    assert (lot.status, lot.open_holds) == (LotStatus.AVAILABLE, 0)


def test_release_twice_is_refused():
    hold = place(factories.received("L1"))
    holds.release(hold=hold, reason="ok", by=engineer(), at=NOW)
    with pytest.raises(holds.AlreadyReleased):
        holds.release(hold=hold, reason="ok", by=engineer(), at=NOW)


def test_held_lot_is_not_consumed_by_command_nor_by_sql():
    lot = factories.received("L1")
    place(lot)
    with pytest.raises(moves.LotStopped):
        moves.move(lot=lot, quantity=Decimal(1), source=STOCK, to=Spot(Bucket.ISSUED, "OVEN"), by=engineer(), at=NOW)
    sql = """INSERT INTO traceability_move (lot_id, from_bucket, from_place, to_bucket, to_place, quantity, job_order,
             operation, person_id, reason, at) VALUES (%s, 'STOCK', '', 'SHIPPED', '', 1, '', '', %s, '', now())"""
    with pytest.raises(DatabaseError, match="held"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, [lot.pk, engineer().pk])


def test_held_lot_may_be_scrapped():
    lot = factories.received("L1", 10)
    place(lot)
    moves.move(lot=lot, quantity=Decimal(10), source=STOCK, to=Spot(Bucket.SCRAP), by=engineer(), at=NOW)
    assert lot.balances.get(bucket=Bucket.SCRAP).quantity == 10


def test_check_free_names_hold_and_nonconformance():
    oven = factories.station("OVEN")
    target = Target.equipment(factories.line(), factories.site())
    holds.place(target=target, cause=NCR, reason="drift", by=engineer(), at=NOW)
    with pytest.raises(holds.Held) as refused:
        holds.check_free(equipment=[oven])
    assert refused.value.facts["nonconformance"] == "NCR1"


def test_received_lot_inherits_a_rule_hold():
    rule = Target.rule(factories.material(), factories.supplier(), factories.site())
    holds.place(target=rule, cause=CAPA, reason="supplier under watch", by=engineer(), at=NOW)
    assert factories.received("L1", supplier=factories.supplier()).pk in held_ids()
    assert factories.received("L2").pk not in held_ids()


def held_ids():
    return set(Hold.objects.filter(lot__isnull=False).values_list("lot_id", flat=True))


def test_split_of_a_held_lot_is_refused():
    lot = factories.received("L1")
    place(lot)
    with pytest.raises(moves.LotStopped):
        lots.split(lot=lot, quantity=Decimal(5), source=STOCK, to=STOCK, reason="part", by=engineer(), at=NOW)


def let_go(hold):
    return holds.release(hold=hold, reason="measured again, good", by=engineer(), at=NOW)


def held_now():
    return sorted(MaterialLot.objects.filter(status=LotStatus.HELD).values_list("number", flat=True))


def test_release_of_the_root_frees_what_it_spread_to():
    raw = factories.received("RAW")
    made_from(made_from(raw, "BOARD"), "BOX")
    hold = place(raw)

    let_go(hold)

    assert (held_now(), Hold.objects.filter(released_at=None).count()) == ([], 0)
    made_from(MaterialLot.objects.get(number="BOX"), "PALLET")


def test_release_of_the_root_leaves_other_causes_and_the_level_above():
    raw = factories.received("RAW")
    board = made_from(raw, "BOARD")
    made_from(board, "BOX")
    place(raw), place(board, CAPA)

    let_go(Hold.objects.get(lot=board, cause_id=NCR.id))

    assert held_now() == ["BOARD", "BOX", "RAW"]
    assert set(Hold.objects.filter(released_at=None).values_list("target_label", "cause_id")) == {
        ("RAW", "NCR1"), ("BOARD", "CAPA1"), ("BOX", "CAPA1"),
    }


def test_what_two_held_lots_went_into_goes_with_the_last():
    first, second, board = factories.received("A"), factories.received("B"), factories.received("BOARD")
    for parent in (first, second):
        actuals.consume(
            lot=parent, into=board, quantity=Decimal(1), source=STOCK, job_order="", operation="", equipment=None,
            by=engineer(), at=NOW,
        )
    made_from(board, "BOX")
    holds.contain(lots=[first, second], cause=NCR, reason="too hot", by=engineer(), at=NOW)

    steps = []
    for lot in (first, second):
        let_go(Hold.objects.get(lot=lot))
        steps.append(held_now())

    assert steps == [["B", "BOARD", "BOX"], []]
