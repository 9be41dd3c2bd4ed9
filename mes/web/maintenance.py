"""Work on machines on the screen: opened, begun, ticked off with the parts it takes, finished, signed off."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mes.commands import maintenance as commands
from mes.commands import spare_parts
from mes.models import MaintenanceKind, MaintenanceOrder, MaintenanceStatus, MaintenanceStep
from mes.queries import andon, maintenance
from mes.web.maintenance_forms import FinishForm, HandOverForm, OpenForm, TakeForm, WhyForm
from plant import policies
from plant.commands import signatures
from plant.errors import Refusal
from plant.models import Meaning
from plant.queries import journal, reaction_steps
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, enter, signed, valid
from plant.web.alarm_forms import StepForm, StepLeftOutForm

FORMS = {
    "assign": HandOverForm, "take": TakeForm, "tick": StepForm, "leave_out": StepLeftOutForm, "cancel": WhyForm,
}


@needs("maintenance.open")
def open_order(request: HttpRequest) -> HttpResponse:
    """Open a work order for a machine."""
    form = OpenForm(request.POST or None, by=request.user, initial=request.GET.dict())

    def opened(said: dict[str, Any]) -> MaintenanceOrder:
        return commands.open_order(**said, by=request.user, at=timezone.now())

    return enter(request, form, opened, template="mes/maintenance/open.html", to="mes:maintenance-detail")


@needs("maintenance.read")
def detail(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """One work order with its checklist, its parts and what was found."""
    order, dialogs = maintenance.by_number(number), Dialogs(request, refusal)
    broke = order.kind == MaintenanceKind.BREAKDOWN
    forms = {name: dialogs.form(name, kind) for name, kind in FORMS.items()}
    context: dict[str, Any] = {
        "order": order, "dialogs": dialogs, "why": why_not(request, order), "steps": maintenance.steps(order),
        "parts": list(order.parts.select_related("part", "by").order_by("pk")),
        "forms": forms | {"finish": dialogs.form("finish", FinishForm, broke=broke)},
        "timeline": journal.timeline(order),
        "meaning": Meaning.REVIEWED, "seen_hash": signatures.content_hash(maintenance.seen(order)),
    }
    return render(request, "mes/maintenance/detail.html", context, status=dialogs.status)


def why_not(request: HttpRequest, order: MaintenanceOrder) -> dict[str, str]:
    """For each act, why it can't be done now; empty when it can."""
    acts = {"start": "work", "tick": "work", "take": "work", "finish": "work", "assign": "assign", "cancel": "assign",
            "sign_off": "sign"}
    why = {name: policies.why_not(request.user, f"maintenance.{action}") for name, action in acts.items()}
    is_open, is_begun = order.status == MaintenanceStatus.OPEN, order.status == MaintenanceStatus.STARTED
    begun = _("The work is begun or over already.")
    later = _("Begin the work first.") if is_open else _("The work is over.")
    if not is_open:
        why |= {name: why[name] or begun for name in ("start", "cancel")}
    if not is_begun:
        why |= {name: why[name] or later for name in ("tick", "take", "finish")}
    if not (is_open or is_begun):
        why["assign"] = why["assign"] or begun
    if order.status != MaintenanceStatus.DONE:
        why["sign_off"] = why["sign_off"] or _("It is signed off once it is done.")
    elif order.done_by == request.user:
        why["sign_off"] = _("You did this work yourself. Somebody else signs it off.")
    return why


act = Acts(find=maintenance.by_number, back="mes:maintenance-detail", page=detail)


@act("maintenance.work", done=gettext_lazy("The work is begun; the machine is in maintenance."))
def start(request: HttpRequest, order: MaintenanceOrder) -> None:
    """Begin."""
    commands.start(order=order, by=request.user, at=timezone.now())


@act("maintenance.assign", done=gettext_lazy("The work is handed over; its new owner is told."))
def assign(request: HttpRequest, order: MaintenanceOrder) -> None:
    """Give it to somebody."""
    said = valid(HandOverForm(request.POST, by=request.user))
    commands.assign(order=order, **said, by=request.user, at=timezone.now())


@act("maintenance.work", done=gettext_lazy("The step is done."))
def tick(request: HttpRequest, order: MaintenanceOrder) -> None:
    """A step of the checklist."""
    _tick(request, order, valid(StepForm(request.POST)), is_done=True)


@act("maintenance.work", done=gettext_lazy("The step is left out."))
def leave_out(request: HttpRequest, order: MaintenanceOrder) -> None:
    """A step that is not done, and why."""
    _tick(request, order, valid(StepLeftOutForm(request.POST)), is_done=False)


def _tick(request: HttpRequest, order: MaintenanceOrder, said: dict[str, Any], *, is_done: bool) -> None:
    step = reaction_steps.asked(MaintenanceStep, request.POST.get("step", ""))
    if step is None:
        raise commands.MaintenanceRefused(_("This step is done already, or of another plan. Look at the list again."))
    commands.tick(order=order, step=step, **said, is_done=is_done, by=request.user, at=timezone.now())


@act("maintenance.work", done=gettext_lazy("Booked."))
def take(request: HttpRequest, order: MaintenanceOrder) -> None:
    """Parts for this work."""
    said = valid(TakeForm(request.POST, by=request.user))
    spare_parts.take(order=order, **said, by=request.user, at=timezone.now())


@act("maintenance.work", done=gettext_lazy("The work is done; the machine may run again."))
def finish(request: HttpRequest, order: MaintenanceOrder) -> None:
    """What was found."""
    said = valid(FinishForm(request.POST, broke=order.kind == MaintenanceKind.BREAKDOWN))
    commands.finish(order=order, **said, by=request.user, at=timezone.now())


@act("maintenance.sign", done=gettext_lazy("The work is signed off."))
def sign_off(request: HttpRequest, order: MaintenanceOrder) -> None:
    """Sign that it is good."""
    commands.sign_off(order=order, **signed(request), by=request.user, at=timezone.now())


@act("maintenance.assign", done=gettext_lazy("The work order is called off."))
def cancel(request: HttpRequest, order: MaintenanceOrder) -> None:
    """Call it off."""
    commands.cancel(order=order, **valid(WhyForm(request.POST)), by=request.user, at=timezone.now())


@Acts(find=andon.by_id, back="mes:andon-detail", key="pk")(
    "maintenance.open", done=gettext_lazy("A work order is open for it, in the inbox of maintenance.")
)
def for_call(request: HttpRequest, call: Any) -> None:
    """A work order for a machine that called for help."""
    title = f"{call.kind.title}: {call.note}" if call.note else str(call.kind.title)
    commands.open_order(equipment=call.station, andon=call, title=title, by=request.user, at=timezone.now())
