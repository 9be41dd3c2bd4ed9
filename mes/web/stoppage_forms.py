"""The forms of stops and of what puts them right."""

from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from mes.models import ON_LINE, JobSegment, Rectification, RectificationStatus, Stoppage, StopScope
from mes.queries import stoppages
from plant.models import Equipment, EquipmentLevel, Person, PersonKind
from plant.web.forms import CodeField, Form, RowField

MOMENT = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
PLACES = Equipment.objects.filter(
    level__in=[EquipmentLevel.WORK_CENTER, EquipmentLevel.WORK_UNIT], active=True, stores_material=False
).order_by("code")
PEOPLE = Person.objects.filter(kind=PersonKind.HUMAN, is_active=True, partner__isnull=True).order_by("number")


def words(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=2000, widget=forms.Textarea({"rows": 3}), **more)


class StopForm(Form):
    """What stands still, and why."""

    scope = forms.ChoiceField(label=_("What to stop"), choices=StopScope, initial=StopScope.STATION)
    place = RowField(label=_("Station or line"), queryset=PLACES, to_field_name="code")
    job = CodeField(
        label=_("Work order"), max_length=40, required=False, help_text=_("Only for an operation of a work order.")
    )
    operation = CodeField(label=_("Operation"), max_length=40, required=False)
    case = CodeField(
        label=_("Because of"), max_length=40, required=False,
        help_text=_("The number of a nonconformance or a CAPA, if it is for one."),
    )
    reason = words(_("Reason"))

    def clean(self) -> dict[str, Any]:
        """Find the operation of the work order that is meant."""
        data = super().clean() or {}
        if data.get("scope") == StopScope.OPERATION:
            rows = JobSegment.objects.filter(
                job_order__number=data.get("job", ""), segment__code=data.get("operation", ""),
                job_order__status__in=ON_LINE,
            )
            data["row"] = rows.select_related("job_order", "segment").first()
            if data["row"] is None:
                self.add_error("job", now("No running work order has this operation. Check both."))
        if data.get("case") and stoppages.case(data["case"]) is None:
            self.add_error("case", now("There is no nonconformance and no CAPA of this number."))
        return data

    @property
    def said(self) -> dict[str, Any]:
        """What the command takes."""
        data = self.cleaned_data
        found = stoppages.case(data.get("case", ""))
        because = {"source_kind": found[0], "source_id": found[1]} if found else {}
        return {
            **because,
            "scope": data["scope"], "equipment": data["place"], "job_segment": data.get("row"),
            "reason": data["reason"],
        }


class ReasonForm(Form):
    """Why it may go on."""

    reason = words(_("Why may it go on?"))


class AskForm(Form):
    """What puts it right, by whom, until when."""

    what = words(_("What is to be done?"))
    owner = RowField(label=_("Who does it?"), queryset=PEOPLE, required=False, to_field_name="number")
    due_at = forms.DateTimeField(
        label=_("Until"), widget=MOMENT, required=False, help_text=_("Empty: the plant's usual time.")
    )
    before_resume = forms.BooleanField(label=_("Needed before it goes on"), required=False)


class OneOf(Form):
    """Which of the things that put a stop right is meant, among those in one state."""

    status = RectificationStatus.OPEN
    rectification = RowField(label=_("What"), queryset=Rectification.objects.none(), empty_label=None)

    def __init__(self, *args: Any, stoppage: Stoppage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = stoppage.rectifications.filter(status=self.status)
        self.fields["rectification"].queryset = rows


class GiveForm(OneOf):
    """Who does it from now on."""

    to = RowField(label=_("Give it to"), queryset=PEOPLE, to_field_name="number")


class EvidenceForm(OneOf):
    """What was done, and what shows it."""

    evidence = words(
        _("What was done, and what shows it?"), help_text=_("Pictures and papers are laid beside the stop, below.")
    )


class VerifyForm(OneOf):
    """Whether it is done and works."""

    status = RectificationStatus.DONE
    verdict = forms.ChoiceField(
        label=_("Verdict"), choices=[("good", _("It is done and works")), ("bad", _("Send it back"))],
        widget=forms.RadioSelect,
    )
    remark = words(_("Remark"), required=False)
