"""Each checker is silent on sound facts, and names the row once somebody has gone past every wall."""

import io
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from plant.commands import journal
from tests.traceability import worlds
from tests.traceability.breaking import broken, no_walls, sql
from traceability.models import Bucket, Hold, Link, LotKind, MaterialActual, MaterialLot, Move

pytestmark = pytest.mark.django_db


def hold(here: worlds.World, lot: MaterialLot, cause: str = "NCR1", spread_from: Hold | None = None) -> Hold:
    MaterialLot.objects.filter(pk=lot.pk).update(open_holds=lot.open_holds + 1, status="HELD")
    lot.refresh_from_db()
    return Hold.objects.create(
        target_kind="LOT", target_id=str(lot.pk), target_label=lot.number, lot=lot, site=here.site, reason="drift",
        cause_kind="NONCONFORMANCE", cause_id=cause, placed_by=here.operator, placed_at=worlds.NOON,
        spread_from=spread_from,
    )


def consume(here: worlds.World, parent: MaterialLot, child: MaterialLot) -> MaterialActual:
    entry = worlds.move(here, parent, 1, Bucket.STOCK, Bucket.CONSUMED)
    edge = worlds.link(parent, child)
    return MaterialActual.objects.create(
        kind="CONSUMED", lot=parent, quantity=1, move=entry, link=edge, job_order="WO1", operation="SMT",
        person=here.operator, at=worlds.NOON,
    )


def family() -> tuple[worlds.World, MaterialLot, MaterialLot, MaterialActual]:
    """A raw lot of which one piece went into a board."""
    here = worlds.world()
    parent, child = worlds.raw(here, "R"), worlds.made(here, "B")
    return here, parent, child, consume(here, parent, child)


def test_sound_facts_pass_every_check() -> None:
    here, parent, child, _ = family()
    hold(here, child, spread_from=hold(here, parent))
    journal.record("lot.seen", subject=parent, by=here.operator)
    assert broken() == {}


def test_i01_names_the_move_of_a_held_lot() -> None:
    here = worlds.world()
    lot = worlds.raw(here, "R")
    hold(here, lot)
    with no_walls():
        wrong = worlds.move(here, lot, 1, Bucket.STOCK, Bucket.ISSUED)
        Move.objects.filter(pk=wrong.pk).update(at=worlds.NOON + timedelta(minutes=1))
    assert broken("I01") == {"I01 held-lots-stand": [str(wrong.pk)]}


def test_i01_lets_scrap_and_what_follows_the_release_pass() -> None:
    here = worlds.world()
    lot = worlds.raw(here, "R")
    standing = hold(here, lot)
    worlds.move(here, lot, 1, Bucket.STOCK, Bucket.SCRAP)
    end = {"released_by": here.operator, "released_at": worlds.NOON, "release_reason": "ok"}
    Hold.objects.filter(pk=standing.pk).update(**end)
    MaterialLot.objects.filter(pk=lot.pk).update(open_holds=0, status="AVAILABLE")
    worlds.move(here, lot, 1, Bucket.STOCK, Bucket.ISSUED)
    assert broken("I01") == {}


def test_i02_names_a_hold_that_came_from_nowhere() -> None:
    here, parent, _, _ = family()
    stranger = worlds.made(here, "X")
    wrong = hold(here, stranger, spread_from=hold(here, parent))
    assert broken("I02") == {"I02 spread-holds-have-their-origin": [str(wrong.pk)]}


def test_i03_names_every_free_descendant() -> None:
    here, parent, child, _ = family()
    grandchild = worlds.made(here, "S")
    with no_walls():
        worlds.link(child, grandchild)
    hold(here, parent)
    assert broken("I03") == {"I03 holds-reach-all-children": [str(child.pk), str(grandchild.pk)]}


def test_i03_stops_where_the_cause_was_released() -> None:
    here, parent, child, _ = family()
    freed = hold(here, child, spread_from=hold(here, parent))
    end = {"released_by": here.operator, "released_at": worlds.NOON, "release_reason": "use as is"}
    Hold.objects.filter(pk=freed.pk).update(**end)
    with no_walls():
        worlds.link(child, worlds.made(here, "S"))
    assert broken("I03") == {}


def test_i03_lets_what_was_made_between_two_holds_of_a_cause_pass() -> None:
    here, parent, child, _ = family()
    first = hold(here, parent)
    hold(here, child, spread_from=first)
    end = {"released_by": here.operator, "released_at": worlds.NOON, "release_reason": "rework"}
    Hold.objects.filter(pk=first.pk).update(**end)
    with no_walls():
        worlds.link(parent, worlds.made(here, "REWORK"))
    MaterialLot.objects.filter(pk=parent.pk).update(open_holds=0, status="AVAILABLE")
    parent.refresh_from_db()
    hold(here, parent)
    assert broken("I03") == {}


def test_i04_names_a_lot_that_counts_wrongly() -> None:
    here, parent, _, _ = family()
    hold(here, parent)
    MaterialLot.objects.filter(pk=parent.pk).update(open_holds=0, status="AVAILABLE")
    assert broken("I04") == {"I04 hold-counters-agree": [str(parent.pk)]}


def test_i08_names_a_balance_that_is_not_the_ledger() -> None:
    _, parent, _, _ = family()
    sql("UPDATE traceability_lotbalance SET quantity = 98 WHERE lot_id = %s AND bucket = 'STOCK'", parent.pk)
    assert broken("I08") == {"I08 balances-are-the-ledger": [str(parent.pk)]}


