"""A lot that is just arriving at the machine while its lots are being held."""

from threading import Event

import pytest
from django.db import transaction

from plant import locks
from plant.models import Person
from tests.factories import NOW, station
from tests.qms import factories as make
from traceability.commands import visits
from traceability.models import LotStatus, MaterialLot

MOMENT = 0.4


def arrive_slowly(lot, oven, begun):
    """A scan that has not committed yet when the machine is judged."""
    by = Person.objects.get(number="OP")

    def act():
        with transaction.atomic():
            visits.arrive(lot=lot, equipment=oven, by=by, at=NOW)
            begun.set()
            Event().wait(MOMENT)

    return act


def judge(begun):
    def act():
        begun.wait(5)
        return make.contain()

    return act


def race(at_once):
    make.reaction()
    lot, oven, begun = make.board("B1", at_oven=False), station(), Event()
    make.persons.system("spc")
    at_once(arrive_slowly(lot, oven, begun), judge(begun))
    return MaterialLot.objects.get(pk=lot.pk).status


def test_containment_waits_for_who_is_arriving(at_once):
    assert race(at_once) == LotStatus.HELD


def test_without_the_seal_the_late_comer_slips_by(at_once, monkeypatch: pytest.MonkeyPatch):
    """The negative control."""
    monkeypatch.setattr(locks, "SEAL", "SELECT %s, %s::int[]")
    assert race(at_once) == LotStatus.AVAILABLE
