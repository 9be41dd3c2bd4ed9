"""The console's pages for control charts: their set-up to keep, limits and violations to read."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from plant.web.console import MasterAdmin, ReadOnlyAdmin
from spc import models


@admin.register(models.ControlChart)
class ControlChartAdmin(MasterAdmin):
    """Control charts; limits are frozen on the chart's own page."""

    group, icon, place = "quality", "ssid_chart", 50
    journal_name = "chart"
    list_display = ("code", "stream", "line", "kind", "subgroup_size", "active", "evaluated_at")
    list_filter = ("active", "kind")
    search_fields = ("code", "stream__code")
    autocomplete_fields = ("stream", "line")
    list_select_related = ("stream", "line__plan", "line__characteristic")
    rules = {
        "chart_subgroup_fits_kind": _("Individuals have subgroups of 1; mean and range have subgroups of 2 to 25."),
    }


@admin.register(models.LimitSet)
class LimitSetAdmin(ReadOnlyAdmin):
    """Frozen limits."""

    icon, place = "lock_clock", 61
    list_display = ("chart", "version", "center", "lower", "upper", "frozen_by", "valid_from", "provisional")
    search_fields = ("chart__code",)
    list_select_related = ("chart", "frozen_by")


@admin.register(models.Violation)
class ViolationAdmin(ReadOnlyAdmin):
    """Violations."""

    icon, place = "notification_important", 60
    list_display = ("chart", "rule", "status", "at", "value", "nonconformance", "ended_at")
    list_filter = ("status", "rule")
    search_fields = ("chart__code",)
    list_select_related = ("chart", "nonconformance")
    ordering = ("-at",)
