"""Impact reviews: what a gauge measured since it was last known to be right, and what was decided of each."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from plant import scoping
from plant.errors import Refusal
from plant.models import Person
from qms import gauging
from qms.gauging import Measured
from qms.models import (
    HOLDS,
    Calibration,
    Gauge,
    ImpactItem,
    ImpactReview,
    ImpactStatus,
    InspectionCount,
    InspectionItem,
    InspectionResult,
)


class UnknownReview(Refusal):
    """A number that no impact review carries."""

    code = "unknown-impact-review"


def by_number(number: str) -> ImpactReview:
    """The review with this number."""
    rows = ImpactReview.objects.select_related("gauge__type", "gauge__equipment", "calibration", "calibrated_by")
    found = rows.filter(number=number).first()
    if found is None:
        raise UnknownReview(_("There is no impact review “%(number)s”.") % {"number": number[:40]})
    return found


def listing() -> "QuerySet[ImpactReview]":
    """Every review with how many measurements it has, and how many of them wait for a decision."""
    items = ImpactItem.objects.filter(review=OuterRef("pk")).order_by().values("review")
    return ImpactReview.objects.select_related("gauge__equipment", "closed_by").annotate(
        item_count=Coalesce(Subquery(items.values(n=Count("pk"))), 0),
        undecided=Coalesce(Subquery(items.filter(decision="").values(n=Count("pk"))), 0),
    )


def items(review: ImpactReview) -> list[ImpactItem]:
    """What is under review, the undecided first."""
    rows = review.items.select_related("lot__material", "item__inspection", "inspection", "nonconformance", "by")
    return sorted(rows, key=lambda one: (bool(one.decision), one.first_at, one.pk))


def last_good(calibration: Calibration) -> Calibration | None:
    """The calibration before it after which the gauge was right."""
    rows = Calibration.objects.filter(gauge=calibration.gauge_id, at__lt=calibration.at, result__in=HOLDS)
    return rows.order_by("-at").first()


def seen(review: ImpactReview) -> dict[str, Any]:
    """What a person sees and signs when closing a review."""
    return {
        "number": review.number, "gauge": review.gauge.code, "since": review.since, "until": review.until,
        "items": [
            [one.source, one.key, one.measurements, one.decision, one.reason] for one in review.items.order_by("pk")
        ],
    }


def waiting(person: Person) -> list[ImpactReview]:
    """The open reviews that somebody sees."""
    rows = ImpactReview.objects.filter(status=ImpactStatus.OPEN).select_related("gauge").order_by("opened_at")
    return list(scoping.visible(rows, person)[:50])


@gauging.collector
def inspected(gauge: Gauge, since: datetime | None, until: datetime | None) -> Iterator[Measured]:
    """What inspections hold of it: each characteristic of each task once, corrected values too."""
    within = Q(at__gte=since) if since else Q()
    if until:
        within &= Q(at__lt=until)
    found: dict[int, list[Any]] = {}
    for model in (InspectionResult, InspectionCount):
        rows = model._default_manager.filter(within, gauge=gauge).order_by().values("item")
        told = rows.annotate(n=Count("pk"), first=Min("at"), last=Max("at"))
        for pk, times, first, last in told.values_list("item", "n", "first", "last"):
            one = found.setdefault(pk, [0, first, last])
            one[:] = [one[0] + times, min(one[1], first), max(one[2], last)]
    items = InspectionItem.objects.filter(pk__in=found).select_related("inspection", "characteristic")
    for item in items.order_by("pk"):
        times, first, last = found[item.pk]
        title = f"{item.inspection.number} · {item.characteristic.code}"
        yield Measured("inspection", str(item.pk), title, item.inspection.lot_id, times, first, last, item.pk)
