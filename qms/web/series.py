"""Sampling series on the screen: how hard whose lots are inspected now, why, and taking them again."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant import policies
from plant.errors import Refusal
from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import Multi, Reference, TextFilter
from plant.lists.looks import Moment, Number, State, Text
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid
from plant.web.forms import Form
from qms.commands import series as commands
from qms.models import SamplingSeries, SeriesStage
from qms.queries import series as reading
from traceability.web.list_parts import materials

TONES: dict[str, tuple[str, str]] = {
    SeriesStage.NORMAL: ("running", "equal"), SeriesStage.TIGHTENED: ("warning", "arrow-up"),
    SeriesStage.REDUCED: ("done", "arrow-down"), SeriesStage.DISCONTINUED: ("failed", "player-stop"),
}


class ResumeForm(Form):
    """What was mended before lots are taken again."""

    reason = forms.CharField(
        label=gettext_lazy("What the supplier has mended"), max_length=2000, widget=forms.Textarea({"rows": 3})
    )


def series_url(one: SamplingSeries) -> str:
    return reverse("qms:series-detail", args=[one.pk])


def tone(one: SamplingSeries) -> tuple[str, str]:
    return TONES[one.stage]


def skips(one: SamplingSeries) -> str:
    """How many lots are inspected, in words."""
    fraction = reading.one_of(one)
    return _("one lot of %(n)s") % {"n": fraction} if fraction > 1 else _("every lot")


SERIES = Listing(
    key="sampling-series", title=gettext_lazy("Sampling series"), url="qms:series-list", action="sampling.read",
    subtitle=gettext_lazy("How hard the lots of each supplier are inspected, by what they have earned."),
    rows=lambda viewer: reading.listing(), href=series_url, order="-changed",
    search=("supplier__code", "supplier__name", "material__code", "characteristic__code"),
    placeholder=gettext_lazy("Supplier, material or characteristic"),
    columns=(
        Column(key="characteristic", label=gettext_lazy("Characteristic"), value="characteristic.title",
               look=Text(href=series_url, icon="stairs"), sort=("characteristic__code",)),
        Column(key="material", label=gettext_lazy("Material"), sort=("material__code",)),
        Column(key="supplier", label=gettext_lazy("Supplier"), value=lambda one: one.supplier or "",
               sort=("supplier__code",)),
        Column(key="operation", label=gettext_lazy("Operation"), sort=("operation",), hidden=True),
        Column(key="stage", label=gettext_lazy("Inspection is"), value="get_stage_display", sort=("stage",),
               look=State(word=lambda one: one.get_stage_display(), tone=tone)),
        Column(key="why", label=gettext_lazy("because"), value="why"),
        Column(key="skips", label=gettext_lazy("Inspected"), value=skips),
        Column(key="score", label=gettext_lazy("Switching score"), look=Number(), sort=("score",)),
        Column(key="lots", label=gettext_lazy("Lots"), look=Number(), sort=("lots",)),
        Column(key="changed", label=gettext_lazy("Last lot"), value="changed_at", look=Moment(), sort=("changed_at",)),
    ),
    filters=(
        Multi(key="stage", label=gettext_lazy("Inspection is"), options=SeriesStage.choices),
        Reference(key="material", label=gettext_lazy("Material"), field="material__code", options=materials),
        TextFilter(key="supplier", label=gettext_lazy("Supplier"), field="supplier__code"),
    ),
    nothing=Nothing(
        title=gettext_lazy("No series yet"), icon="stairs",
        text=gettext_lazy("A series begins with the first lot that a control plan samples by AQL, or may skip."),
        links=(Link(label=gettext_lazy("Control plans"), url="qms:control-plan-list", icon="clipboard-list"),),
    ),
)


def found(number: int) -> SamplingSeries:
    """One series by its key."""
    return get_object_or_404(reading.listing(), pk=number)


@needs("sampling.read")
def detail(request: HttpRequest, number: int, refusal: Refusal | None = None) -> HttpResponse:
    """One series: where it stands, what the next lot must pass, and its last lots."""
    one, dialogs = found(number), Dialogs(request, refusal)
    is_stopped = one.stage == SeriesStage.DISCONTINUED
    flows = _("Lots of this series are accepted as they come.")
    context: dict[str, Any] = {
        "series": one, "tone": TONES[one.stage][0], "icon": TONES[one.stage][1], "lots": reading.lots_of(one),
        "skips": skips(one), "is_stopped": is_stopped, "dialogs": dialogs,
        "why": policies.why_not(request.user, "sampling.resume") or ("" if is_stopped else flows),
        "form": dialogs.form("resume", ResumeForm), "timeline": journal.timeline(one),
    }
    return render(request, "qms/series/detail.html", context, status=dialogs.status)


act = Acts(find=found, back="qms:series-detail", page=detail)


@act("sampling.resume", done=gettext_lazy("Lots are taken again, in tightened inspection."))
def resume(request: HttpRequest, one: SamplingSeries) -> None:
    """Take lots again once the cause is mended."""
    commands.resume(
        series=one, **valid(ResumeForm(request.POST, by=request.user)), by=request.user, at=timezone.now()
    )
