"""The console's pages for gauges: the register and its types; what was calibrated is recorded on their own pages."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from plant.web.console import MasterAdmin
from qms import models


@admin.register(models.GaugeType)
class GaugeTypeAdmin(MasterAdmin):
    """What characteristics ask to be measured with."""

    group, icon, place = "measuring", "straighten", 42
    list_display = ("code", "name", "unit", "skill")
    search_fields = ("code", "name", "name_zh")
    autocomplete_fields = ("unit", "skill")
    list_select_related = ("unit", "skill")


@admin.register(models.Gauge)
class GaugeAdmin(MasterAdmin):
    """The register of gauges."""

    group, icon, place = "measuring", "design_services", 43
    list_display = ("code", "name", "type", "equipment", "owner_role", "interval_days", "due_at", "active")
    list_filter = ("type", "owner_role", "active")
    search_fields = ("code", "name", "serial_number", "maker", "equipment__code")
    autocomplete_fields = ("type", "equipment", "owner")
    list_select_related = ("type", "equipment")
    rules = {
        "gauge_warns_within_its_interval": _("The warning comes before the interval is over."),
        "gauge_range": _("What it measures from lies below what it measures to."),
        "gauge_resolution": _("The resolution is a number above nothing."),
        "gauge_withdrawn_is_not_active": _("A gauge that was withdrawn is never used again. Register a new one."),
    }
