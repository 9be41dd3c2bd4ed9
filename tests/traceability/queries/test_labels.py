"""How a label looks: by the template that says most, with what its lines stand for."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.translation import override

from plant.models import MaterialDefinition
from tests import factories as ground
from tests.factories import NOW
from tests.mes import packed as world
from traceability import labelling
from traceability.models import LabelKind, LabelTemplate, Symbology
from traceability.queries import labels
from traceability.queries.labels import NoLabel

pytestmark = pytest.mark.django_db
GTIN = "09521234543213"
BASE = "http://plant.example/"


def lot(**more):
    made = ground.received("L1", supplier_lot="S-77", expires_at=NOW + timedelta(days=30), **more)
    MaterialDefinition.objects.filter(pk=made.material_id).update(gtin=GTIN)
    made.material.refresh_from_db()
    return labels.lot(made)


def template(**fields):
    return LabelTemplate.objects.create(**{"kind": LabelKind.LOT, **fields})


@pytest.mark.parametrize(("rows", "best"), [("", None), ("a", "a"), ("am", "m"), ("amc", "c"), ("amcb", "b")])
def test_the_template_that_says_most_counts(rows, best, monkeypatch):
    customer, thing = world.customer(), lot()
    monkeypatch.setattr(labelling, "_sources", [lambda lots: {one.pk: customer for one in lots}])
    whose = {"a": {}, "m": {"material": thing.material}, "c": {"customer": customer},
             "b": {"material": thing.material, "customer": customer}}
    made = {name: template(**whose[name]) for name in rows}
    template(kind=LabelKind.SERIAL), template(customer=world.customer("C-OTHER"))
    assert labels.template(labels.lot(thing.row)) == (made[best] if best else None)


@pytest.mark.parametrize(("symbology", "data"), [
    (Symbology.CODE128, "L1"), (Symbology.QR, "http://plant.example/l/L1"), (Symbology.DATAMATRIX, "L1"),
    (Symbology.GS1_128, f"01{GTIN}1726040110L1"), (Symbology.GS1_DATAMATRIX, f"01{GTIN}1726040110L1"),
])  # fmt: skip
def test_each_symbol_carries_what_it_says(symbology, data):
    drawn = labels.drawing(lot(), template(symbology=symbology, width=90), BASE)
    assert drawn.data == {symbology: data}


def test_a_carton_carries_its_sscc_and_names_what_lies_in_it():
    carton = world.carton(world.goods("L1"))
    drawn = labels.drawing(labels.unit(carton), None, BASE)
    assert drawn.data == {Symbology.GS1_128: f"00{carton.number}"}
    assert [words.text for words in drawn.words] == [f"(00){carton.number}", "Carton · Site", "BOARD BOARD", "10 pcs",
                                                     "L1"]


def test_lines_are_in_the_language_of_the_template():
    thing = lot()
    with override("en"):
        texts = [words.text for words in labels.drawing(thing, template(language="zh-hans"), BASE).words]
    assert "L1" in texts
    assert not any("Supplier" in text for text in texts)


def test_own_lines_and_an_empty_one_is_left_away():
    form = template(lines="{number} / {code}\nOrder {order}\nfixed", width=90)
    assert [words.text for words in labels.drawing(lot(), form, BASE).words] == ["L1 / PCB", "fixed"]


def test_a_line_may_not_ask_for_what_nobody_knows():
    with pytest.raises(ValidationError, match="price"):
        LabelTemplate(kind=LabelKind.LOT, lines="{price}").full_clean()


def test_gs1_needs_a_trade_item_number():
    thing = labels.lot(ground.received("L1"))
    with pytest.raises(NoLabel) as refused:
        labels.drawing(thing, template(symbology=Symbology.GS1_128), BASE)
    assert refused.value.code == "no-gtin"


@pytest.mark.parametrize(("fields", "code"), [
    ({"symbology": Symbology.GS1_128, "width": 40}, "no-room"), ({"lines": "x\n" * 40}, "no-room"),
])  # fmt: skip
def test_what_does_not_fit_is_told(fields, code):
    with pytest.raises(NoLabel) as refused:
        labels.drawing(lot(), template(**fields), BASE)
    assert refused.value.code == code


@pytest.mark.parametrize("sort", ["material", "equipment", "station"])
def test_places_and_materials_have_labels(sort):
    ground.station("OVEN"), ground.material("PCB")
    number = "PCB" if sort == "material" else "OVEN"
    thing = labels.find(sort, number, ground.person("LEAD", "TEAM_LEADER"))
    assert set(labels.drawing(thing, None, BASE).data) == {Symbology.QR, Symbology.CODE128}


@pytest.mark.parametrize("fields", [
    {"width": 5}, {"pieces": 0}, {"symbology": Symbology.QR, "beside": Symbology.QR},
    {"kind": LabelKind.MATERIAL, "needs_check": True},
    {"kind": LabelKind.STATION, "symbology": Symbology.GS1_128},
])  # fmt: skip
def test_the_database_refuses_a_template_that_makes_no_label(fields):
    with pytest.raises(IntegrityError):
        template(**fields)


def test_only_one_template_of_a_kind_for_everything():
    template()
    with pytest.raises(IntegrityError):
        template()
