"""Deliveries at the dock: opened once, then lot by lot; the same entry sent twice is one lot."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from plant import policies, scoping
from plant.commands import journal, numbering, talk
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, MaterialDefinition, Partner, Person
from plant.transactions import command
from traceability.commands import lots, replays
from traceability.models import GoodsReceipt, GoodsReceiptLine, MaterialLot


class ReceiptRefused(Refusal):
    """A lot that does not belong to the delivery."""

    code = "receipt-refused"


@dataclass(frozen=True)
class Entry:
    """One lot at the dock, as its person entered it; a certificate is a name and its bytes."""

    material: MaterialDefinition
    quantity: Decimal
    number: str = ""
    supplier: Partner | None = None
    supplier_lot: str = ""
    expires_at: datetime | None = None
    place: str = ""
    delivery_note: str = ""
    certificate: tuple[str, bytes] | None = None

    @property
    def facts(self) -> dict[str, object]:
        """What makes an entry the same when it is sent again."""
        return {
            "material": self.material.code, "quantity": self.quantity, "number": self.number,
            "supplier": self.supplier.code if self.supplier else "", "supplier_lot": self.supplier_lot,
            "expires_at": self.expires_at, "place": self.place, "delivery_note": self.delivery_note,
            "certificate": self.certificate[0] if self.certificate else "",
        }


@command
def take(
    *, entry: Entry, site: Equipment, by: Person, at: datetime, receipt: GoodsReceipt | None = None, key: str = ""
) -> tuple[MaterialLot, GoodsReceipt | None]:
    """Receive one lot with its certificate, in its delivery if it has one; with an earlier entry's key, that one."""
    policies.check(by, "lot.receive")

    def act() -> dict[str, str]:
        lot, found = _take(entry, site, receipt, by, at)
        return {"lot": lot.number, "receipt": found.number if found else ""}

    request = {**entry.facts, "receipt": receipt.number if receipt else ""}
    told = replays.once(client=f"dock:{by.number}", key=key, request=request, act=act)
    lot = MaterialLot.objects.select_related("material__unit").get(number=told["lot"])
    return lot, GoodsReceipt.objects.filter(number=told["receipt"]).first()


def _take(
    entry: Entry, site: Equipment, receipt: GoodsReceipt | None, by: Person, at: datetime
) -> tuple[MaterialLot, GoodsReceipt | None]:
    if receipt is None and entry.delivery_note.strip():
        receipt = begin(supplier=entry.supplier, delivery_note=entry.delivery_note, site=site, by=by, at=at)
    if receipt is not None:
        belongs(receipt, entry, by)
    lot = lots.receive(
        material=entry.material, quantity=entry.quantity, site=receipt.site if receipt else site, by=by, at=at,
        number=entry.number, supplier=entry.supplier, supplier_lot=entry.supplier_lot, expires_at=entry.expires_at,
        place=entry.place,
    )
    if entry.certificate is not None:
        name, data = entry.certificate
        talk.attach(subject=lot, name=name, data=data, by=by, at=at)
    if receipt is not None:
        GoodsReceiptLine.objects.create(receipt=receipt, lot=lot, quantity=entry.quantity)
    return lot, receipt


@command
def begin(
    *, supplier: Partner | None, delivery_note: str, site: Equipment, by: Person, at: datetime
) -> GoodsReceipt:
    """Open a delivery: its supplier and the number of its note."""
    policies.check(by, "lot.receive", on=site)
    receipt = GoodsReceipt.objects.create(
        number=numbering.next_number("goods_receipt"), site=site, supplier=supplier,
        delivery_note=delivery_note.strip(), by=by, at=at,
    )
    data = {"delivery_note": receipt.delivery_note, "supplier": supplier.code if supplier else ""}
    journal.record("goodsreceipt.opened", subject=receipt, by=by, data=data)
    return receipt


def belongs(receipt: GoodsReceipt, entry: Entry, by: Person) -> None:
    """Refuse a lot of another supplier than the delivery's."""
    scoping.check(by, receipt)
    lock(GoodsReceipt.objects.filter(pk=receipt.pk))
    if receipt.supplier_id != (entry.supplier.pk if entry.supplier else None):
        message = _("Delivery %(number)s came from %(supplier)s. Choose that supplier, or begin another delivery.")
        words = {"number": receipt.number, "supplier": receipt.supplier or _("nobody named")}
        raise ReceiptRefused(message % words, facts={"field": "supplier"})
