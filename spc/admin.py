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
        "chart_subgroup_fits_kind": _("Only mean charts have subgroups, of 2 to 25; all others plot single samples."),
    }


@admin.register(models.CountFeed)
class CountFeedAdmin(MasterAdmin):
    """Where streams of counts get their counts from."""

    group, icon, place = "quality", "pin", 56
    list_display = ("stream", "of", "per", "every_minutes", "operation", "counts_from", "active")
    list_filter = ("of", "per", "active")
    search_fields = ("stream__code",)
    autocomplete_fields = ("stream",)
    list_select_related = ("stream",)
    rules = {
        "count_feed_interval_fits": _("Samples of intervals need the minutes, at most a day; others have none."),
        "count_feed_inspections_have_no_order": _("Inspections are counted each by itself, or by intervals."),
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


@admin.register(models.SampleDuty)
class SampleDutyAdmin(MasterAdmin):
    """How often a chart must get a sample, and whether a missed one locks its station."""

    group, icon, place = "quality", "timer", 55
    list_display = ("chart", "every_minutes", "every_lots", "grace_minutes", "locks_station", "owner_role", "active")
    list_filter = ("locks_station", "active")
    search_fields = ("chart__code",)
    autocomplete_fields = ("chart",)
    list_select_related = ("chart",)
    rules = {"duty_by_time_or_by_lots": _("Enter the minutes or the lots after which a sample is due, not both.")}


@admin.register(models.MissedSample)
class MissedSampleAdmin(ReadOnlyAdmin):
    """Samples that did not come in time."""

    icon, place = "timer_off", 62
    list_display = ("duty", "status", "due_at", "detected_at", "ended_at", "ended_by")
    list_filter = ("status",)
    search_fields = ("duty__chart__code",)
    list_select_related = ("duty__chart", "ended_by")
    ordering = ("-due_at",)
