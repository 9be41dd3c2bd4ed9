"""Counting what a problem reaches."""

import pytest

from tests.traceability import worlds
from traceability.models import Bucket, MaterialLot
from traceability.queries import impact
from traceability.queries.affected import Affected

pytestmark = pytest.mark.django_db


def test_downstream_counts_by_material_and_place(django_assert_num_queries) -> None:
    here = worlds.world()
    root, first, second = worlds.raw(here, "R"), worlds.made(here, "A"), worlds.made(here, "B")
    worlds.link(root, first)
    worlds.link(root, second)
    worlds.move(here, second, 1, Bucket.WIP, Bucket.STOCK)
    worlds.move(here, second, 1, Bucket.STOCK, Bucket.SHIPPED)
    MaterialLot.objects.filter(pk=first.pk).update(status="HELD", open_holds=1)
    with django_assert_num_queries(4):
        found = impact.downstream_counts([root.pk])
    assert found.affected == (Affected("CB-1", "控制板", "LOT", 2, 1),)
    assert [(row.bucket, row.lots) for row in found.placed] == [("SHIPPED", 1), ("WIP", 1), ("STOCK", 1)]
    assert (found.lots, found.held, found.in_bucket("SHIPPED")) == (2, 1, 1)


def test_downstream_counts_of_nothing() -> None:
    assert impact.downstream_counts([]).lots == 0
