"""A lot that left for a customer, and what the customer says about it."""

from decimal import Decimal
from typing import Any

from plant.models import Person, Role
from qms.commands import complaints, rmas
from qms.models import Complaint, Rma
from tests.factories import NOW, person, site
from tests.mes import packed
from traceability.models import MaterialLot


def engineer() -> Person:
    return person("CQE", Role.QUALITY_ENGINEER)


def manager() -> Person:
    return person("CQM", Role.QUALITY_MANAGER)


def left(number: str = "G1", quantity: int = 10) -> MaterialLot:
    """A finished lot that went to a customer."""
    lot = packed.goods(number, quantity)
    one = packed.shipment(quantity, number=f"SH-{number}")
    packed.pick(one, number)
    packed.ship(one)
    return lot


def complaint(number: str = "", **fields: Any) -> Complaint:
    said = {"title": "Display stays dark", "number": number, "site": site(), "by": engineer(), "at": NOW, **fields}
    return complaints.report(**said)


def accepted(number: str = "", **fields: Any) -> Complaint:
    made = complaint(number, **fields)
    return complaints.accept(complaint=made, owner=engineer(), by=engineer(), at=NOW)


def answered(one: Complaint) -> Complaint:
    return complaints.answer(complaint=one, text="A solder joint; screened since.", by=engineer(), at=NOW)


def allowed(one: Complaint, lot: MaterialLot, quantity: int = 4) -> Rma:
    return rmas.open_rma(
        complaint=one, lot=lot, quantity=Decimal(quantity), in_warranty=True, by=engineer(), at=NOW
    )


def analysed(one: Rma) -> Rma:
    rmas.receive(rma=one, store=packed.store(), by=packed.packer(), at=NOW)
    return rmas.analyse(rma=one, analysis="Joint R12 open.", by=engineer(), at=NOW)
