"""Inspections on the screen: the queue, and the task as one item after another."""

import math
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant import policies
from plant.errors import Refusal
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs
from qms.commands import inspections
from qms.models import Inspection, InspectionItem, InspectionResult
from qms.queries import inspections as reading
from traceability.models import Source


@needs("inspection.read")
def detail(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """One task: the item to measure now, and what was measured."""
    task = reading.by_number(number)
    states, dialogs = reading.items(task), Dialogs(request, refusal)
    chosen = request.POST.get("item") or request.GET.get("item", "")
    current = next((state for state in states if str(state.item.pk) == chosen), None)
    if current is None and task.status in reading.TO_DO:
        current = next((state for state in states if not state.is_complete), None)
    is_open = task.status in reading.TO_DO
    missing = "" if all(state.is_complete for state in states) else _("Measure everything first.")
    context = {
        "task": task, "states": states, "current": current, "dialogs": dialogs, "is_open": is_open,
        "inputs": [_input(dialogs, *sample) for sample in current.samples] if current else [],
        "position": states.index(current) + 1 if current else 0, "timeline": journal.timeline(task),
        "why_not_record": policies.why_not(request.user, "inspection.record"),
        "why_not_decide": policies.why_not(request.user, "inspection.decide") or missing,
        "is_late": is_open and task.due_at < timezone.now(),
    }
    return render(request, "qms/inspection/detail.html", context, status=dialogs.status)


def _input(dialogs: Dialogs, number: int, result: InspectionResult | None) -> dict[str, Any]:
    """One sample to fill in: its value, or what was typed and why it was refused."""
    name, typed = f"value-{number}", dialogs.typed.get("record", {})
    is_wrong = bool(dialogs.refusal and dialogs.refusal.facts.get("field") == name)
    text = typed.get(name, str(result.value) if result else "")
    return {"number": number, "name": name, "result": result, "text": text,
            "error": dialogs.refusal if is_wrong else None}


act = Acts(find=reading.by_number, back="qms:inspection-detail", page=detail)


@act("inspection.record", done=gettext_lazy("Recorded."))
def record(request: HttpRequest, task: Inspection) -> None:
    """Write the values of one item, sample by sample."""
    rows = InspectionItem.objects.select_related("characteristic").filter(inspection=task)
    item = get_object_or_404(rows, pk=request.POST.get("item"))
    names = {sample: f"value-{sample}" for sample in range(1, item.sample_size + 1)}
    texts = {sample: request.POST.get(name, "").strip() for sample, name in names.items()}
    for sample, value in {sample: value_of(text, names[sample]) for sample, text in texts.items() if text}.items():
        inspections.record(
            inspection=task, item=item, sample=sample, value=value, source=Source.MANUAL, by=request.user,
            at=timezone.now(), supersedes_reason=request.POST.get("reason", ""),
        )


@needs("inspection.record")
def judge(request: HttpRequest, number: str) -> HttpResponse:
    """While somebody types: is this value within the limits?"""
    item = get_object_or_404(
        InspectionItem.objects.select_related("characteristic__parameter__unit"),
        pk=request.GET.get("item"), inspection__number=number,
    )
    texts = [text for name, text in request.GET.items() if name.startswith("value-")]
    context: dict[str, Any] = {"item": item, "text": texts[0] if texts else "", "is_number": True}
    try:
        context["passed"] = bool(texts and texts[0].strip()) and reading.is_within(item, value_of(texts[0]))
    except Refusal:
        context["is_number"] = False
    return render(request, "qms/inspection/judgement.html", context)


@act("inspection.decide", done=gettext_lazy("Decided."))
def decide(request: HttpRequest, task: Inspection) -> None:
    """Decide by the results."""
    inspections.decide(inspection=task, by=request.user, at=timezone.now())


def value_of(text: str, field: str = "") -> float:
    """A measured value as typed."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise Refusal(_("“%(text)s” is not a number. Enter the value from the instrument.") % {"text": text[:40]},
                      code="bad-number", facts={"field": field})
    return value
