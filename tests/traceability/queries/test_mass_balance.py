"""What came in of lots against where it is, and against what other records say."""

from decimal import Decimal

import pytest

from tests.mes import factories as floor
from tests.traceability import worlds
from traceability.models import Bucket
from traceability.queries import mass_balance

pytestmark = pytest.mark.django_db


def by_bucket(figures):
    return {one.bucket: one.quantity for one in figures}


def test_a_lot_that_was_consumed_adds_up(django_assert_num_queries):
    here = floor.world(quantity=10)
    here.ready(pieces=10)

    with django_assert_num_queries(7):
        balance = mass_balance.of_lots([here.screws.pk])[0]

    assert by_bucket(balance.came) == {"RECEIVED": Decimal(1000)}
    assert sum(by_bucket(balance.went).values()) == 1000
    assert (balance.differences, balance.missing, balance.percent) == ((), 0, 100)


def test_what_a_count_missed_and_what_no_link_explains_is_shown():
    here = worlds.world()
    lot = worlds.raw(here, "R", quantity=100)
    worlds.move(here, lot, 10, Bucket.STOCK, Bucket.LOST)
    worlds.move(here, lot, 20, Bucket.STOCK, Bucket.SHIPPED)

    balance = mass_balance.of_lots([lot.pk])[0]

    assert by_bucket(balance.went) == {"STOCK": 70, "SHIPPED": 20, "LOST": 10}
    assert [(str(one.label), one.difference) for one in balance.differences] == [("Shipped", Decimal(20))]
    assert (balance.missing, balance.percent) == (30, 70)


def test_a_past_moment_knows_nothing_of_later_moves():
    here = worlds.world()
    lot = worlds.raw(here, "R")
    before = worlds.NOON.replace(hour=1)

    assert mass_balance.of_lots([lot.pk], before) == ()
    assert mass_balance.of_lots([lot.pk], worlds.NOON)[0].total == 100
