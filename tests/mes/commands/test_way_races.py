"""Two stations at once on one lot of a routing that branches."""

from threading import Barrier

from django.db import connection

from mes.commands import outputs, taking
from mes.models import LotWay
from mes.queries.routings import Routing
from plant.models import Tracking
from tests.mes.ways_world import done, world
from traceability.models import MaterialLot, Visit


def begun(found, first, second, at_once, lot=0):
    number = found.outputs[lot].number
    answers = at_once(lambda: found.scan(number, first), lambda: found.scan(number, second))
    return sorted(answer.outcome for answer in answers)


def test_of_two_alternatives_started_at_once_one_wins(at_once):
    found = world(quantity=30)
    for lot in range(3):
        done(found, "CUT", "DRILL", "BRUSH", "MARK", lot=lot)

    for lot in range(3):
        assert begun(found, "LASER", "GLUE", at_once, lot) == ["accepted", "refused"]
        number = found.outputs[lot].number
        chosen = LotWay.objects.get(lot__number=number, group="JOIN").turns
        assert [visit.operation for visit in Visit.objects.filter(lot__number=number, during__upper_inf=True)] == chosen


def test_without_the_locks_and_the_choice_both_begin(at_once, monkeypatch):
    """The negative control: nothing but these keeps a lot from two alternatives at once."""
    found = world(quantity=10)
    done(found, "CUT", "DRILL", "BRUSH", "MARK")
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE traceability_visit DISABLE TRIGGER zz_begins")
    try:
        monkeypatch.setattr(outputs.feeding, "lock_with_ready", lambda bench, lot: MaterialLot.objects.get(pk=lot.pk))
        monkeypatch.setattr(Routing, "instead_of", lambda self, segment: (segment,))  # each locks its own only
        both = Barrier(2, timeout=30)
        monkeypatch.setattr(taking, "take", lambda *args, **more: both.wait())
        assert "refused" not in begun(found, "LASER", "GLUE", at_once)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE traceability_visit ENABLE TRIGGER zz_begins")


def test_a_serial_is_at_one_of_two_operations_in_any_order(at_once):
    found = world(quantity=1, tracking=Tracking.SERIAL)
    done(found, "CUT")

    assert begun(found, "DRILL", "MARK", at_once) == ["accepted", "refused"]
    assert Visit.objects.filter(during__upper_inf=True).count() == 1
