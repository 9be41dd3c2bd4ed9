"""The cost of quality on the screen: four buckets, by month, line or material, down to each record; and objectives."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plant.web.access import needs
from qms import quality_costs
from qms.models import CostRate, QualityObjective
from qms.quality_costs import Bucket
from qms.queries import objectives
from qms.queries import quality_cost as reading

TONES = {"PREVENTION": "done", "APPRAISAL": "running", "INTERNAL": "warning", "EXTERNAL": "failed"}
ICONS = {"PREVENTION": "shield-check", "APPRAISAL": "ruler-measure", "INTERNAL": "trash", "EXTERNAL": "truck-return"}
BY = {"month": _("Month"), "line": _("Line"), "material": _("Material")}
MOST = 300


class Period(forms.Form):
    """From which day until which."""

    since = forms.DateField(required=False)
    until = forms.DateField(required=False)


def asked(request: HttpRequest) -> tuple[datetime, datetime]:
    """The days that the address names, else the last twelve months; the end belongs to it."""
    form = Period(request.GET)
    form.is_valid()
    zone = timezone.get_current_timezone()
    first, _end = objectives.months_until(timezone.now())[0]
    since, until = form.cleaned_data.get("since"), form.cleaned_data.get("until")
    begin = datetime(since.year, since.month, since.day, tzinfo=zone) if since else first
    day = until or timezone.localdate()
    return begin, datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(days=1)


@needs("quality-cost.read")
def report(request: HttpRequest) -> HttpResponse:
    """The four buckets with their parts, and the records of one of them."""
    since, until = asked(request)
    entries = quality_costs.between(request.user, since, until)
    by = request.GET.get("by", "") if request.GET.get("by", "") in BY else "month"
    whole, bucket = reading.totals(entries), request.GET.get("bucket", "")
    key = request.GET.get("key", "")
    shown = [one for one in entries if one.bucket == bucket and (not key or _key(one, by) == key)] if bucket else []
    buckets = [
        {"key": value, "word": word, "sum": whole.sums[value], "tone": TONES[value], "icon": ICONS[value]}
        for value, word in Bucket.choices
    ]
    context = {
        "buckets": buckets, "whole": whole, "rows": reading.group(entries, by), "by": by, "bys": BY.items(),
        "bucket": bucket, "bucket_word": dict(Bucket.choices).get(bucket, ""), "shown": shown[-MOST:], "key": key,
        "since": f"{timezone.localtime(since):%Y-%m-%d}", "words": Bucket.choices,
        "until": f"{timezone.localtime(until) - timedelta(days=1):%Y-%m-%d}", "has_rates": CostRate.objects.exists(),
    }
    return render(request, "qms/quality_cost/report.html", context)


def _key(one: quality_costs.Entry, by: str) -> str:
    return {"line": one.line, "material": one.material}.get(by, f"{timezone.localtime(one.at):%Y-%m}")


@needs("quality-cost.read")
def goals(request: HttpRequest) -> HttpResponse:
    """Every objective: what it shall reach, where it stands, how it went."""
    return render(
        request, "qms/quality_cost/objectives.html", {"rows": objectives.standing(request.user, timezone.now())}
    )


@needs("quality-cost.read")
def goal_chart(request: HttpRequest, code: str) -> JsonResponse:
    """The months of one objective, for its chart."""
    row = get_object_or_404(QualityObjective, code=code)
    found = objectives.of(row, request.user, timezone.now())
    points: list[dict[str, Any]] = [
        {"at": month.begins.isoformat(), "value": month.value} for month in found.months if month.value is not None
    ]
    line = {"label": str(_("Target")), "value": float(row.target), "tone": "warning"}
    return JsonResponse({"title": row.title, "unit": "", "points": points, "lines": [line]})
