"""Marking defects on the drawing: a click says where, the dialog says which."""

from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from plant import policies
from plant.errors import Refusal
from plant.models import ReasonCode
from plant.web.access import needs
from plant.web.acting import Dialogs, valid
from plant.web.forms import Form
from qms.commands import defect_marks as commands
from qms.models import DefectMark, Drawing, Inspection, InspectionItem
from qms.queries import defect_marks as reading
from qms.queries import drawings
from qms.queries import inspections as tasks
from qms.web.inspection_forms import defects

WHOLE = 100


class MarkForm(Form):
    """Which defect, and where."""

    reason = forms.ModelChoiceField(label=gettext_lazy("Defect"), queryset=ReasonCode.objects.none())
    page = forms.IntegerField(label=gettext_lazy("Page"), min_value=1, initial=1)
    x = forms.FloatField(label=gettext_lazy("From the left, 0 to 1"), min_value=0, max_value=1, initial=0.5)
    y = forms.FloatField(label=gettext_lazy("From the top, 0 to 1"), min_value=0, max_value=1, initial=0.5)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = ReasonCode.objects.filter(pk__in=[one.pk for one in defects()]).order_by("code")
        self.fields["reason"].queryset = kinds  # type: ignore[attr-defined]
        self.fields["reason"].label_from_instance = lambda one: one.title  # type: ignore[attr-defined]


def asked_for(task: Inspection, request: HttpRequest) -> tuple[InspectionItem, list[Drawing], Drawing | None]:
    """The item that is judged by eye, the drawings of its part, and the chosen one."""
    rows = task.items.filter(characteristic__is_counted=True).select_related("characteristic", "inspection")
    chosen = request.GET.get("item", "")
    item = rows.filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 19 else rows.first()
    if item is None:
        raise Http404
    found = drawings.for_inspection(task)
    wanted = request.GET.get("drawing", "")
    return item, found, next((one for one in found if str(one.pk) == wanted), found[0] if found else None)


@needs("inspection.read")
def marks(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """The drawing with its marks, and how many there are by code and place."""
    task, dialogs = tasks.by_number(number), Dialogs(request, refusal)
    item, offered, drawing = asked_for(task, request)
    said = request.GET.get("page", "1")
    pages = len(drawing.pages) if drawing else 1
    page = min(max(int(said) if said.isdecimal() else 1, 1), pages)
    width, height = drawing.pages[page - 1] if drawing else (1, 1)
    found = reading.of_item(item, drawing) if drawing else []
    over = "" if task.status in tasks.TO_DO else _("%(number)s takes no more results.") % {"number": task.number}
    context: dict[str, Any] = {
        "task": task, "item": item, "drawing": drawing, "dialogs": dialogs, "found": found, "page": page,
        "pages": range(1, pages + 1), "width": width, "height": height, "radius": round(max(width, height) / 65, 1),
        "shown": [spot(mark, number, width, height) for number, mark in enumerate(found, 1) if mark.page == page],
        "counted": reading.counted(found), "why": policies.why_not(request.user, "inspection.record") or over,
        "drawing_key": str(drawing.pk) if drawing else "",
        "options": [(str(one.pk), f"{one} {one.title}") for one in offered],
        "query": f"?item={item.pk}&drawing={drawing.pk if drawing else ''}",
        "form": dialogs.form("place", partial(MarkForm, initial={"page": page})),
    }
    return render(request, "qms/inspection/marks.html", context, status=dialogs.status)


def spot(mark: DefectMark, number: int, width: float, height: float) -> dict[str, Any]:
    """A mark as the drawing shows it."""
    x, y = float(mark.x) * width / WHOLE, float(mark.y) * height / WHOLE
    return {"x": round(x, 1), "y": round(y, 1), "label": number, "title": f"{number} {mark.reason.title}"}


@require_POST
@needs("inspection.record")
def place(request: HttpRequest, number: str) -> HttpResponse:
    """One more."""
    task = tasks.by_number(number)
    item, _offered, drawing = asked_for(task, request)
    try:
        said = valid(MarkForm(request.POST, by=request.user))
        if drawing is None:
            raise Http404
        x, y = (Decimal(str(said[name])) * WHOLE for name in ("x", "y"))
        commands.place(
            inspection=task, item=item, drawing=drawing, reason=said["reason"], page=said["page"], x=x, y=y,
            by=request.user, at=timezone.now(),
        )
    except Refusal as refusal:
        return marks(request, number, refusal=refusal)
    return redirect(back(task, item, drawing, said["page"]))


@require_POST
@needs("inspection.record")
def remove(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """One less."""
    task = tasks.by_number(number)
    rows = DefectMark.objects.select_related("item__inspection", "drawing")
    mark = get_object_or_404(rows, pk=pk, item__inspection=task)
    try:
        commands.remove(mark=mark, by=request.user, at=timezone.now())
    except Refusal as refusal:
        return marks(request, number, refusal=refusal)
    return redirect(back(task, mark.item, mark.drawing, mark.page))


def back(task: Inspection, item: InspectionItem, drawing: Drawing, page: int) -> str:
    """The page of the drawing that was looked at."""
    url = reverse("qms:inspection-marks", args=[task.number])
    return f"{url}?item={item.pk}&drawing={drawing.pk}&page={page}"
