"""The forms that change how an open work order is made."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mes.commands.added_operations import NewOperation
from mes.models import JobOrder
from mes.queries import routings
from mes.web.forms import amount
from plant.models import Equipment, EquipmentLevel, Qualification
from plant.web.forms import CodeField, Form, RowField, RowsField


class AddOperationForm(Form):
    """An operation more for one work order: behind which one, what, where, by whom, and why."""

    after = forms.ChoiceField(label=_("Behind the operation"), required=False)
    code = CodeField(label=_("Operation"), max_length=40, help_text=_("A short code, for example DRY."))
    name = forms.CharField(label=_("Name"), max_length=120)
    name_zh = forms.CharField(label=_("Chinese name"), max_length=120, required=False)
    stations = RowsField(label=_("Stations"), queryset=Equipment.objects.none())
    qualification = RowField(label=_("Needs skill"), queryset=Qualification.objects.order_by("code"), required=False)
    seconds_per_piece = amount(_("Seconds per piece"), required=False)
    instruction = forms.CharField(label=_("Instruction"), widget=forms.Textarea({"rows": 2}), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 2}))

    def __init__(self, *args: Any, job: JobOrder, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = routings.of_job(job).steps
        self.fields["after"].choices = [("", _("Before all others")), *[(one.code, one.code) for one in steps]]
        self.fields["after"].initial = steps[-1].code if steps else ""
        stations = Equipment.objects.filter(level=EquipmentLevel.WORK_UNIT, active=True, stores_material=False)
        if job.line_id:
            stations = stations.filter(Q(pk=job.line_id) | Q(parent=job.line_id))
        self.fields["stations"].queryset = stations.order_by("code")

    def operation(self) -> NewOperation:
        """The operation that was asked for."""
        asked = self.cleaned_data
        names = ("code", "name", "name_zh", "qualification", "instruction")
        return NewOperation(
            **{name: asked[name] for name in names}, stations=list(asked["stations"]),
            seconds_per_piece=asked["seconds_per_piece"] or 0,
        )
