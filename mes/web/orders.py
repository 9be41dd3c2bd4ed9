"""Production orders on the screen."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mes.commands import work_requests
from mes.models import JobOrder, WorkRequest, WorkRequestStatus
from mes.queries import orders
from mes.web.acting import act, valid
from mes.web.forms import ExplodeForm, OrderForm, ReasonForm
from plant import policies
from plant.errors import Refusal
from plant.queries import journal
from plant.web.access import needs


def url_of(number: str) -> str:
    return reverse("mes:work-request-detail", args=[number])


@needs("order.read")
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """One production order: its work orders, what may be done, its history."""
    order = orders.request_by_number(number)
    jobs = list(JobOrder.objects.filter(work_request=order).select_related("line").order_by("planned_start_at", "pk"))
    progress = orders.progress_of_jobs(jobs)
    context = {
        "order": order, "progress": orders.progress_of_requests([order])[order.pk],
        "jobs": [(job, progress[job.pk]) for job in jobs], "timeline": journal.timeline(order),
        "explode_form": ExplodeForm(initial={"quantity_each": order.quantity, "start_at": timezone.localtime()}),
        "reason_form": ReasonForm(), **acts(request, order),
    }
    return render(request, "mes/work_request/detail.html", context)


def acts(request: HttpRequest, order: WorkRequest) -> dict[str, Any]:
    """Why each act can't be done now; empty when it can."""
    is_open = order.status == WorkRequestStatus.OPEN
    settled = "" if order.status in (WorkRequestStatus.OPEN, WorkRequestStatus.RELEASED) else _("The order is closed.")
    released = "" if is_open else _("It is released already.")
    return {
        "why_not_release": policies.why_not(request.user, "order.release") or released,
        "why_not_plan": policies.why_not(request.user, "job.plan") or settled,
        "why_not_cancel": policies.why_not(request.user, "order.cancel") or settled,
    }


@needs("order.receive")
def create(request: HttpRequest) -> HttpResponse:
    """Enter a production order by hand."""
    form = OrderForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            order = work_requests.receive(**form.cleaned_data, by=request.user, at=timezone.now())
        except Refusal as refused:
            refusal = refused
        else:
            return HttpResponseRedirect(url_of(order.number))
    status = 400 if form.errors or refusal else 200
    return render(request, "mes/work_request/create.html", {"form": form, "refusal": refusal}, status=status)


@require_POST
@needs("order.release")
def release(request: HttpRequest, number: str) -> HttpResponse:
    """Let it be made."""
    order = orders.request_by_number(number)
    return act(
        request, lambda: work_requests.release(work_request=order, by=request.user, at=timezone.now()),
        done=_("Released. Its work orders wait below."), back=url_of(number),
    )


@require_POST
@needs("job.plan")
def explode(request: HttpRequest, number: str) -> HttpResponse:
    """Cut it into work orders."""
    order, form = orders.request_by_number(number), ExplodeForm(request.POST)
    return act(
        request, lambda: work_requests.explode(work_request=order, **valid(form), by=request.user, at=timezone.now()),
        done=_("The work orders are planned."), back=url_of(number),
    )


@require_POST
@needs("order.cancel")
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Give it up."""
    order, form = orders.request_by_number(number), ReasonForm(request.POST)
    return act(
        request, lambda: work_requests.cancel(work_request=order, **valid(form), by=request.user, at=timezone.now()),
        done=_("The order is cancelled."), back=url_of(number),
    )
