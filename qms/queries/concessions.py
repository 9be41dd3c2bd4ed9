"""Concessions: lists, one with what was used under it, where those pieces went, and what a person signs."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from plant.errors import Refusal
from qms.models import Concession, ConcessionStatus, ConcessionUse
from qms.queries.nonconformances import plain
from traceability.models import MaterialLot


class UnknownConcession(Refusal):
    """A number that no concession carries."""

    code = "unknown-concession"


def by_number(number: str) -> Concession:
    """The concession with this number."""
    found = listing().filter(number=number).first()
    if found is None:
        raise UnknownConcession(_("There is no concession “%(number)s”.") % {"number": number[:40]})
    return found


def listing() -> "QuerySet[Concession]":
    """Every concession with what its row shows."""
    return Concession.objects.select_related(
        "material__unit", "customer", "asked_by", "approved_by", "site", "nonconformance"
    )


def why_not(found: Concession, lot: MaterialLot, quantity: Decimal, at: datetime) -> str:
    """Why so much of this lot can't be used under it now; empty when it can."""
    words = {"number": found.number, "lot": lot.number, "left": plain(found.quantity - found.used)}
    if found.status != ConcessionStatus.APPROVED:
        return _("%(number)s is not approved.") % words
    if not found.valid_from <= at < found.valid_to:
        return _("%(number)s is not in force at this time.") % words
    named = set(found.lots.values_list("lot_id", flat=True))
    if lot.material_id != found.material_id or (named and lot.pk not in named):
        return _("%(number)s is not for lot %(lot)s.") % words
    if quantity > found.quantity - found.used:
        return _("Only %(left)s are left under %(number)s. Ask for another one, or decide about fewer.") % words
    return ""


def usable(lots: list[MaterialLot], at: datetime) -> "QuerySet[Concession]":
    """What is in force for any of these lots and not used up."""
    ids, materials = [lot.pk for lot in lots], {lot.material_id for lot in lots}
    rows = Concession.objects.filter(
        status=ConcessionStatus.APPROVED, material__in=materials, valid_from__lte=at, valid_to__gt=at
    )
    return rows.filter(Q(lots__isnull=True) | Q(lots__lot__in=ids)).distinct().order_by("number")


def uses(found: Concession) -> list[ConcessionUse]:
    """What was used under it, newest first."""
    return list(found.uses.select_related("lot__material__unit", "by", "disposition__nonconformance"))


def of_lots(ids: list[int]) -> list[ConcessionUse]:
    """Under which concessions pieces of these lots were let through."""
    rows = ConcessionUse.objects.filter(lot__in=ids).select_related("concession__customer", "lot", "by")
    return list(rows.order_by("-pk"))


def seen(found: Concession) -> dict[str, Any]:
    """What somebody who approves it has read."""
    return {
        "number": found.number, "title": found.title, "reason": found.reason, "material": found.material.code,
        "quantity": plain(found.quantity), "from": found.valid_from, "to": found.valid_to,
        "lots": list(found.lots.order_by("pk").values_list("lot__number", flat=True)),
        "customer": [found.customer.code if found.customer else "", found.customer_person, found.customer_document],
    }
