"""The console's pages for what operations ask for: values of each lot, and operator checks by rule."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import StackedInline

from mes import models
from mes.web.console_segments import OfSegment
from plant.web.console import MasterInline


class DataItemInline(MasterInline, StackedInline):
    """The values that an operation asks for."""

    model = models.DataItem
    autocomplete_fields = ("unit", "parameter", "gauge_type")
    extra = 0


@admin.register(models.DataItem)
class DataItemAdmin(OfSegment):
    """Values that operations ask for."""

    icon, place = "edit_note", 45
    journal_name = "dataitem"
    list_display = ("segment", "position", "name", "name_zh", "kind", "required", "low", "high", "unit")
    list_display_links = ("name",)
    list_filter = ("kind", "required")
    search_fields = ("name", "name_zh", "segment__code", "segment__work_master__code")
    autocomplete_fields = ("segment", "unit", "parameter", "gauge_type")
    list_select_related = ("segment", "unit")
    rules = {
        "data_item_name_once": _("The operation asks for a value of this name already. Choose another name."),
        "data_item_limits": _("Only numbers and values of devices have limits; the low one comes first."),
        "data_item_has_choices": _("A choice and a checklist need their lines; other kinds have none."),
        "data_item_number_has_gauge": _("Only numbers are measured with a gauge."),
        "data_item_device_has_parameter": _("A value of a device needs the parameter it tells; other kinds have none."),
    }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """What a check asks for is kept on the page of the check."""
        return super().get_queryset(request).filter(rule__isnull=True)


class CheckRuleInline(MasterInline, StackedInline):
    """The checks of an operation; each has a page of its own for the values that it asks for."""

    model = models.CheckRule
    extra = 0
    show_change_link = True


class CheckItemInline(MasterInline, StackedInline):
    """The values that a check asks for."""

    model = models.DataItem
    exclude = ("segment",)
    autocomplete_fields = ("unit", "parameter", "gauge_type")
    extra = 0


@admin.register(models.CheckRule)
class CheckRuleAdmin(OfSegment):
    """Checks of operations, by rule."""

    icon, place = "fact_check", 46
    journal_name = "checkrule"
    list_display = ("segment", "position", "name", "name_zh", "trigger", "every", "is_blocking", "by_inspector")
    list_display_links = ("name",)
    list_filter = ("trigger", "is_blocking", "by_inspector")
    search_fields = ("name", "name_zh", "segment__code", "segment__work_master__code")
    autocomplete_fields = ("segment",)
    list_select_related = ("segment__work_master",)
    inlines = (CheckItemInline,)
    revision_parts = {"items": {}}
    rules = {
        "check_rule_name_once": _("The operation has a check of this name already. Choose another name."),
        "check_item_name_once": _("The check asks for a value of this name already. Choose another name."),
        "check_rule_counts": _(
            "Checks that count pieces or minutes need a number of at least 1; the others have none."
        ),
    }
