"""Changing an open work order on the screen: another revision, an operation more, less of it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from mes.commands import added_operations, cutting, order_revisions
from mes.models import JobOrder, WorkMaster
from mes.queries import orders, revision_change
from mes.web.change_forms import AddOperationForm
from mes.web.forms import ReasonForm
from plant import policies
from plant.commands import signatures
from plant.errors import Refusal
from plant.models import Meaning
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, signed, valid

act = Acts(find=orders.job_by_number, back="mes:job-order-detail")


@needs("job.read")
def revision(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """What changes for a work order by another revision, and the signature that moves it there."""
    job, dialogs = orders.job_by_number(number), Dialogs(request, refusal)
    candidates = list(revision_change.candidates(job))
    chosen = wanted(request, candidates)
    change = revision_change.compare(job, chosen, timezone.now()) if chosen else None
    context = {
        "job": job, "candidates": candidates, "change": change, "dialogs": dialogs, "meaning": Meaning.APPROVED,
        "seen_hash": signatures.content_hash(change.seen) if change else "",
        "why_not": policies.why_not(request.user, "job.change-revision") or why_not(job, change),
    }
    return render(request, "mes/job_order/revision.html", context, status=dialogs.status)


def wanted(request: HttpRequest, candidates: list[WorkMaster]) -> WorkMaster | None:
    """The revision that was asked for, else the newest."""
    asked = request.POST.get("to") or request.GET.get("to")
    return next((one for one in candidates if str(one.pk) == asked), candidates[0] if candidates else None)


def why_not(job: JobOrder, change: revision_change.RevisionChange | None) -> str:
    """Why the order can't go there; empty when it can."""
    if job.ended_at or job.status in order_revisions.ENDED:
        return _("The work order is closed.")
    if change is None:
        return _("There is no other effective revision.")
    if change.lacking:
        words = {"operations": ", ".join(one.code for one in change.lacking)}
        return _("Work was done at %(operations)s, which that revision lacks.") % words
    return ""


@Acts(find=orders.job_by_number, back="mes:job-order-detail", page=revision)(
    "job.change-revision", done=later("From now on the work order is made by the other revision.")
)
def revise(request: HttpRequest, job: JobOrder) -> None:
    """Move it to the revision whose changes were seen, signed."""
    to = wanted(request, list(revision_change.candidates(job)))
    if to is None or str(to.pk) != request.POST.get("to"):
        raise order_revisions.CantChange(_("That revision is not effective any more. Look at the changes again."))
    order_revisions.move_to_revision(
        job_order=job, work_master=to, **signed(request), by=request.user, at=timezone.now()
    )


@act("job.add-operation", done=later("The operation is added. Every piece passes it."))
def add_operation(request: HttpRequest, job: JobOrder) -> None:
    """Add an operation to it."""
    form = AddOperationForm(request.POST, job=job, by=request.user)
    asked = valid(form)
    added_operations.add_operation(
        job_order=job, operation=form.operation(), after=asked["after"], reason=asked["reason"], by=request.user,
        at=timezone.now(),
    )


@act("job.cancel", done=later("What nobody began is given up; it can be planned again."))
def close_short(request: HttpRequest, job: JobOrder) -> None:
    """End it with less."""
    reason = valid(ReasonForm(request.POST, by=request.user))["reason"]
    cutting.close_short(job_order=job, reason=reason, by=request.user, at=timezone.now())
