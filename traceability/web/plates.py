"""Labels of many records at once: machines and places, materials, people's badges, lots."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from plant import policies, scoping
from plant.console import labels as register
from plant.errors import Refusal
from plant.models import Equipment, MaterialDefinition, Person
from plant.transactions import command
from plant.web.access import needs
from plant.web.acting import valid
from plant.web.forms import Form
from traceability import label_files
from traceability import labels as plain
from traceability.commands import labels as commands
from traceability.label_layout import Drawing
from traceability.labels import Label
from traceability.models import LabelTemplate, MaterialLot
from traceability.queries import labels
from traceability.queries.labels import Thing
from traceability.web.labels import TYPES, drawn, written

MOST = register.MOST


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record with labels: how a record becomes a thing with a label, and who may print it."""

    model: type[Model]
    thing: Callable[[Any], Thing] | None
    action: str
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A label that is ready; of a badge nothing is counted."""

    drawing: Drawing
    thing: Thing | None = None
    template: LabelTemplate | None = None
    pieces: int = 1


KINDS: dict[str, Kind] = {
    "equipment": Kind(Equipment, labels.equipment, "label.print", ("parent",)),
    "station": Kind(Equipment, labels.station, "label.print", ("parent",)),
    "material": Kind(MaterialDefinition, labels.material, "label.print", ("unit",)),
    "badge": Kind(Person, None, "people.edit", ("site",)),
    "lot": Kind(MaterialLot, labels.lot, "lot.print", ("material__unit", "site")),
}


class ManyForm(Form):
    """On what, and why those that were printed before are printed again."""

    kind = forms.ChoiceField(
        label=_("Printer"), choices=[("pdf", _("Any printer (PDF)")), ("zpl", _("Label printer (ZPL)"))], initial="pdf"
    )
    reason = forms.CharField(
        label=_("Why again"), required=False, max_length=200, help_text=_("Only for those that were printed before.")
    )


def badge(row: Person) -> Drawing | None:
    """A badge: its QR code and bars carry the badge code, so that a tablet reads either."""
    if not row.badge:
        return None
    lines = (row.name, row.number, row.site.name if row.site else "")
    return plain.drawing(Label(row.badge, row.badge, tuple(filter(None, lines))))


@needs("label.print")
def page(request: HttpRequest, kind: str) -> HttpResponse:
    """The labels of the records named in the address; sent off, each print is recorded and the file comes back."""
    found = KINDS.get(kind)
    if found is None:
        raise Http404
    policies.check(request.user, found.action)
    made = [(row, ready(request, found, row)) for row in chosen(request, found)]
    form, refusal = ManyForm(request.POST or None, by=request.user), None
    if request.method == "POST":
        try:
            return sent(request, kind, [one for _row, one in made if one], valid(form))
        except Refusal as refused:
            refusal = refused
    context = {
        # The drawing escapes every text itself.
        "drawings": [mark_safe(label_files.svg(one.drawing)) for _row, one in made if one],  # noqa: S308
        "without": [str(row) for row, one in made if one is None], "form": form, "refusal": refusal,
        "action": request.get_full_path(),
    }
    return render(request, "traceability/label/page.html", context, status=409 if refusal else 200)


def chosen(request: HttpRequest, found: Kind) -> list[Any]:
    """The records of the address that the person reaches."""
    keys = [key for key in request.GET.get("ids", "").split(",") if key.isascii() and key.isdigit() and len(key) < 19]
    near = scoping.visible(found.model._default_manager.select_related(*found.related), request.user)
    return list(near.filter(pk__in=keys[:MOST]).order_by("pk"))


def ready(request: HttpRequest, found: Kind, row: Any) -> Made | None:
    """The label of a record; none where there is no code."""
    if found.thing is None:
        drawing = badge(row)
        return Made(drawing) if drawing else None
    thing = found.thing(row)
    drawing, template = drawn(request, thing)
    return Made(drawing, thing, template, template.pieces if template else 1)


def sent(request: HttpRequest, kind: str, made: list[Made], said: dict[str, Any]) -> HttpResponse:
    """Record every print, then the file."""
    record(made=made, reason=said["reason"], by=request.user)
    drawings = [one.drawing for one in made for _piece in range(one.pieces)]
    response = HttpResponse(written(said["kind"], drawings), content_type=TYPES[said["kind"]])
    response["Content-Disposition"] = f'attachment; filename="labels-{kind}.{said["kind"]}"'
    return response


@command
def record(*, made: list[Made], reason: str, by: Person) -> None:
    """All prints, or none of them."""
    at = timezone.now()
    for one in made:
        if one.thing is not None:
            commands.record_print(
                thing=one.thing, drawing=one.drawing, template=one.template, reason=reason, by=by, at=at
            )


def address(kind: str) -> Callable[[Any], str]:
    """Where the labels of these records are printed."""
    return lambda rows: f"{reverse('traceability:labels', args=[kind])}?ids={','.join(str(row.pk) for row in rows)}"


for _kind, _found in KINDS.items():
    if _kind != "station":
        register.register(_found.model._meta.label, register.LabelPage(address(_kind), _found.action))
