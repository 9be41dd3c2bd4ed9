"""Handover notes at the desk: the last ones of a line, and the one of this shift."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from mes.commands import handovers as commands
from mes.queries import floor, handovers
from plant import policies
from plant.errors import Refusal
from plant.models import Equipment, EquipmentLevel
from plant.web.access import needs
from plant.web.acting import valid
from plant.web.forms import Form


class NoteForm(Form):
    """What the next shift must know."""

    text = forms.CharField(
        label=_("What must the next shift know?"), required=False, max_length=commands.LONGEST,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("What stands still, holds and due checks go along by themselves."),
    )


def line_or_404(code: str) -> Equipment:
    """The line in the address."""
    return get_object_or_404(Equipment, code=code, level=EquipmentLevel.WORK_CENTER)


@needs("handover.read")
def page(request: HttpRequest, code: str, refusal: Refusal | None = None, status: int = 200) -> HttpResponse:
    """The notes of a line, the newest first, and the form for this shift's."""
    line, at = line_or_404(code), timezone.now()
    mine = handovers.of_shift(line, at)
    shown: dict[str, Any] = {"text": mine.text if mine else ""}
    form = NoteForm(request.POST or None, initial=shown, by=request.user)
    context = {
        "line": line, "lines": [(one, one.pk == line.pk) for one in floor.lines_of(request.user)],
        "notes": [(note, handovers.worded(note.facts)) for note in handovers.newest(line)],
        "facts": handovers.worded(handovers.facts(line)), "form": form,
        "refusal": refusal, "why": policies.why_not(request.user, "handover.say"),
    }
    return render(request, "mes/handover/page.html", context, status=status)


@require_POST
@needs("handover.say")
def write(request: HttpRequest, code: str) -> HttpResponse:
    """Write this shift's note."""
    line = line_or_404(code)
    try:
        commands.write(line=line, **valid(NoteForm(request.POST, by=request.user)), by=request.user, at=timezone.now())
    except Refusal as refusal:
        return page(request, code, refusal=refusal, status=409)
    messages.success(request, now("The note waits for the next shift."))
    return redirect("mes:handover", code)


@require_POST
@needs("handover.read")
def acknowledge(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Say that this shift has read a note."""
    note = handovers.by_id(line_or_404(code), pk)
    try:
        if note is not None:
            commands.acknowledge(note=note, by=request.user, at=timezone.now())
    except Refusal as refusal:
        return page(request, code, refusal=refusal, status=409)
    return redirect("mes:handover", code)
