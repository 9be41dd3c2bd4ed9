"""The forms of orders."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mes.models import JobOrder, WorkMaster
from mes.queries import floor
from plant.models import Equipment, EquipmentLevel, MaterialDefinition, Person, RevisionStatus, Role
from plant.web.forms import CodeField, Form, RowField

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
    """So many pieces a day."""

    quantity_each = amount(_("Pieces in each work order"))
    start_at = forms.DateTimeField(label=_("First day"), widget=MOMENT)
    line = RowField(label=_("Line"), queryset=LINES, required=False)


class ReasonForm(Form):
    """Why."""

    reason = forms.CharField(label=_("Reason"), max_length=200, widget=forms.Textarea({"rows": 2}))


class QuickDispatchForm(Form):
    """Line and operator of a work order, from lists that many forms share; stations choose themselves."""

    line = forms.ChoiceField(label=_("Line"))
    person = forms.ChoiceField(label=_("Operator"), required=False, help_text=_("Empty: whoever signs on."))

    def __init__(self, *args: Any, lines: list[Equipment], people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["line"].choices = [(line.pk, str(line)) for line in lines]
        self.fields["person"].choices = [("", "—"), *[(person.pk, person.name) for person in people]]


def operators() -> QuerySet[Person]:
    """Everybody who works at stations, by name."""
    return Person.objects.filter(personrole__role=Role.OPERATOR, is_active=True).distinct().order_by("name")


class DispatchForm(Form):
    """Line, stations and operator of a work order."""

    line = RowField(label=_("Line"), queryset=LINES)
    person = RowField(
        label=_("Operator"), queryset=Person.objects.none(), required=False, help_text=_("Empty: whoever signs on.")
    )

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
