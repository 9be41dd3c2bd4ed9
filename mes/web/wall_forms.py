"""The form of a wall screen."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mes.models import Board, JobOrder
from mes.web.forms import LINES, MOMENT
from plant import scoping
from plant.web.forms import CodeField, Form, RowField
from traceability.queries import scanned


class ScreenForm(Form):
    """Where the screen hangs and what it goes round."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("Where it hangs, such as “Hall 2, north”."))
    line = RowField(
        label=_("Line"), queryset=LINES, required=False, empty_label=_("The whole plant"),
        help_text=_("One line, or the boards of every line in turn."),
    )
    boards = forms.MultipleChoiceField(
        label=_("Boards"), choices=Board.choices, widget=forms.CheckboxSelectMultiple, initial=[Board.LINE]
    )
    lot = CodeField(
        label=_("Lot"), max_length=200, required=False,
        help_text=_("For the lot dossier. Empty: the newest finished lots in turn."),
    )
    job = CodeField(label=_("Work order"), max_length=40, required=False, help_text=_("Or the lots of one work order."))
    seconds = forms.IntegerField(
        label=_("Seconds for each board"), min_value=5, max_value=3600, initial=30,
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial=settings.LANGUAGES[0][0])
    expires_at = forms.DateTimeField(
        label=_("Open until"), widget=MOMENT, required=False, help_text=_("Empty: until somebody closes it.")
    )

    def clean_lot(self) -> Any:
        """The lot with this number."""
        code = self.cleaned_data["lot"]
        found = scanned.lot(code, self.by) if code else None
        if code and found is None:
            raise forms.ValidationError(_("There is none with this number. Check it, or scan it again."))
        return found

    def clean_job(self) -> Any:
        """The work order with this number."""
        code = self.cleaned_data["job"]
        found = scoping.visible(JobOrder.objects.filter(number=code), self.by).first() if code else None
        if code and found is None:
            raise forms.ValidationError(_("There is none with this number. Check it, or scan it again."))
        return found

    def clean_line(self) -> Any:
        """No line means the whole plant."""
        return self.cleaned_data["line"] or None
