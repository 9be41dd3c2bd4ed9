"""The form that explains a stop, at the desk and at the station."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from plant.models import ReasonUse
from plant.queries import reasons
from plant.web.forms import Form

SECONDS = forms.DateTimeInput({"type": "datetime-local", "step": 1}, format="%Y-%m-%dT%H:%M:%S")


class WhyForm(Form):
    """Why a machine stood."""

    reason = forms.TypedChoiceField(label=_("Reason"), coerce=reasons.chosen)
    note = forms.CharField(label=_("In your words"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [("", "—"), *reasons.tree(ReasonUse.DOWNTIME)]  # type: ignore[attr-defined]


class StopForm(WhyForm):
    """Why a machine stood, and from when until when: part of a stop is explained by shorter times."""

    from_at = forms.DateTimeField(label=_("From"), widget=SECONDS)
    to_at = forms.DateTimeField(
        label=_("Until"), widget=SECONDS, required=False, help_text=_("Empty: until the machine runs again.")
    )
    field_order = ("reason", "from_at", "to_at", "note")

    @staticmethod
    def moment(text: str) -> datetime | None:
        """A moment in an address, in the plant's time."""
        try:
            found = parse_datetime(text[:40])
        except ValueError:
            return None
        return timezone.localtime(found) if found and timezone.is_aware(found) else None
