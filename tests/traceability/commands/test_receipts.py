"""Lots of one delivery stay together with their certificates, and one entry is one lot however often it is sent."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.db import transaction

from plant.commands.idempotency import KeyReused
from plant.models import Attachment, JournalEntry, Role
from plant.uploads import UploadRefused
from tests import factories
from tests.factories import NOW
from traceability.commands import receipts
from traceability.commands.receipts import Entry
from traceability.models import GoodsReceipt, MaterialLot
from traceability.queries import receipts as reading

pytestmark = pytest.mark.django_db
NOTE = ("coa.txt", b"thickness 1.6 mm")


def entry(**fields):
    return Entry(
        material=factories.material(), quantity=Decimal(100),
        **{"supplier": factories.supplier(), "supplier_lot": "X9", "delivery_note": "DN-7", **fields},
    )


def take(one, **more):
    by = factories.person("WH", Role.WAREHOUSE)
    return receipts.take(entry=one, site=factories.site(), by=by, at=NOW, **more)


def test_several_lots_of_one_delivery_stay_together():
    first, receipt = take(entry())
    second, same = take(entry(supplier_lot="X10"), receipt=receipt)
    assert same == receipt
    assert [one.lot for one in reading.lots_of(receipt, NOW)] == [first, second]
    assert JournalEntry.objects.filter(kind="goodsreceipt.opened").count() == 1


def test_a_lot_without_a_delivery_note_stands_alone():
    _lot, receipt = take(entry(delivery_note=" "))
    assert (receipt, GoodsReceipt.objects.count()) == (None, 0)


def test_the_certificate_stays_with_the_lot():
    lot, _receipt = take(entry(certificate=NOTE))
    assert str(Attachment.objects.get().subject_id) == str(lot.pk)


def test_a_bad_certificate_leaves_nothing_behind():
    with pytest.raises(UploadRefused), transaction.atomic():
        take(entry(certificate=("coa.exe", b"MZ")))
    assert (MaterialLot.objects.count(), GoodsReceipt.objects.count()) == (0, 0)


def test_the_same_entry_sent_twice_is_one_lot():
    first, _receipt = take(entry(), key="k1")
    again, _receipt = take(entry(), key="k1")
    assert (first, MaterialLot.objects.count()) == (again, 1)


def test_a_key_does_not_serve_for_another_entry():
    take(entry(), key="k1")
    with pytest.raises(KeyReused):
        take(replace(entry(), quantity=Decimal(7)), key="k1")


def test_a_lot_of_another_supplier_is_no_part_of_the_delivery():
    _lot, receipt = take(entry())
    with pytest.raises(receipts.ReceiptRefused, match="came from ACME"):
        take(entry(supplier=factories.supplier("OTHER")), receipt=receipt)
