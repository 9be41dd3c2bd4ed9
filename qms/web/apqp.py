"""APQP on the screen: projects with their phases and gates, deliverables with what proves them."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant import policies
from plant.commands import signatures
from plant.errors import Refusal
from plant.models import Meaning
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, enter, signed, valid
from qms import apqp_template
from qms.commands import apqp as commands
from qms.commands import apqp_gates
from qms.models import DELIVERED, ApqpDeliverable, ApqpPhase, ApqpProject, PhaseStatus, ProjectStatus
from qms.queries import apqp as reading
from qms.web.apqp_forms import AssignForm, DeliverableForm, EvidenceForm, ProjectForm, ReportForm
from qms.web.reviewing import ReasonForm

BACK = "qms:apqp-detail"


@needs("apqp.edit")
def create(request: HttpRequest) -> HttpResponse:
    """Begin a project."""
    form = ProjectForm(request.POST or None, by=request.user)

    def begun(_data: dict[str, Any]) -> ApqpProject:
        return commands.create(**form.project(), by=request.user, at=timezone.now())

    return enter(request, form, begun, template="qms/apqp/create.html", to=BACK)


def found(number: str) -> ApqpProject:
    """One project by its number."""
    return get_object_or_404(reading.listing(), number=number)


@needs("apqp.read")
def detail(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """One project: its phases, what each gate waits for, and the PPAP submission."""
    project, dialogs, at = found(number), Dialogs(request, refusal), timezone.now()
    phases = reading.phases_of(project)
    now = next((one for one in phases if one.status == PhaseStatus.OPEN), None)
    is_over = "" if project.status == ProjectStatus.RUNNING else _("The project does not run any more.")
    sign = policies.why_not(request.user, "apqp.sign") or is_over
    context: dict[str, Any] = {
        "project": project, "dialogs": dialogs, "now_phase": now, "steps": steps(phases), "submission":
        reading.submission(project), "timeline": journal.timeline(project, 30), "meaning": Meaning.APPROVED,
        "phases": [(one, reading.marked_late(list(one.deliverables.all()), at)) for one in phases],
        "why": {"edit": policies.why_not(request.user, "apqp.edit") or is_over,
                "sign": sign or (reading.why_not_pass(now, request.user) if now else is_over)},
        "seen_hash": signatures.content_hash(reading.seen(now)) if now else "",
        "forms": {"add": dialogs.form("add", DeliverableForm), "cancel": dialogs.form("cancel", ReasonForm)},
    }
    return render(request, "qms/apqp/detail.html", context, status=dialogs.status)


def steps(phases: list[ApqpPhase]) -> list[dict[str, Any]]:
    """The five phases as a bar."""
    current = next((one.number for one in phases if one.status == PhaseStatus.OPEN), 0)
    return [
        {"label": f"{one.number} · {one.title}", "at": one.passed_at or one.due_at, "current": one.number == current,
         "tone": "done" if one.passed_at else "running" if one.number == current else "waiting",
         "icon": "circle-check" if one.passed_at else "flag"}
        for one in phases
    ]


act = Acts(find=found, back=BACK, page=detail)


@act("apqp.edit", done=gettext_lazy("The deliverable is asked for."))
def add(request: HttpRequest, project: ApqpProject) -> None:
    """Ask for something more in the phase that runs."""
    phase = project.phases.filter(status=PhaseStatus.OPEN).order_by("number").first()
    if phase is None:
        raise commands.ApqpRefused(_("The project does not run any more."))
    said = valid(DeliverableForm(request.POST, by=request.user))
    commands.add(phase=phase, **said, by=request.user, at=timezone.now())


@act("apqp.edit", done=gettext_lazy("The project is given up."))
def cancel(request: HttpRequest, project: ApqpProject) -> None:
    """Give it up."""
    said = valid(ReasonForm(request.POST, by=request.user))
    commands.cancel(project=project, **said, by=request.user, at=timezone.now())


@act("apqp.sign", done=gettext_lazy("The gate is passed."))
def pass_gate(request: HttpRequest, project: ApqpProject) -> None:
    """Sign the gate of the phase that runs."""
    phase = project.phases.filter(status=PhaseStatus.OPEN).order_by("number").first()
    if phase is None:
        raise commands.ApqpRefused(_("The project does not run any more."))
    apqp_gates.pass_gate(phase=phase, **signed(request), by=request.user, at=timezone.now())


def deliverable(number: int) -> ApqpDeliverable:
    """One deliverable by its id."""
    rows = ApqpDeliverable.objects.select_related("phase__project__material", "owner", "ended_by")
    return get_object_or_404(rows, pk=number)


@needs("apqp.read")
def delivered(request: HttpRequest, number: int, refusal: Refusal | None = None) -> HttpResponse:
    """One deliverable: whose, until when, what proves it."""
    one, dialogs = deliverable(number), Dialogs(request, refusal)
    project = one.phase.project
    reading.marked_late([one], timezone.now())
    context: dict[str, Any] = {
        "one": one, "project": project, "dialogs": dialogs, "reports": reading.reports_of(one),
        "asks": apqp_template.asks(one.element, project.level), "why": _why_not(request, one),
        "forms": {
            "assign": dialogs.form("assign", partial(AssignForm.of, one)),
            "deliver": dialogs.form("deliver", EvidenceForm),
            "waive": dialogs.form("waive", ReasonForm), "reopen": dialogs.form("reopen", ReasonForm),
            "report": dialogs.form("report", partial(ReportForm, deliverable=one)),
        },
    }
    return render(request, "qms/apqp/deliverable.html", context, status=dialogs.status)


def _why_not(request: HttpRequest, one: ApqpDeliverable) -> dict[str, str]:
    """For each act, why it can't be done now; empty when it can."""
    edit, work = (policies.why_not(request.user, f"apqp.{verb}") for verb in ("edit", "work"))
    over = "" if one.phase.project.status == ProjectStatus.RUNNING else _("The project does not run any more.")
    is_done = one.status in DELIVERED
    if not work and one.owner_id != request.user.pk and edit:
        work = _("Only its owner or the project's leader can.")
    ended = _("It is delivered already.") if is_done else ""
    return {
        "assign": edit or over or ended, "deliver": work or over or ended, "waive": edit or over or ended,
        "report": work or over or ended,
        "reopen": edit or over or ("" if is_done else _("It is not delivered yet."))
        or (_("The gate that rests on it is passed.") if one.phase.status == PhaseStatus.PASSED else ""),
    }


