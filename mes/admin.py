"""The console's pages for how things are made, and orders to read."""

from django.contrib import admin
from unfold.admin import StackedInline, TabularInline

from mes import models
from plant.web.console import MasterAdmin, MasterInline, ReadOnlyAdmin


class SegmentInline(MasterInline, StackedInline):
    """The operations of a routing."""

    model = models.Segment
    fields = ("sequence", "code", "name", "name_zh", "stations", "qualification", "rework_entry", "seconds_per_piece")
    autocomplete_fields = ("stations", "qualification")
    extra = 0
    show_change_link = True


@admin.register(models.WorkMaster)
class WorkMasterAdmin(MasterAdmin):
    """Routings by revision."""

    list_display = ("code", "revision", "status", "material", "name", "effective")
    list_filter = ("status",)
    search_fields = ("code", "name", "material__code")
    autocomplete_fields = ("material",)
    list_select_related = ("material",)
    inlines = (SegmentInline,)


class MaterialLineInline(MasterInline, TabularInline):
    """What an operation takes."""

    model = models.MaterialSpecification
    autocomplete_fields = ("material",)
    extra = 0


class RecipeInline(MasterInline, TabularInline):
    """What an operation's parameters should be."""

    model = models.ParameterSpecification
    autocomplete_fields = ("parameter",)
    extra = 0


@admin.register(models.Segment)
class SegmentAdmin(MasterAdmin):
    """Operations with their materials and recipe."""

    list_display = ("work_master", "sequence", "code", "name", "name_zh", "rework_entry")
    search_fields = ("code", "name", "work_master__code")
    autocomplete_fields = ("work_master", "stations", "qualification")
    list_select_related = ("work_master",)
    inlines = (MaterialLineInline, RecipeInline)


@admin.register(models.WorkRequest)
class WorkRequestAdmin(ReadOnlyAdmin):
    """Production orders."""

    list_display = ("number", "material", "quantity", "status", "priority", "due_at")
    list_filter = ("status",)
    search_fields = ("number", "material__code")
    list_select_related = ("material",)
    ordering = ("-created_at",)


@admin.register(models.JobOrder)
class JobOrderAdmin(ReadOnlyAdmin):
    """Work orders."""

    list_display = ("number", "work_request", "work_master", "quantity", "status", "line", "due_at")
    list_filter = ("status", "line")
    search_fields = ("number", "work_request__number")
    list_select_related = ("work_request", "work_master", "line")
    ordering = ("-id",)
