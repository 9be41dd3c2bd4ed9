"""The page of a tag: what it says, and how its raw values are conditioned, tried on the last hour before it counts."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from integrations.models import Conditioning, PlcTag
from integrations.plc.commands import conditions as commands
from integrations.plc.filters import MOST, Filter
from integrations.plc.queries import conditions
from integrations.plc.queries.conditions import Line, Preview
from integrations.web import status
from plant import policies
from plant.errors import Refusal
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import BadInput, valid
from plant.web.forms import EditForm, edit

NAMES = (
    "spike_window", "spike_factor", "spike_least", "leave_out", "median_window", "seconds", "deadband", "is_percent",
    "active",
)
MOST_SECONDS = 86400


class ConditionForm(EditForm):
    """How a tag is conditioned; over what stands."""

    def __init__(self, *args: Any, tag: PlcTag, **kwargs: Any) -> None:
        row = Conditioning.objects.filter(tag=tag).first() or Conditioning(tag=tag)
        super().__init__(*args, standing={name: getattr(row, name) for name in NAMES}, subject=tag, **kwargs)

    spike_window = forms.IntegerField(max_value=MOST, min_value=0)
    spike_factor = forms.FloatField(min_value=0.1, max_value=1e5)
    spike_least = forms.FloatField(min_value=0)
    leave_out = forms.BooleanField(required=False)
    median_window = forms.IntegerField(max_value=MOST, min_value=1)
    seconds = forms.FloatField(min_value=0, max_value=MOST_SECONDS)
    deadband = forms.FloatField(min_value=0)
    is_percent = forms.BooleanField(required=False)
    active = forms.BooleanField(required=False, label=gettext_lazy("Condition this tag"))

    def clean_spike_window(self) -> int:
        """None, or at least three readings to compare with."""
        asked: int = self.cleaned_data["spike_window"]
        if asked in (1, 2):
            raise forms.ValidationError(_("Choose 0 to look for no spikes, or at least 3 readings."))
        return asked

    def clean_median_window(self) -> int:
        """A middle one."""
        asked: int = self.cleaned_data["median_window"]
        if asked % 2 == 0:
            raise forms.ValidationError(_("Choose an odd number, so that one reading is in the middle."))
        return asked


for _name in NAMES[:-1]:
    _field = Conditioning._meta.get_field(_name)
    ConditionForm.base_fields[_name].label = _field.verbose_name
    ConditionForm.base_fields[_name].help_text = _field.help_text


@needs("plc.view")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """A tag with its conditioning; posted with `try`, show what those settings make of the last hour."""
    tag = find(pk)
    form, refusal = ConditionForm(request.POST or None, tag=tag, by=request.user), None
    if request.method == "POST":
        policies.check(request.user, "plc.configure", plc=tag.plc.code)
        try:
            if "try" not in request.POST:
                return _kept(request, tag)
            valid(form)
        except BadInput:
            pass
        except Refusal as error:
            refusal = error
    code = 409 if refusal else 422 if form.errors else 200
    return render(request, "integrations/plc/tag.html", _context(request, tag, form, refusal), status=code)


def find(pk: int) -> PlcTag:
    """A tag by its number."""
    rows = PlcTag.objects.select_related("plc__equipment", "stream__parameter__unit", "conditioning__stream")
    return get_object_or_404(rows, pk=pk)


def _kept(request: HttpRequest, tag: PlcTag) -> HttpResponse:
    edit(
        PlcTag.objects.filter(pk=tag.pk),
        lambda row: ConditionForm(request.POST, tag=row, by=request.user),
        lambda row, asked: commands.set_up(tag=row, settings=asked, by=request.user, at=timezone.now()),
    )
    messages.success(request, _("Kept. The poller conditions by these settings within seconds."))
    return redirect("integrations:tag-detail", tag.pk)


def _context(request: HttpRequest, tag: PlcTag, form: ConditionForm, refusal: Refusal | None) -> dict[str, Any]:
    standing = Conditioning.objects.filter(tag=tag).select_related("stream").first()
    asked = form.cleaned_data if form.is_bound and form.is_valid() else form.initial
    found = None
    does_something = asked["median_window"] > 1 or any(asked[name] for name in ("spike_window", "seconds", "deadband"))
    if tag.stream_id and (does_something or form.is_bound):
        settings = {name: asked[name] for name in NAMES if name != "active"}
        found = conditions.preview(tag, Filter(tag.stream_id or 0, 0, **settings), until=timezone.now())
    unit = tag.stream.parameter.unit.symbol if tag.stream else ""
    return {
        "tag": tag, "form": form, "refusal": refusal, "standing": standing, "unit": unit, "preview": found,
        "is_tried": form.is_bound, "chart": drawn(found, unit) if found else None,
        "value": status.latest(tag), "timeline": journal.timeline(tag),
        "why": policies.why_not(request.user, "plc.configure")
        or ("" if tag.stream_id else _("Nothing of this tag is kept. Choose the stream its readings go to first.")),
    }


def drawn(found: Preview, unit: str) -> dict[str, Any]:
    """The preview as a chart takes it."""
    return {
        "title": _("The last hour, raw and conditioned"), "unit": unit,
        "series": [
            {"name": name, "points": points(line), "dots": line is found.spikes}
            for name, line in (
                (_("raw"), found.raw), (_("conditioned"), found.conditioned), (_("spikes"), found.spikes)
            )
            if line.at
        ],
    }


def points(line: Line) -> list[dict[str, Any]]:
    """The points of a line."""
    return [{"at": at, "value": value} for at, value in zip(line.at, line.values, strict=True)]
