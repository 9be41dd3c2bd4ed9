"""Suppliers read: their cards, their rounds of the questionnaire, their papers."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from plant.errors import Refusal
from qms.models import AssessmentAnswer, Supplier, SupplierAssessment, SupplierPaper
from qms.models.supplier import BEST


class UnknownSupplier(Refusal):
    """A code or number that no supplier and no assessment carries."""

    code = "unknown-supplier"


def listing() -> QuerySet[Supplier]:
    """Every supplier's card, with how many materials they are approved for and the next paper that runs out."""
    return Supplier.objects.select_related("partner", "owner").annotate(
        materials=Count("partner__approved_for", filter=~Q(partner__approved_for__status="BLOCKED"), distinct=True),
        paper_due=Min("papers__due_at", filter=Q(papers__replaced=False)),
    )


def by_code(code: str) -> Supplier:
    """One supplier's card."""
    found = Supplier.objects.select_related("partner", "owner").filter(partner__code=code).first()
    if found is None:
        raise UnknownSupplier(_("There is no supplier “%(code)s”.") % {"code": code[:40]})
    return found


def url(supplier: Supplier) -> str:
    return reverse("qms:supplier-detail", args=[supplier.partner.code])


def assessment(number: str) -> SupplierAssessment:
    """One round of the questionnaire."""
    rows = SupplierAssessment.objects.select_related("supplier__partner", "assessor", "decided_by")
    found = rows.filter(number=number).first()
    if found is None:
        raise UnknownSupplier(_("There is no assessment “%(number)s”.") % {"number": number[:40]})
    return found


def answers(round_: SupplierAssessment) -> list[AssessmentAnswer]:
    """The questions of a round in their order."""
    return list(round_.answers.select_related("question"))


def percent(round_: SupplierAssessment) -> Decimal:
    """How much of all points was reached, each question by its weight."""
    rows = [(one.weight, one.points or 0) for one in round_.answers.all()]
    best = sum(weight * BEST for weight, _points in rows)
    reached = sum(weight * points for weight, points in rows)
    return (Decimal(100) * reached / best).quantize(Decimal("0.1")) if best else Decimal(0)


def too_low(round_: SupplierAssessment) -> list[AssessmentAnswer]:
    """The questions with fewer points than they need."""
    return list(round_.answers.select_related("question").filter(points__lt=F("least")))


def seen(round_: SupplierAssessment) -> dict[str, Any]:
    """What is signed: the round as its page shows it."""
    return {
        "number": round_.number, "supplier": round_.supplier.partner.code, "kind": round_.kind,
        "percent": str(round_.percent), "assessor": round_.assessor.number,
        "answers": [[one.question.code, one.weight, one.points, one.remark] for one in answers(round_)],
    }


def papers(supplier: Supplier) -> list[SupplierPaper]:
    """The papers that stand, what runs out first."""
    return list(supplier.papers.filter(replaced=False).select_related("attachment", "by").order_by("due_at"))


def expired(at: datetime) -> QuerySet[SupplierPaper]:
    """Papers that ran out and were not replaced."""
    rows = SupplierPaper.objects.filter(replaced=False, due_at__lte=at)
    return rows.select_related("supplier__owner", "supplier__partner").order_by("due_at")
