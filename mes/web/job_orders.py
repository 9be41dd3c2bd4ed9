"""Work orders on the screen: the list, one with everything about it, and what may be done with it."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from mes.commands import cutting, job_orders, plans
from mes.models import NOT_ENDED, OPEN_JOBS, JobOrder, JobOrderStatus
from mes.queries import bills, completeness, orders, revision_change
from mes.web.change_forms import AddOperationForm
from mes.web.forms import DispatchForm, MergeForm, ReasonForm, ShortForm, SplitForm
from plant import policies
from plant.queries import journal
from plant.web.access import View, needs
from plant.web.acting import Acts, valid
from plant.web.forms import Form
from traceability.queries.holds import blocking

S = JobOrderStatus
# act → (action of the permission table, the states in which it can be done)
ACTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "release": ("job.release", (S.PLANNED,)),
    "split": ("job.plan", NOT_ENDED),
    "merge": ("job.plan", (S.PLANNED,)),
    "dispatch": ("job.dispatch", (S.RELEASED,)),
    "pause": ("job.pause", (S.RUNNING,)),
    "resume": ("job.start", (S.PAUSED,)),
    "complete": ("job.complete", (S.RUNNING, S.PAUSED)),
    "add_operation": ("job.add-operation", NOT_ENDED),
    "revise": ("job.change-revision", NOT_ENDED),
    "close_short": ("job.cancel", OPEN_JOBS),
    "cancel": ("job.cancel", (S.PLANNED, S.RELEASED, S.DISPATCHED, S.PAUSED)),
}


@needs("job.read")
def detail(request: HttpRequest, number: str) -> HttpResponse:
    """One work order: operations, lots, reports, holds, history."""
    job = orders.job_by_number(number)
    rows = orders.operations(job)
    context = {
        "job": job, "rows": rows, "progress": orders.progress_of_jobs([job])[job.pk],
        "steps": [step_of(one) for one in rows], "responses": orders.responses(job), "timeline": journal.timeline(job),
        "lots": orders.lots_of(job), "holds": blocking(job_orders=[job.number]),
        "dispatch_form": DispatchForm(job=job, by=request.user), "reason_form": ReasonForm(),
        "materials": bills.uses(job), "score": completeness.of_jobs([job.number]),
        "split_form": SplitForm(by=request.user), "merge_form": MergeForm(job=job, by=request.user),
        "add_form": AddOperationForm(job=job, by=request.user), "newer": revision_change.candidates(job).first(),
        "why_not": why_not(request, job),
    }
    return render(request, "mes/job_order/detail.html", context)


def step_of(one: orders.OperationRow) -> dict[str, Any]:
    """An operation as a step of the path through the work order."""
    return {"label": one.row.segment.code, "tone": one.tone, "at": one.row.ended_at or one.row.started_at,
            "current": one.tone == "running"}


def why_not(request: HttpRequest, job: JobOrder) -> dict[str, str]:
    """For each act, why it can't be done now; empty when it can."""
    told = {}
    for name, (action, states) in ACTS.items():
        state = "" if job.status in states else _("Not while it is “%(state)s”.") % {"state": job.get_status_display()}
        told[name] = policies.why_not(request.user, action) or state
    return told


act = Acts(find=orders.job_by_number, back="mes:job-order-detail")


def _done(job: JobOrder) -> str:
    return _("Done: %(number)s is “%(state)s”.") % {"number": job.number, "state": job.get_status_display()}


def _simple(action: str, command: Callable[..., Any], *, form: Callable[..., Form] | None = None) -> View:
    """A view that runs one command of a work order, with what a form asks for."""

    def run(request: HttpRequest, job: JobOrder) -> None:
        more = valid(form(request.POST, by=request.user)) if form else {}
        command(job_order=job, **more, by=request.user, at=timezone.now())

    return act(action, done=_done)(run)


release = _simple("job.release", job_orders.release, form=ShortForm)
pause = _simple("job.pause", job_orders.pause, form=ReasonForm)
resume = _simple("job.start", job_orders.resume)
complete = _simple("job.complete", job_orders.complete)
cancel = _simple("job.cancel", job_orders.cancel, form=ReasonForm)


split = _simple("job.plan", cutting.split, form=SplitForm)


@act("job.plan", done=later("The work orders are joined."))
def merge(request: HttpRequest, job: JobOrder) -> None:
    """Join others into it."""
    asked = valid(MergeForm(request.POST, job=job, by=request.user))
    plans.merge(job_order=job, **asked, by=request.user, at=timezone.now())


@act("job.dispatch", done=lambda job: _("Dispatched to %(line)s.") % {"line": job.line.code})
def dispatch(request: HttpRequest, job: JobOrder) -> None:
    """Send it to a line."""
    form = DispatchForm(request.POST, job=job, by=request.user)
    asked = valid(form)
    chosen = {name: asked[name] for name in ("line", "person", "despite_shortage")} | {"stations": form.stations()}
    job_orders.dispatch(job_order=job, **chosen, by=request.user, at=timezone.now())
