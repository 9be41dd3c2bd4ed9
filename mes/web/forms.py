"""The forms of orders."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mes.models import JobOrder, JobOrderStatus, WorkMaster
from mes.queries import floor
from plant.models import Equipment, EquipmentLevel, MaterialDefinition, Person, RevisionStatus, Role
from plant.web.forms import CodeField, Form, RowField, RowsField

MOMENT = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
LINES = Equipment.objects.filter(level=EquipmentLevel.WORK_CENTER, active=True, stores_material=False).order_by("code")


def amount(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, max_digits=18, decimal_places=6, min_value=0, **more)


class OrderForm(Form):
    """A production order by hand."""

    number = CodeField(label=_("Number"), max_length=40, required=False, help_text=_("Empty: the next number."))
    material = RowField(label=_("Material"), queryset=MaterialDefinition.objects.none())
    quantity = amount(_("Quantity"))
    due_at = forms.DateTimeField(label=_("Due"), widget=MOMENT)
    priority = forms.IntegerField(
        label=_("Priority"), min_value=1, max_value=99, initial=50, help_text=_("1 is the most urgent.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        made = WorkMaster.objects.filter(status=RevisionStatus.EFFECTIVE).values("material")
        self.fields["material"].queryset = MaterialDefinition.objects.filter(pk__in=made, active=True)


class ExplodeForm(Form):
    """So many pieces a day and line."""

    quantity_each = amount(_("Pieces in each work order"), help_text=_("What one line makes in one day."))
    start_at = forms.DateTimeField(label=_("First day"), widget=MOMENT)
    lines = RowsField(
        label=_("Lines"), queryset=LINES, required=False,
        help_text=_("Several: side by side on the same days. None: chosen at dispatch."),
    )
    without_weekends = forms.BooleanField(label=_("Leave out Saturdays and Sundays"), required=False)


class ExpediteForm(Form):
    """How urgent an order is, and why."""

    priority = forms.IntegerField(label=_("Priority"), min_value=1, max_value=99, help_text=_("1 is the most urgent."))
    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 2}))


class SplitForm(Form):
    """How much is cut off a work order, and where and when that is made."""

    quantity = amount(_("Pieces to cut off"))
    line = RowField(label=_("Line"), queryset=LINES, required=False)
    due_at = forms.DateTimeField(label=_("Due"), widget=MOMENT, required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 2}))


class MergeForm(Form):
    """Which planned work orders of the same production order join this one."""

    others = RowsField(label=_("Work orders to join"), queryset=JobOrder.objects.none())
    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, job: JobOrder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alike = JobOrder.objects.filter(work_request=job.work_request_id, status=JobOrderStatus.PLANNED)
        self.fields["others"].queryset = alike.exclude(pk=job.pk).order_by("number")


def despite() -> forms.CharField:
    """Why work goes on although material is missing."""
    return forms.CharField(
        label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 2}), required=False,
        help_text=_("Only where material is missing. It stands in the history with your name."),
    )


class ShortForm(Form):
    """Why a work order is released although material is missing."""

    despite_shortage = despite()


class WhatIfForm(Form):
    """Another quantity or start, to see what would be missing then; nothing is stored."""

    quantity = amount(_("Quantity"), required=False)
    start_at = forms.DateTimeField(label=_("Start"), widget=MOMENT, required=False)


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 2}))


def operators() -> QuerySet[Person]:
    """Everybody who works at stations, by name."""
    return Person.objects.filter(personrole__role=Role.OPERATOR, is_active=True).distinct().order_by("name")


class DispatchForm(Form):
    """Line, stations and operator of a work order."""

    line = RowField(label=_("Line"), queryset=LINES)
    person = RowField(
        label=_("Operator"), queryset=Person.objects.none(), required=False, help_text=_("Empty: whoever signs on.")
    )
    despite_shortage = despite()

    def __init__(self, *args: Any, job: JobOrder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = operators()
        self.fields["line"].initial = job.line_id or next((line.pk for line in floor.lines_of(self.by)), None)
        self.operations: list[str] = []
        for segment in job.work_master.segments.prefetch_related("stations").order_by("sequence"):
            name = f"station_{segment.code}"
            self.operations.append(segment.code)
            self.fields[name] = RowField(
                label=f"{segment.sequence} {segment.code}", queryset=segment.stations.order_by("code"), required=False,
                empty_label=_("The first that runs"),
            )

    def stations(self) -> dict[str, Equipment]:
        """Operation → chosen station."""
        chosen = {code: self.cleaned_data.get(f"station_{code}") for code in self.operations}
        return {code: station for code, station in chosen.items() if station}


class AnswerForm(Form):
    """What was found behind a reject rate, and what was done."""

    answer = forms.CharField(label=_("What was found and done"), widget=forms.Textarea({"rows": 3}))
