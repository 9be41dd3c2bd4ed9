"""What suppliers promised to deliver: in from purchasing, for the scorecard."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from integrations.erp.answers import amount, text, time
from integrations.erp.examples import AT, Example
from integrations.erp.fields import Code, Number, Quantity
from integrations.erp.words import when
from integrations.nouns.noun import Noun, Words, each
from mes.amounts import plain
from plant.models import MaterialDefinition, Partner, PartnerKind, Person
from qms.commands import delivery_promises
from qms.models import DeliveryPromise


class PromiseIn(serializers.Serializer[Any]):
    """So much of a material until a day, by a line of a purchase order."""

    number = Number(60)
    supplier = Code(Partner.objects.filter(kind=PartnerKind.SUPPLIER))
    material = Code(MaterialDefinition.objects.all())
    quantity = Quantity()
    due_at = serializers.DateTimeField()


class Promise(serializers.Serializer[Any]):
    number, supplier, material = text(), text(), text()
    quantity = amount()
    due_at = time()


SENT: Example = {
    "number": "PO-4500017-10", "supplier": "S-LANXIN", "material": "SENSOR-N", "quantity": "400", "due_at": AT,
}


def take(fields: Words, by: Person, at: datetime) -> tuple[DeliveryPromise, bool]:
    """Promise, or change what is promised until its day."""
    return delivery_promises.promise(**fields, by=by, at=at)


def tell(row: Any) -> Words:
    return {
        "number": row.number, "supplier": row.supplier.code, "material": row.material.code,
        "quantity": plain(row.quantity), "due_at": when(row.due_at),
    }


PROMISES = Noun(
    code="delivery-promises", name=_("promised delivery"), key="number", model=DeliveryPromise,
    reads="deliveries:read", writes="deliveries:write", takes=PromiseIn, take=take,
    every=lambda: DeliveryPromise.objects.select_related("supplier", "material"), tell=each(tell), answer=Promise,
    sent=SENT, example=SENT, filters={"supplier": "supplier__code", "material": "material__code"},
    orders={"number": "number", "due_at": "due_at"},
)
NOUNS = (PROMISES,)
