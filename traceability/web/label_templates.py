"""One label template: how the newest thing of its kind would look, and where to change it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import mark_safe

from plant import policies, scoping
from plant.errors import Refusal
from plant.models import Equipment, EquipmentLevel, MaterialDefinition, Person
from plant.queries import journal
from plant.web.access import needs
from traceability import label_files
from traceability.models import HandlingUnit, LabelKind, LabelTemplate, LotKind, MaterialLot
from traceability.queries import labels
from traceability.queries.labels import Thing

TRIED = 50  # newest things that are looked through for one that the template is for


@needs("label.print")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The template with a real example."""
    template = get_object_or_404(LabelTemplate.objects.select_related("material", "customer"), pk=pk)
    thing, drawing, refusal = example(template, request.user), "", None
    if thing is not None:
        try:
            drawing = label_files.svg(labels.drawing(thing, template, request.build_absolute_uri("/")))
        except Refusal as refused:
            refusal = refused
    context = {
        "template": template, "thing": thing, "refusal": refusal, "timeline": journal.timeline(template),
        # The drawing escapes every text itself.
        "drawing": mark_safe(drawing), "lines": template.lines.splitlines() or labels.LINES[template.kind],  # noqa: S308
        "edit_url": reverse("admin:traceability_labeltemplate_change", args=[pk]),
        "why_not_edit": policies.why_not(request.user, "master.edit"),
    }
    return render(request, "traceability/label/template.html", context)


def example(template: LabelTemplate, person: Person) -> Thing | None:
    """The newest thing that the template is for, within what the person reaches."""
    kind, material = template.kind, template.material
    if kind == LabelKind.MATERIAL:
        row = material or MaterialDefinition.objects.filter(active=True).first()
        return labels.material(row) if row else None
    if kind in (LabelKind.STATION, LabelKind.EQUIPMENT):
        rows = scoping.visible(Equipment.objects.filter(level=EquipmentLevel.WORK_UNIT, active=True), person)
        made = labels.station if kind == LabelKind.STATION else labels.equipment
        return next(map(made, rows.order_by("code")[:1]), None)
    if kind == LabelKind.GAUGE:
        model, _name, of_row = labels.SORTS[labels.sort_of(kind)]
        return next(map(of_row, scoping.visible(model._default_manager.all(), person).order_by("code")[:1]), None)
    if kind in (LabelKind.LOT, LabelKind.SERIAL):
        lots = MaterialLot.objects.filter(kind=LotKind.SERIAL if kind == LabelKind.SERIAL else LotKind.LOT)
        lots = lots.filter(material=material) if material else lots
        found = map(labels.lot, scoping.visible(lots, person).order_by("-created_at")[:TRIED])
    else:
        units = HandlingUnit.objects.filter(kind=kind)
        units = units.filter(contents__lot__material=material).distinct() if material else units
        found = map(labels.unit, scoping.visible(units, person).order_by("-opened_at")[:TRIED])
    return next((one for one in found if template.customer in (None, one.customer)), None)
