"""The console's pages for quality: what is planned to keep, what was found and decided to read."""

from importlib import import_module
from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from plant.console.signed import why_frozen
from plant.web.console import MasterAdmin, MasterInline, ReadOnlyAdmin
from qms import models, partner_admin

__all__ = ["partner_admin"]


@admin.register(models.Characteristic)
class CharacteristicAdmin(MasterAdmin):
    """Parameters with their specification limits."""

    group, icon, place = "quality", "rule", 10
    list_display = ("code", "name", "parameter", "material", "importance", "is_counted", "lower", "target", "upper")
    list_filter = ("importance", "is_counted")
    search_fields = ("code", "name", "name_zh")
    autocomplete_fields = ("parameter", "material", "gauge_type")
    list_select_related = ("parameter", "material")
    rules = {
        "characteristic_limits_in_order": _("The lower limit must be below the upper one."),
        "characteristic_limits_are_numbers": _("Limits must be numbers that can be measured."),
        "characteristic_counted_has_no_limits": _("What is judged by eye has no limits: leave them empty."),
    }


@admin.register(models.ProductFamily)
class ProductFamilyAdmin(MasterAdmin):
    """Products that are alike; an FMEA may be of a whole family."""

    group, icon, place = "quality", "category", 15
    list_display = ("code", "name", "name_zh")
    search_fields = ("code", "name", "name_zh")
    autocomplete_fields = ("materials",)


class LineInline(MasterInline, TabularInline):
    """The lines of a plan."""

    model = models.ControlPlanLine
    fields = (
        "operation", "characteristic", "method", "gauge_type", "sampling", "sample_size", "standard", "level", "aql",
        "may_reduce", "clearance", "frequency", "trigger", "every", "inspection_kind", "blocking",
    )
    autocomplete_fields = ("characteristic",)
    extra = 0


class ReactionInline(MasterInline, TabularInline):
    """What follows when a rule fires."""

    model = models.ReactionPlan
    extra = 0


class StepInline(MasterInline, TabularInline):
    """What is done about an alarm, step by step."""

    model = models.ReactionStep
    extra = 0


@admin.register(models.ControlPlan)
class ControlPlanAdmin(MasterAdmin):
    """Control plans: drafts are written here, and put into effect under a signature on quality's own page."""

    group, icon, place = "quality", "fact_check", 20
    fields = ("code", "revision", "material", "name", "stage", "routing")
    list_display = ("code", "revision", "material", "name", "status")
    list_filter = ("status",)
    search_fields = ("code", "name", "material__code")
    autocomplete_fields = ("material",)
    list_select_related = ("material",)
    inlines = (LineInline,)
    revision_parts = {"lines": {"reactions": {"steps": {}}}}

    def frozen(self, obj: Any, by: Any) -> str:
        return why_frozen(obj)


@admin.register(models.ControlPlanLine)
class ControlPlanLineAdmin(MasterAdmin):
    """The lines of plans, each with its reactions."""

    group, icon, place = "quality", "checklist", 30
    list_display_links = ("operation",)
    list_display = ("plan", "operation", "characteristic", "method", "sampling", "sample_size", "aql", "blocking")
    list_filter = ("method", "sampling", "blocking")
    search_fields = ("plan__code", "operation", "characteristic__code")
    autocomplete_fields = ("plan", "characteristic")
    list_select_related = ("plan", "characteristic")
    inlines = (ReactionInline,)
    revision_parts = {"reactions": {"steps": {}}}
    rules = {
        "plan_line_sample": _("A sample has at least one piece."),
        "plan_line_operator_check_is_due": _("An operator check says when it is due; the other methods do not."),
        "plan_line_trigger_counts": _("What counts pieces or minutes needs a number of at least 1; the rest has none."),
        "plan_line_aql_by_standard": _("Sampling by AQL needs an AQL, and no other sampling has one."),
    }

    def frozen(self, obj: Any, by: Any) -> str:
        return why_frozen(obj.plan)


