"""The limit versions of charts."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from spc.judging import Limits
from spc.models import ControlChart, LimitSet

FIELDS = ("chart_id", "id", "version", "valid_from", "center", "sigma", "range_upper", "provisional")


def by_chart(chart_ids: Iterable[int]) -> dict[int, list[Limits]]:
    """What the judge needs of every version, oldest first."""
    rows = LimitSet.objects.filter(chart__in=chart_ids).order_by("valid_from").values_list(*FIELDS)
    found: dict[int, list[Limits]] = {}
    for chart, *fields in rows:
        found.setdefault(chart, []).append(Limits(*fields))
    return found


def versions(chart: ControlChart) -> QuerySet[LimitSet]:
    """Every version of a chart, newest first."""
    return chart.limit_sets.select_related("frozen_by").order_by("-version")


def in_force(chart: ControlChart, at: datetime) -> LimitSet | None:
    """The version that judges a reading of this moment."""
    return chart.limit_sets.filter(valid_from__lte=at).order_by("-valid_from").first()
