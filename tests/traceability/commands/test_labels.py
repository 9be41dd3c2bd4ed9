"""Prints are counted, a second one has its reason, and a label is scanned back where it sticks."""

import pytest
from django.db import DatabaseError, connection, transaction

from mes.commands import goods_receipts, packing, unpacking
from plant.models import JournalEntry, Role
from plant.policies import Forbidden
from tests import factories as ground
from tests.factories import NOW
from tests.mes import packed as world
from traceability.commands import labels as commands
from traceability.models import LabelKind, LabelPrint, LabelTemplate, UnitKind
from traceability.queries import labels

pytestmark = pytest.mark.django_db
BASE = "http://plant/"


def printed(thing, reason="", by=None):
    form = labels.template(thing)
    drawing = labels.drawing(thing, form, BASE)
    who = by or world.packer()
    return commands.record_print(thing=thing, drawing=drawing, template=form, reason=reason, by=who, at=NOW)


def verify(thing, code):
    return commands.verify(thing=thing, code=code, by=world.packer(), at=NOW)


def lot():
    return labels.lot(world.goods("L1"))


def test_a_second_print_needs_its_reason_and_is_counted():
    thing = lot()
    printed(thing)
    with pytest.raises(commands.LabelRefused) as refused:
        printed(thing)
    again = printed(thing, "Torn")
    assert (refused.value.code, again.nth, again.reason) == ("no-reason", 2, "Torn")
    assert [entry.data["copy"] for entry in JournalEntry.objects.filter(kind="lot.printed").order_by("id")] == [1, 2]


def test_who_may_not_print_does_not():
    thing = lot()
    with pytest.raises(Forbidden):
        printed(thing, by=ground.person("VIEW", Role.VIEWER))


def test_an_open_carton_has_no_label_yet():
    carton = world.unit()
    world.pack(carton, world.goods("L1"))
    with pytest.raises(commands.LabelRefused) as refused:
        printed(labels.unit(carton))
    assert refused.value.code == "unit-open"


@pytest.mark.parametrize("code", ["L1", "]C0L1", "http://plant/l/L1", "]Q1http://plant/l/L1"])
def test_the_right_label_is_scanned_back(code):
    thing = lot()
    printed(thing)
    assert verify(thing, code).print.checked_by == world.packer()
    assert JournalEntry.objects.filter(kind="lot.verified").count() == 1


@pytest.mark.parametrize("code", ["L2", "http://plant/l/L2", "http://elsewhere/l/L1", "]C110L1", ""])
def test_a_wrong_label_stops_and_is_kept_as_news(code):
    thing = lot()
    printed(thing)
    done = verify(thing, code)
    assert (done.refusal.code, LabelPrint.objects.get().checked_at) == ("wrong-label", None)
    assert JournalEntry.objects.filter(kind="lot.mislabelled").count() == 1


def test_what_was_never_printed_can_not_be_scanned_back():
    assert verify(lot(), "L1").refusal.code == "not-printed"


@pytest.mark.parametrize("code", ["]C100{}", "00{}", "(00){}"])
def test_a_carton_is_scanned_back_by_its_sscc(code):
    thing = labels.unit(world.carton(world.goods("L1")))
    printed(thing)
    assert verify(thing, code.format(thing.number)).refusal is None


@pytest.fixture
def carton():
    """A closed carton of which a label is asked."""
    LabelTemplate.objects.create(
        kind=LabelKind.CARTON, symbology="GS1_128", width=105, height=74, needs_check=True
    )
    return world.carton(world.goods("L1"))


def refused(act):
    with pytest.raises(commands.LabelRefused) as refusal:
        act()
    return refusal.value.code


def test_a_carton_goes_on_only_with_its_label_scanned_back(carton):
    def goes_on():
        return goods_receipts.receive(code=carton.number, store=world.store(), by=world.packer(), at=NOW)

    assert refused(goes_on) == "not-labelled"
    printed(labels.unit(carton))
    assert refused(goes_on) == "not-labelled"
    verify(labels.unit(carton), f"]C100{carton.number}")
    assert goes_on() == 10


def test_no_pallet_and_no_truck_takes_an_unlabelled_carton(carton):
    pallet, shipment = world.unit(UnitKind.PALLET), world.shipment()
    assert refused(lambda: packing.load(pallet=pallet, carton=carton, by=world.packer(), at=NOW)) == "not-labelled"
    assert refused(lambda: world.pick(shipment, carton.number)) == "not-labelled"


def test_a_carton_that_was_opened_again_needs_a_new_label(carton):
    printed(labels.unit(carton))
    verify(labels.unit(carton), f"]C100{carton.number}")
    unpacking.reopen(unit=carton, reason="Count", by=world.packer(), at=NOW)
    later = NOW.replace(hour=NOW.hour + 1)
    closed = unpacking.close(unit=carton, by=world.packer(), at=later)
    assert refused(lambda: commands.check_labelled(closed)) == "not-labelled"


@pytest.mark.parametrize("sql", [
    "UPDATE traceability_labelprint SET reason = 'x'", "UPDATE traceability_labelprint SET nth = 9",
    "DELETE FROM traceability_labelprint",
    "UPDATE traceability_labelprint SET checked_at = now()",
])  # fmt: skip
def test_the_database_keeps_prints_as_they_were(sql):
    printed(lot())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
