"""The console's pages about machines: the buttons of andon calls, classes, maintenance plans, spare parts."""

from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from mes import models
from plant.web.console import MasterAdmin, MasterInline


class AndonKindAdmin(MasterAdmin):
    """What stations may call for, and who must come."""

    group, icon, place = "places", "notifications_active", 60
    journal_name = "andonkind"
    list_display = ("code", "name", "name_zh", "about", "owner_role", "respond_minutes", "stops_machine", "active")
    list_filter = ("active", "about")
    search_fields = ("code", "name", "name_zh")
    autocomplete_fields = ("reason",)
    rules = {
        "andon_kind_minutes": _("The times lie between one minute and a week."),
        "andon_kind_reason_of_a_stop": _("Only a call for which the machine is down has a stop reason."),
    }


class EquipmentClassAdmin(MasterAdmin):
    """Machines of the same make."""

    group, icon, place = "places", "category", 50
    journal_name = "equipmentclass"
    list_display = ("code", "name", "name_zh")
    search_fields = ("code", "name", "name_zh")
    autocomplete_fields = ("members",)


class MaintenanceStepInline(MasterInline, TabularInline):
    """The checklist of a plan."""

    model = models.MaintenanceStep
    extra = 0


class MaintenancePlanAdmin(MasterAdmin):
    """What is done to machines, and when."""

    group, icon, place = "places", "build", 52
    journal_name = "maintenanceplan"
    list_display = (
        "code", "name", "name_zh", "equipment", "equipment_class", "every_days", "every_hours", "every_count",
        "when_due", "active",
    )
    list_filter = ("active", "when_due")
    search_fields = ("code", "name", "name_zh", "equipment__code", "equipment_class__code")
    autocomplete_fields = ("equipment", "equipment_class", "parameter")
    list_select_related = ("equipment", "equipment_class")
    inlines = (MaintenanceStepInline,)
    rules = {
        "maintenance_plan_one_target": _("A plan is for one machine or for one class of machines. Choose one of them."),
        "maintenance_plan_has_interval": _("Say when it is due: after days, running hours, pieces, or above a value."),
        "maintenance_plan_limit_of_a_value": _("A limit needs its parameter, and a parameter its limit."),
        "maintenance_plan_warns": _("The share lies between 1 and 100 percent."),
        "maintenance_step_position_once": _("Two steps have the same place. Number them one after the other."),
    }


class SparePartAdmin(MasterAdmin):
    """Parts kept for repairs; what comes and goes is booked on their page, never here."""

    group, icon, place = "places", "settings", 54
    journal_name = "sparepart"
    list_display = ("code", "name", "name_zh", "place", "stock", "minimum", "active")
    list_filter = ("active",)
    search_fields = ("code", "name", "name_zh")
    autocomplete_fields = ("used_at",)


class ToolAdmin(MasterAdmin):
    """Tools and fixtures with how long they live; where they are mounted is said on their page."""

    group, icon, place = "places", "handyman", 56
    journal_name = "tool"
    list_display = ("code", "name", "name_zh", "equipment_class", "life_by", "life", "when_over", "active")
    list_filter = ("active", "life_by")
    search_fields = ("code", "name", "name_zh")
    autocomplete_fields = ("equipment_class", "stations")
    list_select_related = ("equipment_class",)
    rules = {"tool_has_life": _("A tool lives for at least one, and warns between 1 and 100 percent of its life.")}
