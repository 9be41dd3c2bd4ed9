"""Inspections on the screen: the queue, and the task as one item after another."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant import policies
from plant.commands import signatures
from plant.errors import Refusal
from plant.models import Meaning
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, signed, valid
from qms.commands import counting, inspections, machine_results, results, verdicts
from qms.commands.entering import value_of
from qms.models import Inspection, InspectionItem, InspectionResult, Verdict
from qms.queries import gauge_register
from qms.queries import inspections as reading
from qms.queries import nonconformances as cases
from qms.queries.inspections import ItemState
from qms.web.gauge_choice import gauge_choice, gauge_of
from qms.web.gauge_forms import WhyForm
from qms.web.inspection_forms import CountForm, FileForm, OverrideForm, RepeatForm, TableForm, values_of
from traceability.models import Source

SHOWN = 20  # samples that are asked for at a time


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
    failed = "" if task.verdict == Verdict.FAIL else _("Only an inspection that a lot failed is repeated.")
    context = {
        "task": task, "states": states, "current": current, "dialogs": dialogs, "is_open": is_open,
        **(entering(request, current, dialogs) if current else {}),
        "position": states.index(current) + 1 if current else 0, "timeline": journal.timeline(task),
        "why_not_record": policies.why_not(request.user, "inspection.record"),
        "why_not_decide": policies.why_not(request.user, "inspection.decide") or missing,
        "why_not_override": why_not_override(request, task, missing), "meaning": Meaning.APPROVED,
        "override_form": dialogs.form("override", OverrideForm), "computed": reading.computed(states),
        "seen_hash": signatures.content_hash(reading.seen(task)), "case": cases.of_inspection(task),
        "why_not_repeat": policies.why_not(request.user, "inspection.repeat") or failed,
        "repeat_form": dialogs.form("repeat", RepeatForm),
        "file_form": dialogs.form("take_file", FileForm, auto_id="qif-%s"),
        "table_form": dialogs.form("take_table", TableForm, auto_id="table-%s"),
        "back_form": dialogs.form("give_back", WhyForm, auto_id="back-%s"),
        "again": task.repeated_by.first(),
        "measured_url": measured_url(task, current),
        "is_late": is_open and task.due_at < timezone.now(),
    }
    part = "measured" if request.GET.get("part") == "measured" else "detail"
    return render(request, f"qms/inspection/{part}.html", context, status=dialogs.status)


def measured_url(task: Inspection, current: ItemState | None) -> str:
    """Where the part of the page that moves by itself comes from."""
    asked = urlencode({"part": "measured", "item": current.item.pk if current else ""})
    return f"{reverse('qms:inspection-detail', args=[task.number])}?{asked}"


def why_not_override(request: HttpRequest, task: Inspection, missing: str) -> str:
    """Why this person can't decide otherwise than the results."""
    own = _("You measured for it yourself. Somebody else must decide otherwise.")
    why = policies.why_not(request.user, "inspection.override") or missing
    return why or (own if request.user.pk in reading.recorders(task) else "")


def entering(request: HttpRequest, current: ItemState, dialogs: Dialogs) -> dict[str, Any]:
    """What is filled in for an item: the pieces that were looked at, or the next samples."""
    if current.item.characteristic.is_counted:
        supersedes = request.POST.get("supersedes") or request.GET.get("supersedes", "")
        corrected = next((one for one in current.counts if str(one.pk) == supersedes), None)
        form = dialogs.form("count", CountForm, state=current, corrects=corrected is not None)
        return {"count_form": form, "corrected": corrected, "gauge": gauge_choice(request, current, dialogs, "count")}
    chosen = request.GET.get("sample", "")
    first = int(chosen) if chosen.isdecimal() else current.next_sample or 1
    shown = [row for row in current.samples if first <= row[0] < first + SHOWN]
    if current.item.sample_size <= SHOWN:
        shown = current.samples
    return {
        "inputs": [_input(dialogs, *sample) for sample in shown], "pasted": dialogs.typed.get("record", {}),
        "gauge": gauge_choice(request, current, dialogs, "record"),
    }


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
    state = asked_for(request, task)
    names, gauge = {sample: f"value-{sample}" for sample in reading.samples_of(state.item)}, gauge_of(request)
    texts = {sample: request.POST.get(name, "").strip() for sample, name in names.items()}
    values = {sample: value_of(text, names[sample]) for sample, text in texts.items() if text}
    for sample, value in {**values, **values_of(request.POST.get("pasted", ""), state)}.items():
        inspections.record(
            inspection=task, item=state.item, sample=sample, value=value, source=Source.MANUAL, by=request.user,
            at=timezone.now(), supersedes_reason=request.POST.get("reason", ""), gauge=gauge,
        )


def asked_for(request: HttpRequest, task: Inspection) -> ItemState:
    """The item that a form is about."""
    chosen = request.POST.get("item", "")
    state = next((state for state in reading.items(task) if str(state.item.pk) == chosen), None)
    if state is None:
        raise Http404
    return state


@act("inspection.record", done=gettext_lazy("Recorded."))
def count(request: HttpRequest, task: Inspection) -> None:
    """Write how many pieces were looked at, and what was found."""
    state = asked_for(request, task)
    corrected = next((one for one in state.counts if str(one.pk) == request.POST.get("supersedes")), None)
    form = CountForm(request.POST, by=request.user, state=state, corrects=corrected is not None)
    valid(form)
    counting.count(
        inspection=task, item=state.item, **form.asked(), supersedes=corrected, by=request.user, at=timezone.now(),
        gauge=gauge_of(request),
    )


@act("inspection.record", done=gettext_lazy("The values of the file are recorded."))
def take_file(request: HttpRequest, task: Inspection) -> None:
    """Take over what a measuring machine wrote."""
    said = valid(FileForm(request.POST, request.FILES, by=request.user))
    gauge = gauge_register.by_code(said["gauge"]) if said["gauge"] else None
    machine_results.take(inspection=task, results=said["file"], gauge=gauge, by=request.user, at=timezone.now())


@act("inspection.record", done=gettext_lazy("The values of the file are recorded."))
def take_table(request: HttpRequest, task: Inspection) -> None:
    """Take over a table of values; one bad row, and none is taken."""
    said = valid(TableForm(request.POST, request.FILES, by=request.user))
    gauge = gauge_register.by_code(said["gauge"]) if said["gauge"] else None
    results.take(inspection=task, rows=said["file"], gauge=gauge, by=request.user, at=timezone.now())


@act("inspection.repeat", done=gettext_lazy("The lot is inspected once more."))
def repeat(request: HttpRequest, task: Inspection) -> None:
    """Ask for the inspection of a rejected lot once more."""
    asked = valid(RepeatForm(request.POST, by=request.user))
    inspections.repeat(inspection=task, **asked, by=request.user, at=timezone.now())


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


@act("inspection.override", done=gettext_lazy("Decided."))
def override(request: HttpRequest, task: Inspection) -> None:
    """Decide otherwise than the results, signed."""
    said = valid(OverrideForm(request.POST, by=request.user))
    verdicts.override(inspection=task, **said, **signed(request), by=request.user, at=timezone.now())


@act("inspection.decide", done=gettext_lazy("Decided."))
def decide(request: HttpRequest, task: Inspection) -> None:
    """Decide by the results."""
    inspections.decide(inspection=task, by=request.user, at=timezone.now())
