"""Which lot a GS1 label names: ours, or the supplier's of the trade item; else why not, and what to do."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import override_settings
from django.utils.translation import override

from mes.queries import codes, gs1_labels
from plant.errors import Refusal
from plant.models import MaterialDefinition
from tests import factories as ground
from tests.factories import NOW
from traceability.commands import moves
from traceability.models import Bucket, MaterialLot
from traceability.spots import Spot

pytestmark = pytest.mark.django_db
GTIN = "09521234543213"
YESTERDAY = f"{NOW - timedelta(days=1):%y%m%d}"


def reel(number: str = "L1", supplier_lot: str = "", gtin: str = GTIN, **more) -> MaterialLot:
    """A received lot, its material under a trade item number."""
    lot = ground.received(number, supplier_lot=supplier_lot, **more)
    MaterialDefinition.objects.filter(pk=lot.material_id).update(gtin=gtin)
    return lot


def refusal(text: str) -> Refusal:
    with pytest.raises(Refusal) as refused:
        codes.look_up(text, NOW)
    return refused.value


@pytest.mark.parametrize("text", [
    f"]C101{GTIN}10L1", f"]d201{GTIN}21L1", f"(01){GTIN}(10)L1", f"https://id.gs1.org/01/{GTIN}/10/L1", f"01{GTIN}10L1",
    f"]Q301{GTIN}10OTHER\x1d21L1", "]C110L1", "L1", "]C0L1", "http://plant/l/L1/",
])  # fmt: skip
def test_our_own_number_in_every_form(text):
    lot = reel()
    assert codes.look_up(text, NOW) == lot


@pytest.mark.parametrize("gtin", [GTIN, GTIN[1:]])
@pytest.mark.parametrize("text", [f"]C101{GTIN}10S-77", f"https://a/01/{GTIN}/21/S-77", f"]d202{GTIN}375\x1d10S-77"])
def test_suppliers_number_with_its_trade_item(text, gtin):
    lot = reel(supplier_lot="S-77", gtin=gtin)
    assert codes.look_up(text, NOW) == lot


def test_suppliers_number_that_is_one_of_ours_by_chance():
    ours, theirs = reel("A1", gtin=""), reel("L2", supplier_lot="A1", material=ground.material("SCREW"))
    assert codes.look_up(f"(01){GTIN}(10)A1", NOW) == theirs
    assert codes.look_up("A1", NOW) == ours


def test_a_lot_of_a_material_that_the_label_does_not_name():
    reel("A1", gtin=""), reel("L2", material=ground.material("SCREW"))
    assert refusal(f"(01){GTIN}(10)A1").code == "label-contradicts"


def test_logistic_unit():
    lot = reel(supplier_lot="095212345678900009")
    assert codes.look_up("]C100095212345678900009", NOW) == lot


def test_a_number_of_ours_that_looks_like_an_ean():
    lot = reel("02345673")
    assert codes.look_up("02345673", NOW) == lot


@pytest.mark.parametrize(("text", "slug"), [
    ("(01)00000002345673(10)L1", "label-contradicts"), ("(01)06901234567892(10)X", "unknown-gtin"),
    ("6901234567892", "unknown-code"), (GTIN, "label-without-lot"),
    (f"]E0{GTIN[1:]}", "label-without-lot"), ("]d2400ORDER", "label-without-lot"),
    (f"(01){GTIN}(10)X", "unknown-lot"), ("(10)X", "unknown-lot"), ("]C100095212345678900009", "unknown-sscc"),
    (f"(01){GTIN}(17){YESTERDAY}(10)L1", "label-expired"), ("(01)09521234543214(10)L1", "barcode-gs1"),
    ("6901234567890", "unknown-code"),
])  # fmt: skip
def test_refused_with_what_to_do(text, slug):
    reel()
    told = refusal(text)
    assert (told.code, str(told).endswith(".")) == (slug, True)
    with override("zh-hans"):
        assert str(refusal(text)) != str(told)


def test_number_of_several_deliveries_is_not_guessed():
    reel("L1", supplier_lot="S-77"), reel("L2", supplier_lot="S-77")
    told = refusal(f"(01){GTIN}(10)S-77")
    assert (told.code, told.facts["lots"]) == ("ambiguous-lot", ["L1", "L2"])


def test_delivery_of_which_something_is_left():
    reel("L1", supplier_lot="S-77", quantity=5), reel("L2", supplier_lot="S-77")
    moves.move(lot=MaterialLot.objects.get(number="L1"), quantity=Decimal(5), source=Spot(Bucket.STOCK),
               to=Spot(Bucket.SCRAP), by=ground.person("WH", "WAREHOUSE"), at=NOW)
    assert codes.look_up(f"(01){GTIN}(10)S-77", NOW).number == "L2"


def test_the_plants_own_date_outlives_the_labels():
    lot = reel(expires_at=NOW + timedelta(days=30))
    assert codes.look_up(f"(01){GTIN}(17){YESTERDAY}(10)L1", NOW) == lot


@override_settings(SCANNER_SEPARATOR="~")
def test_scanner_that_types_something_else_for_gs():
    lot = reel()
    assert codes.look_up(f"]C101{GTIN}10L1~240X", NOW) == lot


@pytest.mark.parametrize(("gtin", "spelt"), [
    ("09521234543213", ["09521234543213", "9521234543213"]), ("19521234543210", ["19521234543210"]),
    ("00000002345673", ["00000002345673", "0000002345673", "000002345673", "02345673"]),
])  # fmt: skip
def test_spellings(gtin, spelt):
    assert gs1_labels.spellings(gtin) == spelt
