"""What is made of recalled lots joins their recall in the transaction of its link, however many do so at once."""

import threading

import pytest
from django.db import connection, transaction

from qms.commands import recalls
from qms.queries import recalls as reading
from tests.factories import NOW
from tests.mes import packed, recalled
from tests.mes.recalled import let_go, lot
from tests.qms import factories as make
from tests.traceability.worlds import link, undo
from traceability.models import Certainty, LotStatus

MOMENT = 0.4


def members(one):
    return dict(one.notice.lots.values_list("lot__number", "certainty"))


@pytest.mark.django_db
def test_what_is_made_of_a_recalled_lot_comes_in_with_what_was_made_of_that_already():
    recalled.world()
    one = recalled.declared()
    let_go("G2")
    deep, part = packed.goods("DEEP"), packed.goods("PART")
    link(part, deep)

    link(lot("G2"), part, certainty=Certainty.POSSIBLE)

    assert members(one) == {"RAW": "EXACT", "G1": "EXACT", "G2": "EXACT", "PART": "POSSIBLE", "DEEP": "POSSIBLE"}
    assert {row.number for row in reading.undecided(one)} == {"PART", "DEEP"}
    recalls.look_again(recall=one, by=recalled.engineer(), at=NOW)
    assert (lot("PART").status, lot("DEEP").status) == (LotStatus.HELD, LotStatus.HELD)


@pytest.mark.django_db
def test_drafts_drills_and_what_is_over_do_not_grow_and_a_link_taken_back_brings_nothing():
    recalled.world()
    drill = recalled.scoped(recalled.draft("DRILL"))
    draft = recalled.scoped()
    recalls.declare(recall=drill, by=recalled.engineer(), at=NOW)
    wrong = link(lot("G2"), packed.goods("LATE"))
    undo(wrong)
    assert ("LATE" in members(drill), "LATE" in members(draft)) == (False, False)

    one = recalled.declared(draft)
    let_go("G2")
    undone = link(lot("G2"), packed.goods("TAKEN"))
    undo(undone)
    assert "TAKEN" in members(one)  # what stood in a declared recall once never leaves it


def made_at_once(at_once):
    """G2 goes into a part, not yet committed, while the same part goes into something else."""
    recalled.world()
    one = recalled.declared()
    let_go("G2")
    part, deep, begun = packed.goods("PART"), packed.goods("DEEP"), threading.Event()

    def first():
        with transaction.atomic():
            link(lot("G2"), part)
            begun.set()
            threading.Event().wait(MOMENT)

    def second():
        begun.wait(5)
        link(part, deep)

    at_once(first, second)
    return set(members(one))


def test_two_links_at_once_lose_none(at_once):
    assert made_at_once(at_once) == {"RAW", "G1", "G2", "PART", "DEEP"}


def test_without_the_gate_of_links_one_is_lost(at_once):
    """The negative control."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE traceability_link DISABLE TRIGGER zz_gate")
    try:
        assert "DEEP" not in made_at_once(at_once)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE traceability_link ENABLE TRIGGER zz_gate")


@pytest.mark.django_db
def test_pieces_parted_from_a_recalled_lot_are_in_the_recall_and_held():
    recalled.world()
    one = recalled.declared()

    make.dispose(one.nonconformance, (lot("G2"), "REPAIR", 4))

    part = lot("G2-1")
    assert (members(one)["G2-1"], part.status) == ("EXACT", LotStatus.HELD)
