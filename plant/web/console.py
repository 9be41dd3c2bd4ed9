"""The admin console's two kinds of pages: master data, every change journalled; and facts, only to read."""

from typing import Any

from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from unfold.admin import ModelAdmin

from plant import policies
from plant.commands import journal


class MasterAdmin(ModelAdmin):
    """Master data: administrators add and change it; the journal keeps old and new values."""

    journal_name = ""
    action = "master.edit"
    compressed_fields = True
    list_filter_submit = True
    warn_unsaved_form = True

    def has_module_permission(self, request: HttpRequest) -> bool:
        return policies.may(request.user, self.action)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return policies.may(request.user, self.action)

    has_add_permission = has_module_permission
    has_change_permission = has_view_permission
    has_delete_permission = has_view_permission

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Save, and write down what changed from what to what."""
        changes = differences(form)
        super().save_model(request, obj, form, change)
        if changes or not change:
            self.note(request, obj, "changed" if change else "created", changes)

    def save_formset(self, request: HttpRequest, form: ModelForm, formset: Any, change: bool) -> None:
        """Save the lines below a record, and write them down under it."""
        changes = {str(part.instance): differences(part) for part in formset.forms if part.has_changed()}
        gone = [str(part.instance) for part in formset.deleted_forms if part.instance.pk]
        super().save_formset(request, form, formset, change)
        if changes or gone:
            self.note(request, form.instance, "changed", {formset.prefix: changes, "deleted": gone})

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete what nothing refers to, and write down that it was there."""
        was = {field.name: [text(field.value_from_object(obj)), None] for field in obj._meta.fields}
        self.note(request, obj, "deleted", was)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Delete one by one, so that each is written down."""
        for obj in queryset:
            self.delete_model(request, obj)

    def note(self, request: HttpRequest, obj: Any, verb: str, data: dict[str, Any]) -> None:
        """Write a change of master data into the journal."""
        name = self.journal_name or obj._meta.model_name
        journal.record(f"{name}.{verb}", subject=obj, by=request.user, data=data)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """The journal is the log."""

    log_change = log_addition

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:
        """The journal is the log."""


class ReadOnlyAdmin(ModelAdmin):
    """Facts: shown to administrators, written by commands only."""

    compressed_fields = True
    list_filter_submit = True
    actions = None
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return policies.may(request.user, "master.edit")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return policies.may(request.user, "master.edit")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_change_permission = has_add_permission
    has_delete_permission = has_add_permission


class MasterInline:
    """Lines below a record of master data."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return policies.may(request.user, "master.edit")

    has_add_permission = has_view_permission
    has_change_permission = has_view_permission
    has_delete_permission = has_view_permission


def differences(form: ModelForm) -> dict[str, list[Any]]:
    """Field by field, the value that was and the value that is."""
    return {
        name: [text(_bound_initial(form, name)), text(form.cleaned_data.get(name))]
        for name in form.changed_data
        if name in form.fields and name not in SECRETS
    }


SECRETS = {"password", "pin", "new_pin", "new_password"}


def _bound_initial(form: ModelForm, name: str) -> Any:
    return form.get_initial_for_field(form.fields[name], name)


def text(value: Any) -> Any:
    """A value as the journal keeps it: plain JSON, records by their name."""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, models.QuerySet | list | tuple | set):
        return [text(part) for part in value]
    return value if value is None or isinstance(value, bool | int | str) else str(value)
