"""Control plans on the screen: written in a worksheet, handed in, and released with what changes on the floor."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from plant import policies
from plant.commands import signatures
from plant.errors import Refusal
from plant.models import Meaning, ReviewStatus
from plant.models.revision import UNFINISHED
from plant.queries import journal
from plant.web import worksheets
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, enter, signed, valid
from qms.commands import plan_floor, plan_lines, plan_risks, plans
from qms.models import ControlPlan, ControlPlanLine, FmeaLine
from qms.queries import plan_risks as risks
from qms.queries import plans as reading
from qms.queries import releases
from qms.web import plan_sheet, reviewing
from qms.web.fmea_sheet import priority
from qms.web.plan_forms import DescribeForm, PlanForm
from qms.web.reviewing import ReasonForm


@needs("control-plan.edit")
def create(request: HttpRequest) -> HttpResponse:
    """Begin a control plan."""
    form = PlanForm(request.POST or None, by=request.user, initial=request.GET.dict())

    def begun(data: dict[str, Any]) -> ControlPlan:
        return plans.create(**data, by=request.user, at=timezone.now())

    return enter(request, form, begun, template="qms/control_plan/create.html", to="qms:control-plan-detail", key="pk")


def found(number: int) -> ControlPlan:
    """One revision by its id."""
    rows = ControlPlan.objects.select_related("material", "written_by", "submitted_by", "approved_by")
    return get_object_or_404(rows, pk=number)


@needs("control-plan.read")
def detail(request: HttpRequest, number: int, refusal: Refusal | None = None) -> HttpResponse:
    """One revision as a worksheet; while it is not in effect, with what its release changes on the floor."""
    plan, dialogs, at = found(number), Dialogs(request, refusal), timezone.now()
    lines, revisions = reading.lines_of(plan), reading.revisions(plan)
    begun = next((one for one in revisions if one.status in UNFINISHED and one.pk != plan.pk), None)
    why = reviewing.why_not(request, plan, "control-plan", not_ready=reading.why_not_submit(plan), begun=begun)
    is_coming = plan.status in UNFINISHED
    changes = releases.of(plan, at) if is_coming else []
    moved = releases.open_on_floor(plan, at) if plan.status == ReviewStatus.EFFECTIVE else []
    context: dict[str, Any] = {
        "moved": plan_sheet.told(moved), "moved_hash": plan_floor.hash_of(moved),
        "why_carry": policies.why_not(request.user, "control-plan.approve"),
        "plan": plan, "lines": lines, "dialogs": dialogs, "why": why, "steps": reviewing.steps(plan),
        "sheet": plan_sheet.worksheet(plan, lines, why["edit"], at), "revisions": revisions,
        "is_coming": is_coming, "floor": plan_sheet.told(changes), "former": releases.in_effect(plan.code),
        "unwatched": [(one, priority(one.priority)) for one in risks.unwatched(plan)],
        "openings": plan.openings.select_related("by"), "timeline": journal.timeline(plan, 30),
        "seen_hash": signatures.content_hash(releases.seen(plan, changes)), "meaning": Meaning.APPROVED,
        "forms": {**{name: dialogs.form(name, ReasonForm) for name in ("send_back", "revise")},
                  "describe": dialogs.form("describe", partial(DescribeForm.of, plan))},
    }
    return render(request, "qms/control_plan/detail.html", context, status=dialogs.status)


@require_POST
@needs("control-plan.edit")
def rows(request: HttpRequest, number: int) -> HttpResponse:
    """Rows of the worksheet, each saved or refused for itself."""
    plan, at = found(number), timezone.now()

    def save(key: Any, version: int, after: Any, values: dict[str, Any]) -> worksheets.Row:
        said = {"key": key, "version": version, "after": after, "values": values}
        line = plan_lines.save(plan=plan, **said, by=request.user, at=at)
        return plan_sheet.row(ControlPlanLine.objects.select_related("characteristic__parameter__unit").get(pk=line.pk))

    def remove(key: Any, version: int) -> None:
        plan_lines.remove(plan=plan, key=key, version=version, by=request.user, at=at)

    return worksheets.answer(request, save=save, remove=remove, find=lambda key: plan_sheet.find(plan, key))


@needs("control-plan.edit")
def propose(request: HttpRequest, number: int) -> HttpResponse:
    """The chains that this plan should watch; the chosen ones become rows."""
    plan = found(number)
    refusal: Refusal | None = None
    if request.method == "POST":
        keys = [key for key in request.POST.getlist("line") if key.isdecimal()]
        chosen = FmeaLine.objects.filter(pk__in=keys).select_related("fmea", "characteristic").order_by("position")
        try:
            made = plan_risks.propose(plan=plan, lines=list(chosen), by=request.user, at=timezone.now())
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("%(count)s rows stand in the plan now. Complete them.") % {"count": len(made)})
            return redirect("qms:control-plan-detail", plan.pk)
    offered = [(one, priority(one.priority)) for one in risks.proposals(plan)]
    context = {"plan": plan, "proposals": offered, "sources": risks.sources(plan), "refusal": refusal}
    return render(request, "qms/control_plan/propose.html", context, status=409 if refusal else 200)


act = Acts(find=found, back="qms:control-plan-detail", page=detail)


@act("control-plan.edit", done=gettext_lazy("Saved."))
def describe(request: HttpRequest, plan: ControlPlan) -> None:
    """Name, stage and routing."""
    plans.describe(plan=plan, **valid(DescribeForm(request.POST, by=request.user)), by=request.user, at=timezone.now())


@act("control-plan.edit", done=gettext_lazy("Handed in. Somebody else reads and approves it."))
def submit(request: HttpRequest, plan: ControlPlan) -> None:
    """Hand it in."""
    plans.submit(plan=plan, by=request.user, at=timezone.now())


@act("control-plan.approve", done=gettext_lazy("Sent back: it can be changed again."))
def send_back(request: HttpRequest, plan: ControlPlan) -> None:
    """Let it be changed again."""
    plans.send_back(plan=plan, **valid(ReasonForm(request.POST, by=request.user)), by=request.user, at=timezone.now())


@act("control-plan.approve", done=gettext_lazy("The plan is effective, and the floor works by it."))
def approve(request: HttpRequest, plan: ControlPlan) -> None:
    """Release it, signed."""
    plans.approve(plan=plan, **signed(request), by=request.user, at=timezone.now())


@act("control-plan.approve", done=gettext_lazy("The floor works by this plan again."))
def carry_out(request: HttpRequest, plan: ControlPlan) -> None:
    """Make the floor what the plan says, after its routing changed."""
    seen = request.POST.get("seen_hash", "")
    plan_floor.carry_out(plan=plan, seen_hash=seen, by=request.user, at=timezone.now())


@require_POST
@needs("control-plan.edit")
def revise(request: HttpRequest, number: int) -> HttpResponse:
    """Begin the next revision and open it."""
    plan = found(number)
    try:
        said = valid(ReasonForm(request.POST, by=request.user))
        fresh = plans.revise(plan=plan, **said, by=request.user, at=timezone.now())
    except Refusal as refusal:
        return detail(request, number, refusal=refusal)
    return redirect("qms:control-plan-detail", fresh.pk)
