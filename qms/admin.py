"""The console's pages for quality: what is planned to keep, what was found and decided to read."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.admin import TabularInline

from plant.models import RevisionStatus
from plant.web.console import MasterAdmin, MasterInline, ReadOnlyAdmin
from qms import models


@admin.register(models.Characteristic)
class CharacteristicAdmin(MasterAdmin):
    """Parameters with their specification limits."""

    list_display = ("code", "name", "parameter", "material", "importance", "lower", "target", "upper")
    list_filter = ("importance",)
    search_fields = ("code", "name", "name_zh")
    autocomplete_fields = ("parameter", "material")
    list_select_related = ("parameter", "material")


class LineInline(MasterInline, TabularInline):
    """The lines of a plan."""

    model = models.ControlPlanLine
    autocomplete_fields = ("characteristic",)
    extra = 0


class ReactionInline(MasterInline, TabularInline):
    """What follows when a rule fires."""

    model = models.ReactionPlan
    extra = 0


@admin.register(models.ControlPlan)
class ControlPlanAdmin(MasterAdmin):
    """Control plans: drafts are written here, and put into effect under a signature on quality's own page."""

    fields = ("code", "revision", "material", "name")
    list_display = ("code", "revision", "material", "name", "status")
    list_filter = ("status",)
    search_fields = ("code", "name", "material__code")
    autocomplete_fields = ("material",)
    list_select_related = ("material",)
    inlines = (LineInline,)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An approved revision stays as it was signed; a change is a new revision."""
        return super().has_change_permission(request, obj) and (obj is None or obj.status == RevisionStatus.DRAFT)

    has_delete_permission = has_change_permission


@admin.register(models.ControlPlanLine)
class ControlPlanLineAdmin(MasterAdmin):
    """The lines of plans, each with its reactions."""

    list_display = ("plan", "operation", "characteristic", "method", "sample_size", "blocking")
    list_filter = ("method", "blocking")
    search_fields = ("plan__code", "operation", "characteristic__code")
    autocomplete_fields = ("plan", "characteristic")
    list_select_related = ("plan", "characteristic")
    inlines = (ReactionInline,)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A line of an approved revision stays as it was signed."""
        return super().has_change_permission(request, obj) and (
            obj is None or obj.plan.status == RevisionStatus.DRAFT
        )

    has_delete_permission = has_change_permission


@admin.register(models.Nonconformance)
class NonconformanceAdmin(ReadOnlyAdmin):
    """Nonconformances."""

    list_display = ("number", "title", "status", "severity", "source_kind", "equipment", "owner", "opened_at")
    list_filter = ("status", "severity", "source_kind")
    search_fields = ("number", "title")
    list_select_related = ("equipment", "owner")
    ordering = ("-opened_at",)


@admin.register(models.Disposition)
class DispositionAdmin(ReadOnlyAdmin):
    """What was decided."""

    list_display = ("at", "nonconformance", "lot", "decision", "quantity", "by")
    list_filter = ("decision",)
    search_fields = ("nonconformance__number", "lot__number")
    list_select_related = ("nonconformance", "lot", "by")
    ordering = ("-pk",)


@admin.register(models.Inspection)
class InspectionAdmin(ReadOnlyAdmin):
    """Inspections."""

    list_display = ("number", "kind", "lot", "status", "verdict", "inspector", "due_at")
    list_filter = ("status", "kind", "verdict")
    search_fields = ("number", "lot__number")
    list_select_related = ("lot", "inspector")
    ordering = ("-pk",)


@admin.register(models.CorrectiveAction)
class CorrectiveActionAdmin(ReadOnlyAdmin):
    """CAPAs."""

    list_display = ("number", "title", "status", "nonconformance", "owner", "due_at")
    list_filter = ("status",)
    search_fields = ("number", "title")
    list_select_related = ("nonconformance", "owner")
    ordering = ("-pk",)
