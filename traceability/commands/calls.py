"""A station calls for material, and the warehouse brings it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from plant import live, policies
from plant.commands import journal, numbering
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, EquipmentLevel, MaterialDefinition, Person
from plant.transactions import command
from traceability.commands.moves import positive
from traceability.models import CallStatus, MaterialCall, MaterialLot


class CallRefused(Refusal):
    """A call that can't be made or taken back like this."""

    code = "call-refused"


@command
def ask(
    *, station: Equipment, material: MaterialDefinition, quantity: Decimal, by: Person, at: datetime
) -> MaterialCall:
    """Call for a material. While a call of the station for it is open, that one stands, for the larger amount."""
    policies.check(by, "call.ask", on=station)
    wanted = positive(quantity)
    if station.stores_material or station.level != EquipmentLevel.WORK_UNIT:
        message = _("%(place)s is no station. Choose the station that is short.")
        raise CallRefused(message % {"place": station.code}, facts={"field": "station"})
    defaults: dict[str, Any] = {
        "number": lambda: numbering.next_number("material_call"), "quantity": wanted, "asked_by": by, "asked_at": at,
    }
    call, is_new = MaterialCall.objects.get_or_create(
        station=station, material=material, status=CallStatus.OPEN, defaults=defaults
    )
    smaller = MaterialCall.objects.filter(pk=call.pk, status=CallStatus.OPEN, quantity__lt=wanted)
    if not is_new and not smaller.update(quantity=wanted):
        return call
    call.quantity = wanted
    data = {"station": station.code, "material": material.code, "quantity": wanted}
    journal.record("materialcall.asked", subject=call, by=by, data=data)
    live.push("news", "material-call", {"number": call.number, "station": station.code})
    return call


def answer(lot: MaterialLot, station: Equipment, quantity: Decimal, by: Person, at: datetime) -> None:
    """What comes to a station from the stores answers its open call for that material, whoever brings it."""
    for call in lock(MaterialCall.objects.filter(station=station, material=lot.material_id, status=CallStatus.OPEN)):
        MaterialCall.objects.filter(pk=call.pk).update(brought=F("brought") + quantity)
        if call.brought + quantity >= call.quantity:
            data = {"lot": lot.number, "brought": call.brought + quantity}
            journal.move(call, to=CallStatus.DONE, by=by, data=data, ended_by=by, ended_at=at)


@command
def cancel(*, call: MaterialCall, reason: str, by: Person, at: datetime) -> MaterialCall:
    """Take a call back."""
    policies.check(by, "call.ask", on=call.station)
    if not reason.strip():
        raise CallRefused(_("Say in a few words why."), facts={"field": "reason"})
    found = lock(MaterialCall.objects.filter(pk=call.pk))[0]
    journal.move(found, to=CallStatus.CANCELLED, by=by, reason=reason, ended_by=by, ended_at=at)
    return found
