"""What a hold points at, and why."""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from plant.models import Equipment, MaterialDefinition, Partner
from traceability.models import CauseKind, MaterialLot, TargetKind


class Cause(NamedTuple):
    """Why something is held: a kind and the number or name of the thing that says so."""

    kind: CauseKind
    id: str


@dataclass(frozen=True)
class Target:
    """What a hold stops."""

    kind: TargetKind
    id: str
    label: str
    site: Equipment
    held_lot: MaterialLot | None = None

    @classmethod
    def lot(cls, lot: MaterialLot) -> "Target":
        return cls(TargetKind.LOT, str(lot.pk), lot.number, lot.site, lot)

    @classmethod
    def equipment(cls, equipment: Equipment, site: Equipment) -> "Target":
        return cls(TargetKind.EQUIPMENT, equipment.code, str(equipment), site)

    @classmethod
    def job_order(cls, number: str, site: Equipment) -> "Target":
        return cls(TargetKind.JOB_ORDER, number, number, site)

    @classmethod
    def operation(cls, job_order: str, operation: str, site: Equipment) -> "Target":
        """One operation of one work order."""
        return cls(TargetKind.OPERATION, operation_id(job_order, operation), f"{job_order} · {operation}", site)

    @classmethod
    def rule(cls, material: MaterialDefinition, supplier: Partner | None, site: Equipment) -> "Target":
        """Every lot of a material (from one supplier, if named) that is received from now on."""
        label = _("%(material)s from %(supplier)s") % {"material": material.code, "supplier": supplier or _("anybody")}
        return cls(TargetKind.RULE, rule_id(material, supplier), label, site)


def operation_id(job_order: str, operation: str) -> str:
    """The target id of a hold on an operation of a work order."""
    return f"{job_order}:{operation}"


def rule_id(material: MaterialDefinition, supplier: Partner | None) -> str:
    """The target id of a rule hold."""
    return f"{material.code}|{supplier.code if supplier else '*'}"
