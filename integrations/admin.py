"""The console's pages for controllers and their register maps."""

from django.contrib import admin
from unfold.admin import TabularInline

from integrations import models
from plant.web.console import MasterAdmin, MasterInline, ReadOnlyAdmin


class TagInline(MasterInline, TabularInline):
    """The register map of a controller."""

    model = models.PlcTag
    autocomplete_fields = ("stream",)
    extra = 0


@admin.register(models.Plc)
class PlcAdmin(MasterAdmin):
    """Controllers."""

    list_display = ("code", "name", "host", "port", "unit", "equipment", "period_ms", "enabled")
    list_filter = ("enabled",)
    search_fields = ("code", "name", "host")
    autocomplete_fields = ("equipment",)
    list_select_related = ("equipment",)
    inlines = (TagInline,)


@admin.register(models.PlcHealth)
class PlcHealthAdmin(ReadOnlyAdmin):
    """How controllers are doing."""

    list_display = ("plc", "state", "last_ok_at", "polls", "errors", "backlog", "last_error")
    list_filter = ("state",)
    list_select_related = ("plc",)
