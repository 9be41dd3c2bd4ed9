"""The admin console's two kinds of pages: master data, every change journalled; and facts, only to read."""

from typing import Any

from django.contrib import messages
from django.contrib.admin.sites import AdminSite
from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from unfold.decorators import action as unfold_action

from plant import policies, words
from plant.commands import master
from plant.console import sheets
from plant.console.sheets import Sheet
from plant.models import Revisioned
from plant.web.console_base import ConsoleAdmin
from plant.web.console_files import Imports
from plant.web.console_forms import LineForm, MasterForm, NearChoices, differences, text
from plant.web.console_steps import Steps

__all__ = ["MasterAdmin", "MasterInline", "ReadOnlyAdmin", "differences"]
SWITCHES = ("active", "is_active", "enabled")


class MasterAdmin(Steps, Imports, ConsoleAdmin):
    """Master data: administrators add and change it; the journal keeps old and new values."""

    form = MasterForm
    journal_name = ""
    created_word = "created"
    warn_unsaved_form = True
    actions = ("print_labels", "retire_chosen", "restore_chosen")
    # What broken rules of the database are called, what a column's note adds, and what files leave out.
    rules: dict[str, Any] = {}
    notes: dict[str, Any] = {}
    sheet_without: tuple[str, ...] = ()
    sheet_only: dict[str, Any] = {}

    def __init__(self, model: type[models.Model], site: AdminSite) -> None:
        super().__init__(model, site)
        names = {field.name for field in model._meta.get_fields()}
        self.switch = next((name for name in SWITCHES if name in names), "")
        name_in_journal(self.noun, model._meta.verbose_name)
        self.sheet = sheets.register(Sheet(
            model=model, names=self.sheet_names(), action=self.action, noun=self.noun, created=self.created_word,
            rules=self.rules, notes=self.notes, frozen=self.frozen_in_files if self.freezes else sheets.free,
            prepare=self.prepare, only=self.sheet_only,
        ))

    @property
    def noun(self) -> str:
        """The word before the dot in the journal's kinds."""
        return self.journal_name or str(self.model._meta.model_name)

    @property
    def freezes(self) -> bool:
        """Whether some records stay as they are."""
        kind = type(self)
        return kind.frozen is not ConsoleAdmin.frozen or kind.frozen_in_files is not MasterAdmin.frozen_in_files

    def frozen_in_files(self, obj: Any, by: Any) -> str:
        """Why a file may not touch a record, or nothing."""
        return self.frozen(obj, by)

    def prepare(self, row: Any) -> None:
        """Give a row from a file what no file holds."""

    def sheet_names(self) -> tuple[str, ...]:
        """The fields of a file: what a person keeps, not what the plant writes."""
        hidden = {*self.sheet_without, *({"status", "effective"} if issubclass(self.model, Revisioned) else ())}
        fields = [*self.model._meta.concrete_fields, *self.model._meta.many_to_many]
        return tuple(
            field.name for field in fields
            if field.editable and field.name not in hidden and not isinstance(field, DateTimeRangeField)
            and not (field.primary_key and isinstance(field, models.AutoField))
        )

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return policies.may(request.user, self.action)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return policies.may(request.user, self.action) and not (obj is not None and self.frozen(obj, request.user))

    has_delete_permission = has_change_permission

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form knows the rules' words, who fills it, and what stays as it is."""
        form = super().get_form(request, obj, change, **kwargs)
        form.rules, form.by, form.frozen = self.rules, request.user, staticmethod(self.frozen)
        return form

    def save_model(self, request: HttpRequest, obj: Any, form: ModelForm, change: bool) -> None:
        """Save, and write down what changed from what to what."""
        changes = differences(form)
        super().save_model(request, obj, form, change)
        if changes or not change:
            self.note(request, obj, "changed" if change else self.created_word, changes)

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
        master.delete(
            row=obj, was=was, by=request.user, noun=self.noun, action=self.action, parts=self.revision_parts
        )

    def note(self, request: HttpRequest, obj: Any, verb: str, data: dict[str, Any]) -> None:
        """Write a change of master data into the journal."""
        master.saved(row=obj, verb=verb, changes=data, by=request.user, noun=self.noun, action=self.action)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """The journal is the log."""

    log_change = log_addition

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        found = super().get_actions(request)
        if not self.switch:
            found.pop("retire_chosen", None)
            found.pop("restore_chosen", None)
        return found

    @unfold_action(description=_("Retire: nobody can choose them any more"))
    def retire_chosen(self, request: HttpRequest, queryset: Any) -> None:
        """Take the chosen records out of use."""
        self._switch_all(request, queryset, on=False)

    @unfold_action(description=_("Take into use again"))
    def restore_chosen(self, request: HttpRequest, queryset: Any) -> None:
        """Take the chosen records into use again."""
        self._switch_all(request, queryset, on=True)

    def _switch_all(self, request: HttpRequest, queryset: Any, *, on: bool) -> None:
        free = [row for row in queryset if self.may_switch(request, row)]
        done = sum(self.turn(request, row, on=on) for row in free)
        self.message_user(request, _("%(count)s changed.") % {"count": done}, messages.SUCCESS)


def name_in_journal(noun: str, word: Any) -> None:
    """Give what the console writes down its words, unless the room gave them already."""
    steps = {f"{noun}.retired": _("{noun}: retired"), f"{noun}.approved": _("{noun}: put into effect")}
    found = words.master_data(noun, word) | {kind: format_lazy(text, noun=word) for kind, text in steps.items()}
    words.register({kind: text for kind, text in found.items() if words.label(kind) == kind})


class ReadOnlyAdmin(ConsoleAdmin):
    """Facts: shown to administrators, written by commands only."""

    actions = ("print_labels",)

    def sheet_for_export(self) -> Sheet:
        """The columns of the list that are fields."""
        fields = {field.name for field in self.model._meta.concrete_fields}
        return Sheet(self.model, tuple(name for name in self.list_display if name in fields))

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_change_permission = has_add_permission
    has_delete_permission = has_add_permission


class MasterInline(NearChoices):
    """Lines below a record of master data; those of a record that stays as it is stay too."""

    form = LineForm

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return policies.may(request.user, "master.edit")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        above = self.admin_site._registry.get(self.parent_model)  # type: ignore[attr-defined]
        is_frozen = obj is not None and above is not None and above.frozen(obj, request.user)
        return policies.may(request.user, "master.edit") and not is_frozen

    has_add_permission = has_change_permission
    has_delete_permission = has_change_permission
