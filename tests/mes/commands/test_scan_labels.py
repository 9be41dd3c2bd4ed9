"""A supplier's GS1 label at the station does what our own label does."""

import pytest

from plant.models import DeviceEvent, MaterialDefinition
from tests.mes import factories
from traceability.models import MaterialLot

pytestmark = pytest.mark.django_db
GTIN = "09521234543213"


def supplied() -> factories.World:
    world = factories.world()
    MaterialDefinition.objects.filter(pk=world.blank.material_id).update(gtin=GTIN[1:])
    MaterialLot.objects.filter(pk=world.blank.pk).update(supplier_lot="S-77")
    return world


@pytest.mark.parametrize("text", [
    f"]d201{GTIN}10S-77\x1d3010", f"https://id.gs1.org/01/{GTIN}/10/S-77", f"01{GTIN}10S-77",
])  # fmt: skip
def test_accept_takes_the_suppliers_label(text):
    world = supplied()

    outcome = world.scan(text)

    assert (outcome.outcome, outcome.kind, outcome.lot) == ("accepted", "material", world.blank.number)


@pytest.mark.parametrize(("text", "slug"), [
    (f"(01){GTIN}(17)200101(10)S-77", "label-expired"), (f"(01){GTIN}(10)S-78", "unknown-lot"),
    (f"]E0{GTIN[1:]}", "label-without-lot"), ("]E06901234567892", "unknown-gtin"),
])  # fmt: skip
def test_accept_refuses_a_label_and_keeps_it(text, slug):
    world = supplied()

    outcome = world.scan(text)

    assert (outcome.outcome, outcome.code) == ("refused", slug)
    assert DeviceEvent.objects.get().answer["message"] == outcome.message
