"""Repair: a part out and another in, both kept; the genealogy of every moment stays right."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from plant.errors import Refusal
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories
from traceability.commands import holds, repairs
from traceability.gate import Cause, Target
from traceability.models import CauseKind, LotBalance, MaterialActual, MaterialLot, PlaceKind, Replacement, StoragePlace
from traceability.queries import as_built, genealogy

pytestmark = pytest.mark.django_db
LATER, LATEST = NOW + timedelta(hours=1), NOW + timedelta(hours=2)


@pytest.fixture
def unit():
    """One board of a blank and two screws, mounted."""
    world = factories.world(1)
    world.ready(1)
    world.scan(world.outputs[0].number)
    return world.outputs[0]


def screws(unit):
    return MaterialActual.objects.get(link__child=unit, lot__number="SCREW-1", link__reversed_by__isnull=True)


def replace(unit, part=None, went="SCRAP", store=None, at=LATER, **more):
    by = ground.person("LEAD", "TEAM_LEADER")
    return repairs.replace(
        actual=screws(unit), went=went, reason="Stripped", part=part, store=store, by=by, at=at, **more
    )


def fresh_screws(**more):
    return ground.received("SCREW-2", 5, material=ground.material("SCREW"), **more)


def place(code, kind):
    made = ground.station(code)
    type(made).objects.filter(pk=made.pk).update(stores_material=True)
    StoragePlace.objects.create(equipment=made, kind=kind)
    return type(made).objects.get(pk=made.pk)


def inside(unit, at):
    return sorted(part.actual.lot.number for part in as_built.of_unit(unit, at)[0])


def amounts(number):
    rows = LotBalance.objects.filter(lot__number=number, quantity__gt=0)
    return {(row.bucket, row.place): row.quantity for row in rows}


def test_one_out_and_another_in_and_both_histories_stay(unit):
    made = replace(unit, fresh_screws())

    assert inside(unit, LATEST) == ["PCB-1", "SCREW-2"]
    assert inside(unit, NOW) == ["PCB-1", "SCREW-1"]
    gone = as_built.of_unit(unit, LATEST)[1]
    assert [(part.actual.lot.number, part.out_at, part.replacement.reason) for part in gone] == [
        ("SCREW-1", LATER, "Stripped")
    ]
    assert made.put_in.lot.number == "SCREW-2"


def test_the_genealogy_is_right_for_every_moment(unit):
    replace(unit, fresh_screws())

    def parents(at):
        return {node.number for node in genealogy.trace(unit, "upstream", as_of=at).upstream}

    assert parents(NOW) == {"PCB-1", "SCREW-1"}
    assert parents(LATEST) == {"PCB-1", "SCREW-2"}


def test_scrapped_it_leaves_the_stock(unit):
    replace(unit, fresh_screws())

    assert amounts("SCREW-1") == {("STOCK", ""): 998, ("SCRAP", "MOUNT"): 2}
    assert amounts("SCREW-2") == {("STOCK", ""): 3, ("CONSUMED", "MOUNT"): 2}


def test_back_in_the_store_it_is_a_lot_of_its_own(unit):
    made = replace(unit, went="STOCK", store=place("SHELF", PlaceKind.STORE))

    assert made.part.number == "SCREW-1-1"
    assert amounts("SCREW-1-1") == {("STOCK", "SHELF"): 2}
    assert made.put_in is None


def test_in_blocked_stock_it_is_held(unit):
    made = replace(unit, went="BLOCKED", store=place("CAGE", PlaceKind.BLOCKED))

    assert MaterialLot.objects.get(pk=made.part.pk).open_holds == 1
    assert MaterialLot.objects.get(number="SCREW-1").open_holds == 0


@pytest.mark.parametrize(("went", "kind"), [("STOCK", PlaceKind.BLOCKED), ("BLOCKED", PlaceKind.STORE), ("STOCK", "")])
def test_it_goes_where_it_belongs(unit, went, kind):
    with pytest.raises(Refusal, match="Say where the part is put"):
        replace(unit, went=went, store=place("P", kind) if kind else None)

    assert inside(unit, LATEST) == ["PCB-1", "SCREW-1"]


def test_another_material_or_a_held_part_is_refused(unit):
    with pytest.raises(Refusal, match="Take one of the same material"):
        replace(unit, ground.received("NUT-1", 5, material=ground.material("NUT")))
    part = fresh_screws()
    hold(part)
    with pytest.raises(Refusal, match="SCREW-2"):
        replace(unit, part)

    assert (Replacement.objects.count(), inside(unit, LATEST)) == (0, ["PCB-1", "SCREW-1"])


def hold(lot):
    by = ground.person("QE", "QUALITY_ENGINEER")
    holds.place(target=Target.lot(lot), cause=Cause(CauseKind.PERSON, "x"), reason="Bent", by=by, at=NOW)


def test_a_held_part_can_only_be_scrapped(unit):
    hold(screws(unit).lot)
    with pytest.raises(Refusal):
        replace(unit, went="STOCK", store=place("SHELF", PlaceKind.STORE))

    assert replace(unit, went="SCRAP").went == "SCRAP"


def test_too_little_of_the_new_part_changes_nothing(unit):
    short = ground.received("SCREW-3", 1, material=ground.material("SCREW"))
    with pytest.raises(Refusal, match="less than 2"):
        replace(unit, short)

    assert (inside(unit, LATEST), amounts("SCREW-3")) == (["PCB-1", "SCREW-1"], {("STOCK", ""): Decimal(1)})


def test_the_page_shows_it_and_replaces(client, unit):
    fresh_screws()
    client.force_login(ground.person("LEAD", "TEAM_LEADER"))
    form = {"out": screws(unit).pk, "reason": "Stripped", "went": "SCRAP", "store": "", "part": "SCREW-2"}

    assert client.post(reverse("traceability:lot-part-replace", args=[unit.number]), form).status_code == 302
    page = client.get(reverse("traceability:lot-as-built", args=[unit.number])).content.decode()
    assert "SCREW-2" in page
    assert "Stripped" in page
    then = client.get(reverse("traceability:lot-as-built", args=[unit.number]), {"at": "2020-01-01T00:00"})
    assert "没有部件" in then.content.decode()
