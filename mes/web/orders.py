"""Production orders on the screen."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from mes.amounts import plain
from mes.commands import plans, work_requests
from mes.models import JobOrder, WorkRequest, WorkRequestStatus
from mes.queries import completeness, orders, units
from mes.web.forms import ExpediteForm, ExplodeForm, OrderForm, ReasonForm
from plant import policies, scoping
from plant.errors import Refusal
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, valid


def url_of(number: str) -> str:
    return reverse("mes:work-request-detail", args=[number])


@needs("order.read")
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """One production order: its work orders, what may be done, its history."""
    order = orders.request_by_number(number)
    jobs = JobOrder.objects.filter(work_request=order).select_related("line").order_by("planned_start_at", "pk")
    seen = list(scoping.visible(jobs, request.user))
    progress = orders.progress_of_jobs(seen)
    context = {
        "order": order, "progress": orders.progress_of_requests([order])[order.pk],
        "stored": units.received(job.number for job in jobs),
        "score": completeness.of_jobs(job.number for job in jobs),
        "jobs": [(job, progress[job.pk]) for job in seen], "elsewhere": jobs.count() - len(seen),
        "timeline": journal.timeline(order), "explode_form": explode_form(request, order),
        "expedite_form": ExpediteForm(initial={"priority": order.priority}), "reason_form": ReasonForm(),
        **acts(request, order),
    }
    return render(request, "mes/work_request/detail.html", context)


def explode_form(request: HttpRequest, order: WorkRequest) -> ExplodeForm:
    """One work order for all that is not planned yet, from today on; the lines of whoever plans."""
    left = plain(order.quantity - plans.planned(order))
    return ExplodeForm(initial={"quantity_each": left, "start_at": timezone.localtime()}, by=request.user)


def acts(request: HttpRequest, order: WorkRequest) -> dict[str, Any]:
    """Why each act can't be done now; empty when it can."""
    is_open = order.status == WorkRequestStatus.OPEN
    settled = "" if order.status in (WorkRequestStatus.OPEN, WorkRequestStatus.RELEASED) else _("The order is closed.")
    everything = "" if plans.planned(order) < order.quantity else _("All of it is planned already.")
    released = "" if is_open else _("It is released already.")
    return {
        "why_not_release": policies.why_not(request.user, "order.release") or released,
        "why_not_plan": policies.why_not(request.user, "job.plan") or settled or everything,
        "why_not_expedite": policies.why_not(request.user, "order.release") or settled,
        "why_not_close": policies.why_not(request.user, "order.cancel") or (
            "" if order.status == WorkRequestStatus.RELEASED else _("Only a released order is closed short.")
        ),
        "why_not_cancel": policies.why_not(request.user, "order.cancel") or settled,
    }


@needs("order.receive")
def create(request: HttpRequest) -> HttpResponse:
    """Enter a production order by hand."""
    form = OrderForm(request.POST or None, by=request.user)
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


act = Acts(find=orders.request_by_number, back="mes:work-request-detail")


@act("order.release", done=later("Released. Its work orders wait below."))
def release(request: HttpRequest, order: WorkRequest) -> None:
    """Let it be made."""
    work_requests.release(work_request=order, by=request.user, at=timezone.now())


@act("job.plan", done=later("The work orders are planned."))
def explode(request: HttpRequest, order: WorkRequest) -> None:
    """Cut it into work orders."""
    asked = valid(ExplodeForm(request.POST, by=request.user))
    work_requests.explode(work_request=order, **asked, by=request.user, at=timezone.now())


@act("order.release", done=later("The priority is changed."))
def expedite(request: HttpRequest, order: WorkRequest) -> None:
    """Draw it forward."""
    asked = valid(ExpediteForm(request.POST))
    work_requests.expedite(work_request=order, **asked, by=request.user, at=timezone.now())


@act("order.cancel", done=later("The order is closed."))
def close_short(request: HttpRequest, order: WorkRequest) -> None:
    """End it with less."""
    said = valid(ReasonForm(request.POST))
    work_requests.close_short(work_request=order, **said, by=request.user, at=timezone.now())


@act("order.cancel", done=later("The order is cancelled."))
def cancel(request: HttpRequest, order: WorkRequest) -> None:
    """Give it up."""
    said = valid(ReasonForm(request.POST))
    work_requests.cancel(work_request=order, **said, by=request.user, at=timezone.now())
