"""The limit versions of charts."""

import json
from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet

from spc.judging import Limits
from spc.models import ControlChart, LimitSet

BY_CHART = """
SELECT chart_id, id, version, valid_from, center, sigma, range_upper, provisional, settings::text FROM spc_limitset
WHERE chart_id = ANY(%s) ORDER BY valid_from
"""


def by_chart(chart_ids: Iterable[int]) -> dict[int, list[Limits]]:
    """What the judge needs of every version, oldest first."""
    found: dict[int, list[Limits]] = {}
    with connection.cursor() as cursor:
        cursor.execute(BY_CHART, [list(chart_ids)])
        for chart, *fields, settings in cursor.fetchall():
            known = {} if settings == "{}" else json.loads(settings)
            found.setdefault(chart, []).append(Limits(*fields)._replace(settings=known))
    return found


def versions(chart: ControlChart) -> QuerySet[LimitSet]:
    """Every version of a chart, newest first."""
    return chart.limit_sets.select_related("frozen_by").order_by("-version")


def in_force(chart: ControlChart, at: datetime) -> LimitSet | None:
    """The version that judges a reading of this moment."""
    return chart.limit_sets.filter(valid_from__lte=at).order_by("-valid_from").first()
