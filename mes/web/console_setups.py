"""The console's pages for what stands at the line: feed positions with set-up lists, and carriers."""

from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from mes import models
from mes.web.console_segments import OfSegment
from plant.web.console import MasterAdmin, MasterInline


class SetupLineInline(MasterInline, TabularInline):
    """What each position holds while an operation is done."""

    model = models.SetupLine
    autocomplete_fields = ("position", "material")
    extra = 0


class FeedPositionAdmin(MasterAdmin):
    """Feeders, slots and tanks of stations; the code is what stands on the label."""

    group, icon, place = "making", "view_module", 31
    journal_name = "feedposition"
    list_display = ("code", "station", "kind", "joins", "active")
    list_filter = ("kind", "active")
    search_fields = ("code", "station__code")
    autocomplete_fields = ("station",)
    list_select_related = ("station",)


class SetupLineAdmin(OfSegment):
    """Set-up lists line by line: what each position holds for an operation."""

    icon, place = "fact_check", 32
    journal_name = "setupline"
    list_display = ("segment", "position", "material")
    list_display_links = ("position",)
    search_fields = ("segment__code", "segment__work_master__code", "position__code", "material__code")
    autocomplete_fields = ("segment", "position", "material")
    list_select_related = ("segment__work_master", "position", "material")
    rules = {"setup_line_once": _("The set-up list names this position already. Change that line.")}


class CarrierAdmin(MasterAdmin):
    """Trays, magazines and carts; the code stands on them for good."""

    group, icon, place = "making", "inventory_2", 33
    journal_name = "carrier"
    list_display = ("code", "name", "site", "slots", "mixes", "active")
    list_filter = ("active",)
    search_fields = ("code", "name")
    autocomplete_fields = ("site",)
    list_select_related = ("site",)
    rules = {"carrier_has_slots": _("A carrier has at least one slot.")}