@admin.register(models.ReactionPlan)
class ReactionPlanAdmin(MasterAdmin):
    """What follows when a rule fires, line by line."""

    group, icon, place = "quality", "bolt", 40
    list_display = ("line", "rule", "hold_lots", "stop_equipment", "stops", "open_nonconformance", "owner_role")
    list_filter = ("hold_lots", "stop_equipment", "stops", "open_nonconformance", "owner_role")
    search_fields = ("line__plan__code", "line__operation", "line__characteristic__code", "rule")
    autocomplete_fields = ("line",)
    list_select_related = ("line__plan", "line__characteristic")
    inlines = (StepInline,)
    revision_parts = {"steps": {}}

    def frozen(self, obj: Any, by: Any) -> str:
        return why_frozen(obj.line.plan)


@admin.register(models.ReactionStep)
class ReactionStepAdmin(MasterAdmin):
    """The steps of reaction plans, for files and for looking them up."""

    group, icon, place = "quality", "format_list_numbered", 45
    list_display = ("reaction", "position", "text", "required")
    list_display_links = ("position",)
    list_filter = ("required",)
    search_fields = ("reaction__line__plan__code", "reaction__line__operation", "text", "text_zh")
    autocomplete_fields = ("reaction",)
    list_select_related = ("reaction__line__plan", "reaction__line__characteristic")
    rules = {"reaction_step_has_text": _("Say what is to be done.")}

    def frozen(self, obj: Any, by: Any) -> str:
        return why_frozen(obj.reaction.line.plan)


@admin.register(models.Nonconformance)
class NonconformanceAdmin(ReadOnlyAdmin):
    """Nonconformances."""

    icon, place = "report", 50
    list_display = ("number", "title", "status", "severity", "source_kind", "equipment", "owner", "opened_at")
    list_filter = ("status", "severity", "source_kind")
    search_fields = ("number", "title")
    list_select_related = ("equipment", "owner")
    ordering = ("-opened_at",)


@admin.register(models.Disposition)
class DispositionAdmin(ReadOnlyAdmin):
    """What was decided."""

    icon, place = "gavel", 51
    list_display = ("at", "nonconformance", "lot", "decision", "quantity", "by")
    list_filter = ("decision",)
    search_fields = ("nonconformance__number", "lot__number")
    list_select_related = ("nonconformance", "lot", "by")
    ordering = ("-pk",)


@admin.register(models.Inspection)
class InspectionAdmin(ReadOnlyAdmin):
    """Inspections."""

    icon, place = "search_check", 52
    list_display = ("number", "kind", "lot", "status", "verdict", "inspector", "due_at")
    list_filter = ("status", "kind", "verdict")
    search_fields = ("number", "lot__number")
    list_select_related = ("lot", "inspector")
    ordering = ("-pk",)


@admin.register(models.CorrectiveAction)
class CorrectiveActionAdmin(ReadOnlyAdmin):
    """CAPAs."""

    icon, place = "build_circle", 53
    list_display = ("number", "title", "status", "nonconformance", "owner", "due_at")
    list_filter = ("status",)
    search_fields = ("number", "title")
    list_select_related = ("nonconformance", "owner")
    ordering = ("-pk",)


@admin.register(models.Sensor)
class SensorAdmin(MasterAdmin):
    """The register of sensors; their calibrations are recorded on their own pages."""

    group, icon, place = "measuring", "speed", 40
    list_display = ("code", "name", "equipment", "owner_role", "interval_days", "warn_days", "due_at", "active")
    list_filter = ("owner_role", "active")
    search_fields = ("code", "name", "serial_number", "equipment__code")
    autocomplete_fields = ("equipment", "owner", "streams")
    list_select_related = ("equipment",)
    rules = {"sensor_warns_within_its_interval": _("The warning comes before the interval is over.")}


@admin.register(models.Calibration)
class CalibrationAdmin(ReadOnlyAdmin):
    """What certificates said."""

    icon, place = "verified", 45
    list_display = ("instrument", "at", "result", "certificate", "laboratory", "next_due_at", "by")
    list_filter = ("result",)
    search_fields = ("sensor__code", "gauge__code", "certificate", "laboratory")
    list_select_related = ("sensor", "gauge", "by")


import_module("qms.web.console_gauges")
import_module("qms.web.console_decide")
