"""Is everything there: for what is planned, and for one work order with what-if."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from mes.models import JobOrder, JobOrderStatus
from mes.queries import kitting, orders
from mes.queries.kitting import WhatIf
from mes.web.forms import ShortForm, WhatIfForm
from plant import policies, scoping
from plant.web.access import needs

MOST = 200


@needs("job.read")
def listed(request: HttpRequest) -> HttpResponse:
    """Every planned work order: complete, complete with substitutes, or what it is short of, and when."""
    rows = scoping.visible(JobOrder.objects.filter(status=JobOrderStatus.PLANNED), request.user)
    by_site: dict[int, list[JobOrder]] = {}
    for job in rows.order_by("planned_start_at", "due_at", "pk")[:MOST]:
        by_site.setdefault(job.site_id, []).append(job)
    at = timezone.now()
    found = [kit for jobs in by_site.values() for kit in kitting.kits(jobs, at=at)]
    context = {"kits": found, "short": kitting.shortages(found), "most": MOST, "is_cut": len(found) == MOST}
    return render(request, "mes/kitting/list.html", context)


@needs("job.read")
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """One work order line by line, as it is planned or as it might be."""
    job = orders.job_by_number(number)
    form = WhatIfForm(request.GET or None)
    supposed = WhatIf(**form.cleaned_data) if form.is_bound and form.is_valid() else WhatIf()
    found = kitting.kits([job], at=timezone.now(), what_if={job.pk: supposed})
    context = {
        "job": job, "kit": found[0] if found else None, "form": form, "is_supposed": any(supposed),
        "short_form": ShortForm(), **why_not(request, job, is_short=bool(found and found[0].short)),
    }
    return render(request, "mes/kitting/detail.html", context)


def why_not(request: HttpRequest, job: JobOrder, *, is_short: bool) -> dict[str, Any]:
    """Why it can't be released from here; empty when it can."""
    settled = "" if job.status == JobOrderStatus.PLANNED else _("It is released already.")
    action = "job.release-short" if is_short else "job.release"
    return {"why_not_release": policies.why_not(request.user, action) or settled, "is_short": is_short}