def test_i08_names_a_lot_whose_move_was_deleted() -> None:
    _, parent, _, actual = family()
    sql("DELETE FROM traceability_move WHERE id = %s", actual.move_id)
    assert broken("I08") == {"I08 balances-are-the-ledger": [str(parent.pk)] * 2}


def test_i09_names_a_balance_that_is_no_number() -> None:
    _, parent, _, _ = family()
    sql("ALTER TABLE traceability_lotbalance DROP CONSTRAINT balance_not_negative")
    sql("UPDATE traceability_lotbalance SET quantity = 'NaN' WHERE lot_id = %s AND bucket = 'STOCK'", parent.pk)
    wrong = parent.balances.get(bucket="STOCK").pk
    assert broken("I09") == {"I09 amounts-are-numbers": [str(wrong)]}


def test_i11_names_a_serial_at_two_machines() -> None:
    here = worlds.world()
    serial = worlds.made(here, "S", kind=LotKind.SERIAL)
    sql("ALTER TABLE traceability_visit DROP CONSTRAINT visit_serial_one_place")
    first = worlds.visit(here, serial, here.oven, 0)
    worlds.visit(here, serial, here.aoi, 5)
    assert broken("I11") == {"I11 a-serial-is-one-piece-at-one-place": [str(first.pk)]}


def test_i12_names_a_number_given_twice() -> None:
    here = worlds.world()
    first = worlds.raw(here, "R")
    worlds.raw(here, "R ")
    assert broken("I12") == {"I12 numbers-are-given-once": [str(first.pk)]}


@pytest.mark.parametrize("table", ["materialactual", "link", "move"])
def test_i16_names_what_is_left_when_one_of_three_is_gone(table: str) -> None:
    _, _, _, actual = family()
    ids = {"materialactual": actual.pk, "link": actual.link_id, "move": actual.move_id}
    sql(f"DELETE FROM traceability_{table} WHERE id = %s", ids[table])
    left = {"materialactual": {actual.move_id, actual.link_id}, "link": {actual.pk}, "move": {actual.pk}}
    assert set(broken("I16")["I16 every-consumption-is-whole"]) == {str(key) for key in left[table]}


def test_i17_names_the_lots_of_a_circle() -> None:
    here = worlds.world()
    lots = [worlds.made(here, number) for number in ("A", "B", "C", "D")]
    with no_walls():
        for parent, child in ((0, 1), (1, 2), (2, 0), (2, 3)):
            worlds.link(lots[parent], lots[child])
    assert set(broken("I17")["I17 nothing-is-made-of-itself"]) == {str(lot.pk) for lot in lots[:3]}


def test_i18_names_an_undoing_that_is_not_a_mirror() -> None:
    _, _, _, actual = family()
    back = worlds.undo(actual.link)
    sql("UPDATE traceability_link SET quantity = 7 WHERE id = %s", back.pk)
    assert broken("I18") == {"I18 undoing-mirrors-what-it-undoes": [str(back.pk)]}


def test_i21_names_an_event_without_an_answer() -> None:
    sql(
        "INSERT INTO plant_deviceevent (device, event_id, request_hash, outcome, at)"
        " VALUES ('T1', gen_random_uuid(), '', '', %s)", worlds.NOON,
    )
    assert len(broken("I21")["I21 every-accepted-scan-is-answered"]) == 1


def test_i27_names_the_stream_of_a_changed_entry() -> None:
    here, parent, _, _ = family()
    journal.record("lot.seen", subject=parent, by=here.operator)
    sql("UPDATE plant_journalentry SET reason = 'nothing happened' WHERE subject_id = %s", str(parent.pk))
    assert broken("I27") == {"I27 the-journal-is-an-unbroken-chain": [f"materiallot:{parent.pk}"]}


def test_i27_names_the_stream_whose_tail_was_cut() -> None:
    here, parent, _, _ = family()
    for kind in ("lot.seen", "lot.moved"):
        journal.record(kind, subject=parent, by=here.operator)
    sql("DELETE FROM plant_journalentry WHERE kind = 'lot.moved'")
    assert broken("I27") == {"I27 the-journal-is-an-unbroken-chain": [f"materiallot:{parent.pk}"]}


def test_i36_names_a_target_held_twice_by_one_cause() -> None:
    here = worlds.world()
    lot = worlds.raw(here, "R")
    sql("DROP INDEX hold_open_once")
    first, _ = hold(here, lot), hold(here, lot)
    assert broken("I36")["I36 one-open-hold-per-cause"] == [str(first.pk)]


def test_i38_names_a_reading_from_the_future() -> None:
    at = timezone.now() + timedelta(hours=2)
    sql("INSERT INTO traceability_reading (stream_id, at, seq, value, quality, source) VALUES (7, %s, 0, 1, 0, 0)", at)
    assert broken("I38") == {"I38 a-reading-without-a-value-is-not-good": ["7"]}


def test_the_table_names_the_rule_and_the_rows() -> None:
    here, parent, _, _ = family()
    hold(here, parent)
    MaterialLot.objects.filter(pk=parent.pk).update(open_holds=0, status="AVAILABLE")
    out = io.StringIO()
    with pytest.raises(SystemExit, match="1"):
        call_command("check_invariants", "I04", stdout=out)
    assert f"id {parent.pk}: lot R counts 0 holds, has 1 and is AVAILABLE" in out.getvalue()
    assert Link.objects.count() == 1
