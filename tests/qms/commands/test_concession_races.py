"""Two at once and one piece left: it is used once; without the lock and the check it would be used twice."""

from datetime import timedelta
from decimal import Decimal

from django.db import connection

from plant.errors import Refusal
from qms.commands import concessions
from qms.models import Concession, ConcessionUse
from tests.factories import NOW, received
from tests.qms import factories as make
from tests.qms.commands.test_decisions import approved
from traceability.models import MaterialLot

NAIVE = """
CREATE OR REPLACE FUNCTION zz_concession_use_within() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE already numeric;
BEGIN
  SELECT used INTO already FROM qms_concession WHERE id = NEW.concession_id;
  PERFORM pg_sleep(0.3);
  UPDATE qms_concession SET used = already + NEW.quantity WHERE id = NEW.concession_id;
  RETURN NEW;
END $$;
"""
KEPT = "SELECT pg_get_functiondef('zz_concession_use_within'::regproc)"


def world():
    lot = MaterialLot.objects.get(pk=received("R1", 10).pk)
    made = concessions.ask(
        title="Scratches", reason="Not seen", material=lot.material, site=lot.site, quantity=Decimal(1),
        valid_from=NOW - timedelta(days=1), valid_to=NOW + timedelta(days=9), by=make.engineer(), at=NOW,
    )
    make.engineer("QE2")
    return lot, approved(made)


def use(lot, given):
    def act():
        return concessions._use(given, lot, Decimal(1), None, make.engineer(), NOW)
    return act


def test_the_last_piece_is_used_once(at_once):
    lot, given = world()

    results = at_once(*[use(lot, given)] * 4)

    refused = [one for one in results if isinstance(one, Refusal)]
    assert (len(refused), ConcessionUse.objects.count(), Concession.objects.get().used) == (3, 1, 1)


def test_without_the_lock_it_is_used_more_than_once(at_once):
    lot, given = world()
    with connection.cursor() as cursor:
        cursor.execute(KEPT)
        kept = cursor.fetchone()[0]
        cursor.execute(NAIVE)
    try:
        at_once(*[use(lot, given)] * 4)
        assert ConcessionUse.objects.count() > 1
    finally:
        with connection.cursor() as cursor:
            cursor.execute(kept)
