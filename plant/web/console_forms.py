"""The console's forms: rules of the database in plain words, and what a form changed from what to what."""

from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest

from plant import scoping
from plant.web.console_seen import Seen

# What has an entry of its own, or is told to nobody.
SECRETS = {"password", "pin", "new_pin", "new_password", "forget_app", "forget_identity"}


class MasterForm(Seen, forms.ModelForm):
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

    def _update_errors(self, errors: Any) -> None:
        """Tell a broken rule of the database in its own words."""
        named = {str(rule.get_violation_error_message()): rule.name for rule in self.instance._meta.constraints}
        for one in (one for several in getattr(errors, "error_dict", {}).values() for one in several):
            name = named.get(str(one.message))
            one.message = self.rules.get(name, one.message)
        super()._update_errors(errors)


class LineForm(Seen, forms.ModelForm):
    """A line below a record of master data."""


class NearChoices:
    """An admin page whose forms offer what its reader reaches; a posted record of elsewhere is none of the choices."""

    def formfield_for_foreignkey(self: Any, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """One record."""
        return _near(super().formfield_for_foreignkey(db_field, request, **kwargs), request)  # type: ignore[misc]

    def formfield_for_manytomany(self: Any, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Several records."""
        return _near(super().formfield_for_manytomany(db_field, request, **kwargs), request)  # type: ignore[misc]


def _near(field: Any, request: HttpRequest) -> Any:
    if getattr(field, "queryset", None) is not None:
        field.queryset = scoping.visible(field.queryset, request.user)
    return field


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
