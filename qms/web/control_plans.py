"""Control plans on the screen: what is watched where, and what follows when a rule fires."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from plant import policies
from plant.commands import signatures
from plant.errors import Refusal
from plant.models import Meaning, RevisionStatus
from plant.queries import journal
from plant.web.access import needs
from qms.commands import plans
from qms.models import ControlPlan
from qms.queries import plans as reading
from qms.web.acting import act


@needs("control-plan.read")
def listed(request: HttpRequest) -> HttpResponse:
    """Every control plan with its revisions."""
    return render(request, "qms/control_plan/list.html", {"plans": reading.listing()[:200]})


@needs("control-plan.read")
def detail(request: HttpRequest, number: int, refusal: Refusal | None = None) -> HttpResponse:
    """One revision with its lines and reactions."""
    plan = get_object_or_404(ControlPlan.objects.select_related("material"), pk=number)
    is_draft = "" if plan.status == RevisionStatus.DRAFT else _("Only a draft can be approved.")
    context = {
        "plan": plan, "lines": reading.lines_of(plan), "refusal": refusal, "timeline": journal.timeline(plan),
        "seen_hash": signatures.content_hash(reading.seen(plan)), "meaning": Meaning.APPROVED,
        "why_not_approve": policies.why_not(request.user, "control-plan.approve") or is_draft,
    }
    return render(request, "qms/control_plan/detail.html", context, status=409 if refusal else 200)


@require_POST
@needs("control-plan.approve")
@sensitive_post_parameters("password")
def approve(request: HttpRequest, number: int) -> HttpResponse:
    """Put a draft into effect, signed."""
    plan = get_object_or_404(ControlPlan, pk=number)
    posted = {name: request.POST.get(name, "") for name in ("reason", "password", "seen_hash")}
    return act(
        request, lambda: plans.approve(plan=plan, **posted, by=request.user, at=timezone.now()),
        done=_("The plan is effective."), back="qms:control-plan-detail", number=str(number), page=_again,
    )


def _again(request: HttpRequest, number: str, refusal: Refusal) -> HttpResponse:
    return detail(request, int(number), refusal=refusal)
