"""Drawings on the screen: kept, looked at page by page, balloons placed, carried and taken away."""

from datetime import timedelta
from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from plant import files, policies
from plant.errors import Refusal
from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import Reference
from plant.lists.looks import Moment, Number, Text, Who
from plant.models import MaterialDefinition
from plant.queries import journal
from plant.web import ranges
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, enter, valid
from plant.web.forms import Form, RowField
from qms.commands import drawings as commands
from qms.models import Balloon, Characteristic, Drawing
from qms.queries import defect_marks
from qms.queries import drawings as reading
from traceability.web.list_parts import materials

PICTURES = "image/png"
LOOK_BACK = timedelta(days=90)


class DrawingForm(Form):
    """A revision of a drawing."""

    code = forms.CharField(label=gettext_lazy("Drawing number"), max_length=60)
    revision = forms.CharField(label=gettext_lazy("Revision"), max_length=20)
    title = forms.CharField(label=gettext_lazy("Title"), max_length=160, required=False)
    material = RowField(
        label=gettext_lazy("Material"), to_field_name="code", queryset=MaterialDefinition.objects.filter(active=True)
    )
    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("A picture or a PDF."))


class BalloonForm(Form):
    """What stands at a spot."""

    page = forms.IntegerField(label=gettext_lazy("Page"), min_value=1, initial=1)
    x = forms.FloatField(label=gettext_lazy("From the left, 0 to 1"), min_value=0, max_value=1, initial=0.5)
    y = forms.FloatField(label=gettext_lazy("From the top, 0 to 1"), min_value=0, max_value=1, initial=0.5)
    characteristic = RowField(
        label=gettext_lazy("Characteristic"), required=False, to_field_name="code",
        queryset=Characteristic.objects.order_by("code"),
    )
    requirement = forms.CharField(
        label=gettext_lazy("Requirement in words"), max_length=200, required=False,
        help_text=gettext_lazy("A note, or what the limits do not say."),
    )


class SpotForm(Form):
    """Where a balloon stands from now on."""

    page = forms.IntegerField(min_value=1)
    x = forms.FloatField(min_value=0, max_value=1)
    y = forms.FloatField(min_value=0, max_value=1)


def drawing_url(drawing: Drawing) -> str:
    return reverse("qms:drawing-detail", args=[drawing.pk])


CREATE = Link(
    label=gettext_lazy("New drawing"), url="qms:drawing-create", action="drawing.edit", icon="plus", kind="primary"
)
DRAWINGS = Listing(
    key="drawings", title=gettext_lazy("Drawings"), url="qms:drawing-list", action="drawing.read", order="drawing",
    subtitle=gettext_lazy("Which characteristic stands where, by numbered balloons."),
    rows=lambda viewer: reading.listing(), href=drawing_url,
    search=("code", "title", "material__code"), placeholder=gettext_lazy("Number, title or material"),
    columns=(
        Column(key="drawing", label=gettext_lazy("Drawing"), value=str, sort=("code", "-at"),
               look=Text(href=drawing_url, icon="ruler-2")),
        Column(key="title", label=gettext_lazy("Title"), sort=("title",)),
        Column(key="material", label=gettext_lazy("Material"), sort=("material__code",)),
        Column(key="balloons", label=gettext_lazy("Balloons"), value="balloon_count", look=Number(),
               sort=("balloon_count",)),
        Column(key="by", label=gettext_lazy("By"), look=Who(), sort=("by__name",)),
        Column(key="at", label=gettext_lazy("Kept"), look=Moment(), sort=("at",)),
    ),
    filters=(
        Reference(key="material", label=gettext_lazy("Material"), field="material__code", options=materials),
    ),
    links=(CREATE,),
    nothing=Nothing(
        title=gettext_lazy("No drawing yet"), icon="ruler-2", links=(CREATE,),
        text=gettext_lazy("Send a picture or a PDF, then click where a characteristic stands."),
    ),
)


