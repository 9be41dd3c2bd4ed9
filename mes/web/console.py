"""The console's pages of orders, only to read."""

from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter

from mes import models
from plant.web.console import ReadOnlyAdmin


@admin.register(models.WorkRequest)
class WorkRequestAdmin(ReadOnlyAdmin):
    """Production orders."""

    icon, place = "assignment", 10
    list_display = ("number", "material", "quantity", "status", "priority", "due_at")
    list_filter = ("status",)
    search_fields = ("number", "material__code")
    list_select_related = ("material",)
    ordering = ("-created_at",)


@admin.register(models.JobOrder)
class JobOrderAdmin(ReadOnlyAdmin):
    """Work orders."""

    icon, place = "precision_manufacturing", 20
    list_display = ("number", "work_request", "work_master", "quantity", "status", "line", "due_at")
    list_filter = ("status", ("line", RelatedOnlyFieldListFilter))
    search_fields = ("number", "work_request__number")
    list_select_related = ("work_request", "work_master", "line")
    ordering = ("-id",)
