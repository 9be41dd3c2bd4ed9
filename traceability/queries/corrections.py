"""Changes of trace data: what may be changed about a lot, what is proposed, and what was changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import F, Func, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from plant import policies, scoping
from plant.errors import Refusal
from plant.models import Person
from traceability import correcting
from traceability.models import (
    ActualKind,
    Correction,
    CorrectionKind,
    CorrectionStatus,
    MaterialActual,
    MaterialLot,
    Visit,
)

MOST = 200
APPROVED = Correction.objects.filter(status=CorrectionStatus.APPROVED)


class UnknownCorrection(Refusal):
    """A number or a fact that there is not."""

    code = "unknown-correction"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something about a lot that may be changed: what it is, where it was recorded, and what is recorded."""

    kind: str
    key: int
    old: str
    where: str = ""
    at: datetime | None = None
    visit: Visit | None = None
    actual: MaterialActual | None = None

    @property
    def label(self) -> str:
        return str(CorrectionKind(self.kind).label)

    @property
    def row(self) -> int | None:
        """The key of a value of a room above."""
        return self.key if self.kind == CorrectionKind.VALUE else None


def moment(at: datetime | None) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}" if at else ""


def amount(quantity: Decimal, lot: MaterialLot) -> str:
    return f"{quantity.normalize():f} {lot.material.unit.symbol} {lot.number}"


def who(person: Person) -> str:
    return f"{person.number} {person.name}"


def facts(lot: MaterialLot) -> list[Fact]:
    """Everything about a lot that may be changed."""
    made, expires = moment(lot.created_at), moment(lot.expires_at)
    found = [Fact(CorrectionKind.MADE, 0, made), Fact(CorrectionKind.EXPIRES, 0, expires)]
    if lot.supplier_id:
        found.insert(0, Fact(CorrectionKind.SUPPLIER_LOT, 0, lot.supplier_lot))
    visits = Visit.objects.filter(lot=lot).select_related("person", "equipment")
    for visit in visits.order_by(Func(F("during"), function="lower"), "pk")[:MOST]:
        told = {"where": visit.operation, "at": visit.during.lower, "visit": visit}
        found += [Fact(CorrectionKind.OPERATOR, visit.pk, who(visit.person), **told),
                  Fact(CorrectionKind.EQUIPMENT, visit.pk, str(visit.equipment), **told)]
    used = MaterialActual.objects.filter(
        kind=ActualKind.CONSUMED, link__child=lot, link__reversed_by__isnull=True
    ).select_related("lot__material__unit", "link__child", "move", "person", "equipment")
    found += [Fact(CorrectionKind.CONSUMED, one.pk, amount(one.quantity, one.lot), one.operation, one.at, actual=one)
              for one in used.order_by("at", "pk")[:MOST]]
    found += [Fact(CorrectionKind.VALUE, one.row, one.text, one.name, one.at) for one in correcting.values(lot)]
    return found


def fact(lot: MaterialLot, kind: str, key: int) -> Fact:
    """One fact of a lot, or a refusal when there is none like it any more."""
    for one in facts(lot):
        if (one.kind, one.key) == (kind, key):
            return one
    message = _("This is not recorded of %(lot)s, or was taken back meanwhile. Open the page again.")
    raise UnknownCorrection(message % {"lot": lot.number})


def of(found: Correction) -> Fact:
    """The fact that a change is about, as it is recorded now."""
    return fact(found.lot, found.kind, found.visit_id or found.actual_id or found.row or 0)


def every() -> "QuerySet[Correction]":
    """Changes with their people and lots."""
    return Correction.objects.select_related(
        "lot__material__unit", "lot__supplier", "asked_by", "decided_by", "signature", "visit__equipment", "person",
        "equipment", "other_lot__material__unit", "booked", "actual",
    )


def by_number(number: str) -> Correction:
    """The change with this number."""
    found = every().filter(number=number).first()
    if found is None:
        message = _("There is no change of trace data “%(number)s”. Check the number.")
        raise UnknownCorrection(message % {"number": number[:40]})
    return found


def seen(found: Correction) -> dict[str, Any]:
    """What somebody who approves has read."""
    return {
        "number": found.number, "lot": found.lot.number, "kind": found.kind, "fact": found.visit_id or found.actual_id
        or found.row, "old": found.old, "new": found.new, "reason": found.reason, "asked_by": found.asked_by.number,
        "asked_at": found.asked_at, "status": found.status,
    }


def of_lots(lots: Iterable[int]) -> list[Correction]:
    """What was changed or is proposed about lots, newest first."""
    rows = every().filter(lot__in=list(lots), status__in=[CorrectionStatus.PROPOSED, CorrectionStatus.APPROVED])
    return list(rows.order_by("-asked_at", "-pk")[:MOST])


def waiting(person: Person) -> "QuerySet[Correction]":
    """Changes that this person may decide: proposed by somebody else, oldest first."""
    if not policies.may(person, "correction.approve"):
        return Correction.objects.none()
    rows = Correction.objects.select_related("lot").filter(status=CorrectionStatus.PROPOSED).exclude(asked_by=person)
    return scoping.visible(rows, person).order_by("asked_at", "pk")
