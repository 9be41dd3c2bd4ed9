"""The form of a wall screen."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from mes.models import Board
from mes.web.forms import LINES, MOMENT
from plant.web.forms import Form, RowField


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
    seconds = forms.IntegerField(
        label=_("Seconds for each board"), min_value=5, max_value=3600, initial=30,
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, initial=settings.LANGUAGES[0][0])
    expires_at = forms.DateTimeField(
        label=_("Open until"), widget=MOMENT, required=False, help_text=_("Empty: until somebody closes it.")
    )

    def clean_line(self) -> Any:
        """No line means the whole plant."""
        return self.cleaned_data["line"] or None
