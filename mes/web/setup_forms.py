"""What people fill in to mount a lot on a position and to take it off."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mes.models import FeedPosition
from plant.models import Equipment
from plant.web.forms import CodeField, Form, RowField


class PositionForm(Form):
    """A position of a station."""

    position = RowField(
        label=_("Position"), queryset=FeedPosition.objects.none(), to_field_name="code", empty_label=None
    )

    def __init__(self, *args: Any, station: Equipment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = FeedPosition.objects.filter(station=station, active=True).select_related("station__parent__parent")
        self.fields["position"].queryset = rows


class MountForm(PositionForm):
    """Which lot goes on which position, for which work order."""

    lot = CodeField(label=_("Lot"), max_length=200, help_text=_("Scan the label of the lot."))
    reason = forms.CharField(
        label=_("Reason"), max_length=200, required=False,
        help_text=_("Only where another lot was to be taken first."),
    )
    job = forms.CharField(widget=forms.HiddenInput, max_length=40)


class TakeOffForm(PositionForm):
    """Which position is emptied."""
