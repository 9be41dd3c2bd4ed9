"""The recipe of a work order beside what its machine holds, and writing it where that is switched on."""

from typing import Any, NamedTuple

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from integrations.plc.commands import recipes as commands
from integrations.plc.queries import recipes
from mes.models import JobOrder
from mes.queries import effects, orders
from plant import policies, scoping
from plant.errors import Refusal
from plant.models import Equipment
from plant.web.access import needs
from plant.web.acting import Dialogs, valid
from plant.web.forms import Form


class WriteForm(Form):
    """Why it is written."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=200)


class Place(NamedTuple):
    """A work order at a machine."""

    job: JobOrder
    machine: Equipment


def find(request: HttpRequest, number: str, code: str) -> Place:
    """Both, if the person reaches the order; the address answers for the machine."""
    job = orders.job_by_number(number)
    scoping.check(request.user, job)
    return Place(job, get_object_or_404(Equipment, code=code))


@needs("golden.read")
def detail(request: HttpRequest, number: str, code: str, refusal: Refusal | None = None) -> HttpResponse:
    """Golden parameters beside the setpoints that the controller holds now."""
    job, machine = find(request, number, code)
    lines, dialogs = recipes.compared(recipes.lines(job, machine)), Dialogs(request, refusal)
    context: dict[str, Any] = {
        "job": job, "machine": machine, "lines": lines, "dialogs": dialogs, "form": dialogs.form("write", WriteForm),
        "effects": effects.of_routing(job.work_master), "master": job.work_master,
        "written": recipes.written(job, machine), "why_not_write": why_not(request, lines),
        "is_met": bool(lines) and all(line.is_met(line.holds) for line in lines),
    }
    return render(request, "integrations/recipe/detail.html", context, status=dialogs.status)


def why_not(request: HttpRequest, lines: list[recipes.Line]) -> str:
    """Why nothing can be written now, as far as the page knows it; the command asks the rest."""
    if not lines:
        return _("No setpoint of this machine takes a golden parameter of the work order.")
    if not all(line.tag.plc.writes_recipes for line in lines):
        return _("Writing recipes to this controller is switched off.")
    return policies.why_not(request.user, "recipe.write")


@require_POST
@needs("recipe.write")
def write(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Write it, and look again."""
    job, machine = find(request, number, code)
    try:
        said = valid(WriteForm(request.POST))
        commands.write(job_order=job, machine=machine, **said, by=request.user, at=timezone.now())
    except Refusal as refused:
        return detail(request, number, code, refusal=refused)
    return redirect("integrations:recipe-detail", number, code)
