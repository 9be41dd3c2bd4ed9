"""Makers' register maps through the console: read into rows, then checked, written and undone like any file."""

import json
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from integrations.maps import lines, meters, sunspec
from integrations.maps.lines import Line, MapRefused
from integrations.models import Plc
from plant.commands import imports
from plant.console import files
from plant.errors import Refusal
from plant.web.console_files import shown
from plant.web.forms import Form, RowField


class MapForm(Form):
    """Which map, for which controller, from which register on."""

    plc = RowField(queryset=Plc.objects.order_by("code"), label=gettext_lazy("PLC"))
    file = forms.FileField(label=gettext_lazy("File"))
    first = forms.IntegerField(label=gettext_lazy("First register"), min_value=0, max_value=65535, initial=0)
    device = forms.CharField(
        label=gettext_lazy("Device"), required=False,
        help_text=gettext_lazy("Which one, where the file lists several meters: SDM630, say."),
    )
    counts = forms.CharField(
        label=gettext_lazy("Repeated parts"), required=False,
        help_text=gettext_lazy("How often this device has a part that a SunSpec model repeats: module=2, NPt=8."),
    )

    def clean_file(self) -> Any:
        """The file as JSON."""
        sent = self.cleaned_data["file"]
        if sent.size > files.MOST_BYTES:
            raise forms.ValidationError(_("The file is too large for a register map."))
        try:
            return json.loads(sent.read())
        except (ValueError, RecursionError) as error:
            raise forms.ValidationError(_("This is no JSON: %(why)s.") % {"why": error}) from error

    def clean_counts(self) -> dict[str, int]:
        """How often each part repeats, by name."""
        try:
            pairs = [one.split("=") for one in self.cleaned_data["counts"].split(",") if one.strip()]
            return {name.strip(): int(number) for name, number in pairs}
        except ValueError as error:
            raise forms.ValidationError(_("Write name=number, with commas between: module=2, NPt=8.")) from error

    def lines(self) -> list[Line]:
        """The registers of the map."""
        found, first = self.cleaned_data["file"], self.cleaned_data["first"]
        try:
            if sunspec.is_model(found):
                return sunspec.lines(found, first=first, counts=self.cleaned_data["counts"])
            if meters.is_list(found):
                return meters.lines(found, device=self.cleaned_data["device"].strip(), first=first)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            message = _("The map is damaged: %(why)s is missing or not as it should be.")
            raise MapRefused(message % {"why": error}) from error
        raise MapRefused(_("This is neither a SunSpec model nor a list of meters."))


class MapImports:
    """Gives the page of tags a second way in; what follows the check is the import's own."""

    def get_urls(self: Any) -> list[URLPattern]:
        name, view = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        return [
            path("map/", view(self.map_view), name=f"{name}_map"),
            path("map/<int:pk>/confirm/", view(self.confirm_view), name=f"{name}_map_confirm"),
            *super().get_urls(),  # type: ignore[misc]
        ]

    def map_view(self: Any, request: HttpRequest) -> HttpResponse:
        """Choose a map; see what it would do, row by row."""
        self._check(request)
        form = MapForm(request.POST or None, request.FILES or None, by=request.user)
        if request.method != "POST" or not form.is_valid():
            return self._ask_for_map(request, form, status=400 if form.is_bound else 200)
        name = f"{request.FILES['file'].name}.csv"
        try:
            rows = lines.table_of(form.cleaned_data["plc"].code, form.lines())
            content = "".join(files.as_csv(rows)).encode()
            pending, plan = imports.check(
                sheet=self.sheet, table=files.read(name, content), file_name=name, content=content, by=request.user,
                at=timezone.now(),
            )
        except Refusal as refusal:
            return self._ask_for_map(request, form, refusal=refusal, status=409)
        return self.page(request, "checked", _("What the map would do"), pending=pending, **shown(plan))

    def _ask_for_map(self: Any, request: HttpRequest, form: MapForm, **context: Any) -> HttpResponse:
        return self.page(request, "map", _("Take in a maker's register map"), form=form, **context)
