"""The console's line for a file of an instruction: its title, language and order, and the file to send."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mes.commands import instructions
from mes.models import InstructionMedia
from plant.uploads import UploadRefused
from plant.web.console_forms import LineForm


class InstructionForm(LineForm):
    """A file is judged and kept once all else is right; sending none keeps the one there is."""

    file = forms.FileField(label=_("file to send"), required=False)

    class Meta:
        model = InstructionMedia
        fields = ("position", "title", "language")

    def clean(self) -> dict[str, Any]:
        """Take the file over; the journal hears its name and what its bytes add up to."""
        data = super().clean() or self.cleaned_data
        file = data.get("file")
        if file is None and not self.instance.key:
            self.add_error("file", _("Choose the file to show."))
        elif file is not None and not self.errors:
            self._take(data, file)
        return data

    def _take(self, data: dict[str, Any], file: Any) -> None:
        try:
            taken = instructions.take(file)
        except UploadRefused as refusal:
            self.add_error("file", str(refusal))
            return
        for name, value in asdict(taken).items():
            setattr(self.instance, name, value)
        data["file"] = f"{taken.name} (sha256 {taken.sha256})"
