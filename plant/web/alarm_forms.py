"""What people fill in about an alarm: who looks after it, until when it waits, what was behind it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plant.models import Person, ReasonUse
from plant.permissions import ACTIONS
from plant.queries import reasons
from plant.web.forms import Form, RowField

LOCAL = "%Y-%m-%dT%H:%M"


class Moment(forms.DateTimeInput):
    """A date and time field that browsers know."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(None, LOCAL)


class CausedForm(Form):
    """A form with a coded cause; a plant that keeps no list of causes is not asked for one."""

    use = ReasonUse.CAUSE
    cause = forms.TypedChoiceField(label=_("Kind of cause"), coerce=reasons.chosen, empty_value=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = reasons.tree(self.use)
        self.fields["cause"].choices = [("", "—"), *known]  # type: ignore[attr-defined]
        if not known:
            del self.fields["cause"]


class CloseForm(CausedForm):
    """What caused a violation and what was done."""

    assignable_cause = forms.CharField(label=_("Cause"), widget=forms.Textarea({"rows": 2}))
    action_taken = forms.CharField(label=_("What was done"), widget=forms.Textarea({"rows": 2}))


class DismissForm(CausedForm):
    """Why it was a false alarm."""

    use = ReasonUse.FALSE_ALARM
    reason = forms.CharField(label=_("Why this is a false alarm"), widget=forms.Textarea({"rows": 2}))


class OwnerField(RowField):
    """Somebody who may answer alarms."""

    def label_from_instance(self, obj: Person) -> str:
        """Name and staff number."""
        return f"{obj.name} · {obj.number}"


class AssignForm(Form):
    """Who shall look after it: one of those who may `action`."""

    action = "violation.acknowledge"

    to = OwnerField(
        label=_("Person"), queryset=Person.objects.none(),
        help_text=_("They are told at once; the time to answer runs on."),
    )
    remark = forms.CharField(label=_("Remark"), required=False, max_length=500)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = ACTIONS[self.action]
        rows = Person.objects.filter(is_active=True, personrole__role__in=roles).distinct().order_by("name")
        self.fields["to"].queryset = rows  # type: ignore[attr-defined]


class SnoozeForm(Form):
    """Until when an alarm may wait, and why."""

    until = forms.DateTimeField(label=_("Put off until"), widget=Moment, input_formats=[LOCAL])
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}))


class StepForm(Form):
    """What is to be said about a step."""

    remark = forms.CharField(label=_("Remark"), required=False, max_length=2000, widget=forms.Textarea({"rows": 2}))


class StepLeftOutForm(Form):
    """Why a step is left out."""

    remark = forms.CharField(label=_("Why it is left out"), max_length=2000, widget=forms.Textarea({"rows": 2}))
