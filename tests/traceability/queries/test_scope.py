"""What a start reaches: surely, perhaps, not; now and as of a moment; and what a narrower criterion lets go."""

from datetime import timedelta

import pytest
from psycopg2.extras import DateTimeTZRange

from plant.models import Partner, PartnerKind, Role
from tests.traceability import worlds
from traceability import starting
from traceability.models import Bucket, Certainty, Visit
from traceability.queries import scope, scope_rows
from traceability.starting import Asked

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def here():
    return worlds.world()


def stay(here, lot, hours=0, equipment=None):
    begun = worlds.NOON + hours * HOUR
    return Visit.objects.create(
        lot=lot, is_serial=False, equipment=equipment or here.oven, during=DateTimeTZRange(begun, begun + HOUR),
        person=here.operator, operation="SMT",
    )


def test_possible_links_make_what_lies_behind_them_perhaps_affected(here):
    root = worlds.raw(here, "R")
    sure, maybe, behind, beside = (worlds.made(here, name) for name in "SMBX")
    worlds.link(root, sure)
    worlds.link(root, maybe, certainty=Certainty.POSSIBLE)
    worlds.link(maybe, behind)

    found = scope.reach(Asked("lot", "R"))

    assert found.affected == {root.pk, sure.pk}
    assert found.possible == {maybe.pk, behind.pk}
    assert found.safe == {beside.pk}


def test_a_diamond_counts_once_and_an_exact_way_beats_a_possible_one(here):
    root = worlds.raw(here, "R")
    left, right, end = (worlds.made(here, name) for name in "LRE"[0:1] + "QE")
    for child in (left, right):
        worlds.link(root, child)
    worlds.link(left, end, certainty=Certainty.POSSIBLE)
    worlds.link(right, end)

    found = scope.reach(Asked("lot", "R"))

    assert (len(found.affected), found.possible) == (4, frozenset())


def test_a_narrower_criterion_keeps_what_both_reach(here):
    root, first, second = worlds.raw(here, "R"), worlds.made(here, "A"), worlds.made(here, "B")
    worlds.link(root, first)
    worlds.link(root, second)
    stay(here, first)
    stay(here, second, hours=5)
    window = {"from_at": worlds.NOON, "to_at": worlds.NOON + 2 * HOUR}

    found = scope.reach(Asked("supplier-lot", "SL-1"), Asked("equipment", "OVEN1", **window))

    assert (found.affected, found.dropped) == (frozenset({first.pk}), 2)
    assert second.pk in found.safe


def test_as_of_a_past_moment_later_links_and_moves_are_not_there(here):
    root, child = worlds.raw(here, "R"), worlds.made(here, "A")
    worlds.link(root, child, minutes=60)
    worlds.move(here, child, 1, Bucket.WIP, Bucket.STOCK)

    then = scope.reach(Asked("lot", "R"), as_of=worlds.NOON)
    late = scope.reach(Asked("lot", "R"), as_of=worlds.NOON + 2 * HOUR)

    assert (then.affected, late.affected) == ({root.pk}, {root.pk, child.pk})
    assert [(one.where, one.quantity) for one in scope.counted(late)] == [("STOCK", 1), ("STOCK", 100)]


def test_rows_are_narrowed_and_strangers_are_told_without_details(here):
    root, child = worlds.raw(here, "R"), worlds.made(here, "A")
    worlds.link(root, child)
    found = scope.reach(Asked("lot", "R"))
    rows = scope_rows.page(found, here.operator, most=10, where="WIP")
    assert [(row.number, row.verdict, row.quantity) for row in rows] == [("A", "AFFECTED", 1)]

    far = worlds.Equipment.objects.create(code="FAR", name="Far", level="SITE")
    stranger = worlds.person("9", Role.QUALITY_ENGINEER)
    stranger.site = far
    stranger.save()

    assert [row.is_elsewhere for row in scope_rows.page(found, stranger, most=10)] == [True, True]


def test_a_partner_is_told_nothing(here):
    supplier = worlds.person("S", Role.SUPPLIER)
    supplier.partner = Partner.objects.create(code="X", name="X", kind=PartnerKind.SUPPLIER)
    supplier.save()
    assert not scope.may_know(supplier)
    assert scope.may_know(here.operator)


@pytest.mark.parametrize("asked", [Asked(), Asked("lot"), Asked("nothing", "x"), Asked("lot", "NO-SUCH-LOT")])
def test_a_question_that_nobody_can_answer_is_refused(asked, here):
    with pytest.raises((starting.Unasked, scope.starting.Refusal)):
        scope.reach(asked)


def test_a_question_survives_being_kept():
    asked = Asked("equipment", "OVEN1", "", worlds.NOON, None, 1.5, None)
    assert Asked.of(asked.kept()) == asked
    assert Asked.of({"low": "nan", "from_at": "never"}) == Asked()
