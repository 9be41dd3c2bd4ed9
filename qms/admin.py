"""The console's pages for quality's master data: what is checked, and what follows when it fails."""

from django.contrib import admin
from unfold.admin import TabularInline

from plant.web.console import MasterAdmin, MasterInline, ReadOnlyAdmin
from qms import models


@admin.register(models.Characteristic)
class CharacteristicAdmin(MasterAdmin):
    """What is checked, within which limits."""

    list_display = ("code", "name", "name_zh", "parameter", "material", "importance", "lower", "target", "upper")
    list_filter = ("importance",)
    search_fields = ("code", "name", "name_zh")
    autocomplete_fields = ("parameter", "material")
    list_select_related = ("parameter", "material")


class PlanLineInline(MasterInline, TabularInline):
    """The lines of a control plan."""

    model = models.ControlPlanLine
    autocomplete_fields = ("characteristic",)
    extra = 0
    show_change_link = True


@admin.register(models.ControlPlan)
class ControlPlanAdmin(MasterAdmin):
    """Control plans by revision."""

    list_display = ("code", "revision", "status", "material", "name", "effective")
    list_filter = ("status",)
    search_fields = ("code", "name")
    autocomplete_fields = ("material",)
    list_select_related = ("material",)
    inlines = (PlanLineInline,)


class ReactionInline(MasterInline, TabularInline):
    """What follows when a rule fires."""

    model = models.ReactionPlan
    extra = 0


@admin.register(models.ControlPlanLine)
class ControlPlanLineAdmin(MasterAdmin):
    """One characteristic at one operation, with its reaction plans."""

    list_display = ("plan", "operation", "characteristic", "method", "sample_size", "frequency", "blocking")
    list_filter = ("method", "blocking")
    search_fields = ("plan__code", "operation", "characteristic__code")
    autocomplete_fields = ("plan", "characteristic")
    list_select_related = ("plan", "characteristic")
    inlines = (ReactionInline,)


@admin.register(models.Nonconformance)
class NonconformanceAdmin(ReadOnlyAdmin):
    """Nonconformances."""

    list_display = ("number", "status", "severity", "title", "equipment", "opened_at")
    list_filter = ("status", "severity")
    search_fields = ("number", "title")
    list_select_related = ("equipment",)
    ordering = ("-opened_at",)


@admin.register(models.Disposition)
class DispositionAdmin(ReadOnlyAdmin):
    """Signed decisions."""

    list_display = ("at", "nonconformance", "lot", "decision", "quantity", "by", "reason")
    list_filter = ("decision",)
    search_fields = ("nonconformance__number", "lot__number")
    list_select_related = ("nonconformance", "lot", "by")
    ordering = ("-id",)


@admin.register(models.CorrectiveAction)
class CorrectiveActionAdmin(ReadOnlyAdmin):
    """CAPAs."""

    list_display = ("number", "status", "title", "owner", "due_at", "closed_at")
    list_filter = ("status",)
    search_fields = ("number", "title")
    list_select_related = ("owner",)
    ordering = ("-opened_at",)


@admin.register(models.Inspection)
class InspectionAdmin(ReadOnlyAdmin):
    """Inspections."""

    list_display = ("number", "kind", "status", "verdict", "lot", "due_at")
    list_filter = ("status", "kind", "verdict")
    search_fields = ("number", "lot__number")
    list_select_related = ("lot",)
    ordering = ("-created_at",)
