"""That a lot is called back: told from its declaration on, until its recall ends, and for good in its recall."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.traceability import worlds
from traceability.models import Certainty, RecalledLot, RecallNotice
from traceability.queries import recalls

pytestmark = pytest.mark.django_db
LATER = worlds.NOON + timedelta(days=1)


def notice(number="RCL1", since_at=worlds.NOON):
    return RecallNotice.objects.create(number=number, text="Do not use.", text_zh="请勿使用。", since_at=since_at)


def test_a_draft_is_told_to_nobody_and_the_oldest_open_recall_counts(django_assert_num_queries):
    here = worlds.world()
    lot, other = worlds.raw(here, "A"), worlds.raw(here, "B")
    RecalledLot.objects.create(notice=notice("DRAFT", None), lot=other)
    for number, since_at in (("NEW", LATER), ("OLD", worlds.NOON)):
        RecalledLot.objects.create(notice=notice(number, since_at), lot=lot, certainty=Certainty.POSSIBLE)

    with django_assert_num_queries(1):
        found = recalls.open_for([lot.pk, other.pk])

    assert found == {lot.pk: recalls.Recalled("OLD", worlds.NOON, "Do not use.", "请勿使用。", is_possible=True)}


def test_an_ended_recall_is_told_no_more_and_never_begins_anew():
    lot, one = worlds.raw(worlds.world(), "A"), notice()
    RecalledLot.objects.create(notice=one, lot=lot)
    RecallNotice.objects.filter(pk=one.pk).update(until_at=LATER)
    assert recalls.open_for([lot.pk]) == {}
    with pytest.raises(DatabaseError, match="stays as it was"), transaction.atomic():
        RecallNotice.objects.filter(pk=one.pk).update(until_at=None)


def test_no_lot_leaves_a_declared_recall():
    lot, one = worlds.raw(worlds.world(), "A"), notice()
    row = RecalledLot.objects.create(notice=one, lot=lot)
    with pytest.raises(DatabaseError, match="stays in its recall"), transaction.atomic():
        row.delete()
    assert recalls.open_for([lot.pk]).keys() == {lot.pk}
