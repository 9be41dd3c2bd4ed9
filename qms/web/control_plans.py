"""Control plans on the screen: what is watched where, and what follows when a rule fires."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant import policies
from plant.commands import signatures
from plant.errors import Refusal
from plant.models import Meaning, RevisionStatus
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, signed
from qms.commands import plans
from qms.models import ControlPlan
from qms.queries import plans as reading


@needs("control-plan.read")
def detail(request: HttpRequest, number: int, refusal: Refusal | None = None) -> HttpResponse:
    """One revision with its lines and reactions."""
    plan, dialogs = found(number), Dialogs(request, refusal)
    is_draft = "" if plan.status == RevisionStatus.DRAFT else _("Only a draft can be approved.")
    context = {
        "plan": plan, "lines": reading.lines_of(plan), "dialogs": dialogs, "timeline": journal.timeline(plan),
        "seen_hash": signatures.content_hash(reading.seen(plan)), "meaning": Meaning.APPROVED,
        "why_not_approve": policies.why_not(request.user, "control-plan.approve") or is_draft,
    }
    return render(request, "qms/control_plan/detail.html", context, status=dialogs.status)


def found(number: int) -> ControlPlan:
    """One revision by its id."""
    return get_object_or_404(ControlPlan.objects.select_related("material"), pk=number)


@Acts(find=found, back="qms:control-plan-detail", page=detail)(
    "control-plan.approve", done=gettext_lazy("The plan is effective.")
)
def approve(request: HttpRequest, plan: ControlPlan) -> None:
    """Put a draft into effect, signed."""
    plans.approve(plan=plan, **signed(request), by=request.user, at=timezone.now())
