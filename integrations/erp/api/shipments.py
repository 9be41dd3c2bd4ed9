"""Shipments: in from the ERP, what was picked and what left back to it."""

from typing import Any

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.erp import answers, examples, words
from integrations.erp.schema import described
from integrations.erp.serializers import ShipmentIn
from integrations.erp.views import Door
from mes.commands import shipments as commands
from traceability.queries import shipments


def told(number: str) -> dict[str, Any]:
    """A shipment with its lines, and every lot that is picked for it or left with it."""
    shipment = shipments.by_number(number)
    return words.shipment(shipment, shipments.lines(shipment), shipments.picks(shipment))


class ShipmentsDoor(Door):
    """The ERP sends what customers are to get."""

    scopes = {"POST": "shipments:write"}

    @described(
        takes=ShipmentIn, ok={201: answers.Shipment}, sent=examples.SHIPMENT_IN, told=examples.SHIPMENT,
        is_post=True,
    )
    def post(self, request: Request) -> Response:
        """Take a shipment; the same number again changes it while nothing is picked."""
        fields = self.read(ShipmentIn, request)
        lines = [(row["line"], row["material"], row["quantity"]) for row in fields.pop("lines")]

        def act() -> tuple[int, Any]:
            shipment = commands.plan(by=request.user, at=timezone.now(), lines=lines, **fields)
            return 201, told(shipment.number)

        return self.once(request, act)


class ShipmentDoor(Door):
    """One shipment by its number."""

    scopes = {"GET": "shipments:read"}

    @described(ok={200: answers.Shipment}, told=examples.SHIPMENT)
    def get(self, request: Request, number: str) -> Response:
        """The shipment, how far each line is, and the lots with their cartons."""
        return Response(told(number))