@needs("drawing.edit")
def create(request: HttpRequest) -> HttpResponse:
    """Keep a revision of a drawing."""
    form = DrawingForm(request.POST or None, request.FILES or None, by=request.user, initial=request.GET.dict())

    def kept(data: dict[str, Any]) -> Drawing:
        return commands.keep(**data, by=request.user, at=timezone.now())

    return enter(
        request, form, kept, template="qms/drawing/create.html", to="qms:drawing-detail", key="pk",
        done=_("The drawing is kept. Click where a characteristic stands."),
    )


def found(number: int) -> Drawing:
    """One revision by its id."""
    return get_object_or_404(reading.listing(), pk=number)


@needs("drawing.read")
def detail(request: HttpRequest, number: int, refusal: Refusal | None = None) -> HttpResponse:
    """One drawing with its balloons, page by page."""
    drawing, dialogs = found(number), Dialogs(request, refusal)
    asked = request.GET.get("page", "1")
    page = min(max(int(asked) if asked.isdecimal() else 1, 1), len(drawing.pages))
    width, height = drawing.pages[page - 1]
    balloons = reading.balloons_of(drawing)
    shown = [
        {"balloon": one, "x": round(one.x * width, 1), "y": round(one.y * height, 1)}
        for one in balloons if one.page == page
    ]
    context: dict[str, Any] = {
        "drawing": drawing, "dialogs": dialogs, "balloons": balloons, "page": page, "shown": shown, "width": width,
        "height": height, "radius": round(max(width, height) / 65, 1),
        "why": policies.why_not(request.user, "drawing.edit"), "pages": range(1, len(drawing.pages) + 1),
        "marked": defect_marks.counted(defect_marks.on_drawing(drawing, request.user, timezone.now() - LOOK_BACK)),
        "timeline": journal.timeline(drawing, 20),
        "form": dialogs.form("place", partial(BalloonForm, initial={"page": page})),
    }
    return render(request, "qms/drawing/detail.html", context, status=dialogs.status)


@require_safe
@needs("drawing.read")
def media(request: HttpRequest, number: int, page: int) -> HttpResponseBase:
    """The picture of a page; page 0 is the file as it was sent."""
    drawing = found(number)
    if page > len(drawing.pages):
        raise Http404
    key = drawing.key + commands.PAGE.format(page) if page else drawing.key
    is_drawn = page and not drawing.is_picture
    told = {"media_type": PICTURES if is_drawn else drawing.media_type, "name": drawing.name,
            "etag": f"{drawing.sha256}-{page}"}
    response = ranges.answer(request, files.path_of(key), **told)
    if page or drawing.is_picture:
        response["Content-Security-Policy"] = ranges.ALONE
    return response


act = Acts(find=found, back="qms:drawing-detail", page=detail)


@act("drawing.edit", done=gettext_lazy("The balloon is placed."))
def place(request: HttpRequest, drawing: Drawing) -> None:
    """The next number."""
    said = valid(BalloonForm(request.POST, by=request.user))
    commands.place(drawing=drawing, **said, by=request.user, at=timezone.now())


def _balloon(drawing: Drawing, pk: int) -> Balloon:
    return get_object_or_404(Balloon.objects.select_related("drawing"), pk=pk, drawing=drawing)


@act("drawing.edit", done=gettext_lazy("The balloon is moved."))
def move(request: HttpRequest, drawing: Drawing, pk: int) -> None:
    """Elsewhere."""
    said = valid(SpotForm(request.POST, by=request.user))
    commands.move(balloon=_balloon(drawing, pk), **said, by=request.user, at=timezone.now())


@act("drawing.edit", done=gettext_lazy("The balloon is taken away."))
def remove(request: HttpRequest, drawing: Drawing, pk: int) -> None:
    """Away."""
    commands.remove(balloon=_balloon(drawing, pk), by=request.user, at=timezone.now())