of = Acts(find=deliverable, back="qms:apqp-deliverable", page=delivered)


@of("apqp.edit", done=gettext_lazy("Its owner finds it in the inbox."))
def assign(request: HttpRequest, one: ApqpDeliverable) -> None:
    """Whose it is."""
    said = valid(AssignForm(request.POST, by=request.user))
    commands.assign(deliverable=one, **said, by=request.user, at=timezone.now())


@of("apqp.work", done=gettext_lazy("Delivered."))
def deliver(request: HttpRequest, one: ApqpDeliverable) -> None:
    """What proves it."""
    said = valid(EvidenceForm(request.POST, by=request.user))
    commands.deliver(deliverable=one, **said, by=request.user, at=timezone.now())


@of("apqp.edit", done=gettext_lazy("It does not apply to this project."))
def waive(request: HttpRequest, one: ApqpDeliverable) -> None:
    """Why it does not apply."""
    said = valid(ReasonForm(request.POST, by=request.user))
    commands.waive(deliverable=one, **said, by=request.user, at=timezone.now())


@of("apqp.edit", done=gettext_lazy("It is open again."))
def reopen(request: HttpRequest, one: ApqpDeliverable) -> None:
    """Have it done once more."""
    said = valid(ReasonForm(request.POST, by=request.user))
    commands.reopen(deliverable=one, **said, by=request.user, at=timezone.now())


@of("apqp.work", done=gettext_lazy("The report is kept."))
def report(request: HttpRequest, one: ApqpDeliverable) -> None:
    """A test and what came out."""
    said = valid(ReportForm(request.POST, by=request.user, deliverable=one))
    apqp_gates.report(deliverable=one, **said, by=request.user, at=timezone.now())
