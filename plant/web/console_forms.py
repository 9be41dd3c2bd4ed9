"""The console's forms: rules of the database in plain words, and what a form changed from what to what."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

SECRETS = {"password", "pin", "new_pin", "new_password"}


class MasterForm(forms.ModelForm):
    """A form of master data; the console fills in whose it is, and the words of the rules."""

    rules: dict[str, Any] = {}
    by: Any = None

    @staticmethod
    def frozen(obj: Any, by: Any) -> str:
        """Why the record stays as it is, or nothing."""
        return ""

    def _post_clean(self) -> None:
        super()._post_clean()
        if not self.errors and (why := self.frozen(self.instance, self.by)):
            self.add_error(None, why)

    def validate_constraints(self) -> None:
        """Ask every rule, and tell a broken one in its own words."""
        left_out = self._get_validation_exclusions()
        for rule in self.instance._meta.constraints:
            try:
                rule.validate(type(self.instance), self.instance, exclude=left_out)
            except ValidationError as error:
                self.add_error(None, self.rules.get(rule.name, error.messages))


def differences(form: forms.ModelForm) -> dict[str, list[Any]]:
    """Field by field, the value that was and the value that is."""
    return {
        name: [text(_bound_initial(form, name)), text(form.cleaned_data.get(name))]
        for name in form.changed_data
        if name in form.fields and name not in SECRETS
    }


def _bound_initial(form: forms.ModelForm, name: str) -> Any:
    return form.get_initial_for_field(form.fields[name], name)


def text(value: Any) -> Any:
    """A value as the journal keeps it: plain JSON, records by their id."""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, models.QuerySet | list | tuple | set):
        return [text(part) for part in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)
