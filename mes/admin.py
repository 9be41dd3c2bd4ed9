"""The console's pages for how things are made, and orders to read."""

from typing import Any

from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.admin import StackedInline, TabularInline

from mes import models, revision_parts
from mes.queries import library
from mes.web import console_calendars, console_machines, console_setups
from mes.web.console import JobOrderAdmin, WorkRequestAdmin
from mes.web.console_checks import CheckRuleAdmin, CheckRuleInline, DataItemAdmin, DataItemInline
from mes.web.console_segments import GROUP_KEY, NO_GROUP, Grouped, OfSegment, SegmentGroupAdmin, why_frozen
from mes.web.console_setups import SetupLineInline
from mes.web.instruction_form import InstructionForm
from plant.web.console import MasterAdmin, MasterInline

__all__ = ["CheckRuleAdmin", "DataItemAdmin", "JobOrderAdmin", "WorkRequestAdmin"]  # registered there


class GroupInline(MasterInline, TabularInline):
    """The groups of a routing; each operation names its own."""

    model = models.SegmentGroup
    extra = 0


class SegmentInline(MasterInline, StackedInline):
    """The operations of a routing."""

    model = models.Segment
    fields = (
        "sequence", "code", "name", "name_zh", "stations", "qualification", "skill_since", "group", "is_optional",
        "rework_entry", "seconds_per_piece",
    )
    autocomplete_fields = ("stations", "qualification")
    extra = 0
    show_change_link = True


@admin.register(models.WorkMaster)
class WorkMasterAdmin(Grouped):
    """Routings by revision: drafts are written here and put into effect."""

    group, icon, place = "making", "account_tree", 10
    fields = ("code", "revision", "material", "name", "lot_size")
    list_display = ("code", "revision", "status", "material", "name", "effective")
    list_filter = ("status",)
    search_fields = ("code", "name", "material__code")
    autocomplete_fields = ("material",)
    list_select_related = ("material",)
    inlines = (GroupInline, SegmentInline)
    revision_parts = revision_parts.OF_ROUTING
    puts_into_effect = True
    rules = {
        "work_master_lot_size": _("A lot has at least one piece."),
        GROUP_KEY: NO_GROUP,
        "segment_group_once": _("The routing has a group with this code already."),
    }

    def frozen(self, obj: Any, by: Any) -> str:
        return why_frozen(obj)

    def why_not_effective(self, obj: Any) -> str:
        if library.needs_signature(obj):
            return str(_("The routing has golden parameters, so it is approved with a signature, on its page in the "
                         "process library."))
        return library.why_not_effective(obj, timezone.now())


class MaterialLineInline(MasterInline, TabularInline):
    """What an operation takes."""

    model = models.MaterialSpecification
    autocomplete_fields = ("material",)
    extra = 0


class RecipeInline(MasterInline, StackedInline):
    """The golden parameters of an operation, and what follows when a live value leaves their window."""

    model = models.ParameterSpecification
    autocomplete_fields = ("parameter",)
    extra = 0


class InstructionInline(MasterInline, TabularInline):
    """Pictures, documents and videos that show how an operation is done."""

    model = models.InstructionMedia
    form = InstructionForm
    readonly_fields = ("stored",)
    extra = 0

    @admin.display(description=_("kept file"))
    def stored(self, obj: Any) -> Any:
        """The file that is kept, to look at."""
        if obj.pk is None:
            return "—"
        return format_html('<a href="{}" target="_blank">{}</a> {}', obj.url, obj.name, filesizeformat(obj.size))


@admin.register(models.Segment)
class SegmentAdmin(Grouped):
    """Operations with their instruction, materials and recipe."""

    group, icon, place = "making", "linear_scale", 20
    list_display = ("work_master", "sequence", "code", "name", "name_zh", "group", "is_optional", "rework_entry")
    list_display_links = ("code",)
    list_filter = ("is_optional", "rework_entry")
    rules = {GROUP_KEY: NO_GROUP}
    search_fields = ("code", "name", "work_master__code")
    autocomplete_fields = ("work_master", "stations", "qualification")
    list_select_related = ("work_master",)
    inlines = (
        InstructionInline, MaterialLineInline, SetupLineInline, RecipeInline, DataItemInline, CheckRuleInline,
    )
    revision_parts = revision_parts.OF_OPERATION

    def frozen(self, obj: Any, by: Any) -> str:
        return why_frozen(obj.work_master)


class SubstituteInline(MasterInline, TabularInline):
    """What may be taken instead of a line of the bill."""

    model = models.Substitute
    autocomplete_fields = ("material",)
    extra = 0


@admin.register(models.MaterialSpecification)
class BillOfMaterialsAdmin(OfSegment):
    """Lines of bills of materials, with their substitutes."""

    inlines = (SubstituteInline,)
    revision_parts = {"substitutes": {}}
    icon, place = "list_alt", 30
    journal_name = "bom"
    list_display = ("segment", "material", "quantity_per", "positions", "is_phantom", "is_backflushed", "effective")
    list_filter = ("is_phantom", "is_backflushed")
    search_fields = ("segment__code", "segment__work_master__code", "material__code")
    autocomplete_fields = ("segment", "material")
    list_select_related = ("segment", "material")
    rules = {
        "bom_positive": _("The quantity must be greater than zero."),
        "substitute_once": _("This substitute is listed at that time already. Change the times or that line."),
        "substitute_ratio": _("The ratio must be greater than zero."),
        "bom_line_once": _("The operation takes this material at that time already. Change the times or that line."),
    }


@admin.register(models.EndItem)
class EndItemAdmin(MasterAdmin):
    """What leaves the plant as a product of its own."""

    group, icon, place = "making", "redeem", 35
    journal_name = "enditem"
    list_display = ("material", "effective")
    search_fields = ("material__code", "material__name")
    autocomplete_fields = ("material",)
    list_select_related = ("material",)
    rules = {"end_item_once": _("This material is an end item at that time already. Change the times.")}


class GoldenStepInline(MasterInline, TabularInline):
    """What is done about a deviation, step by step."""

    model = models.GoldenStep
    extra = 0


@admin.register(models.ParameterSpecification)
class RecipeAdmin(OfSegment):
    """Golden parameters: the standard process library, line by line."""

    inlines = (GoldenStepInline,)

    icon, place = "tune", 40
    journal_name = "recipe"
    list_display = (
        "segment", "parameter", "low", "target", "high", "ramp", "reaction", "pauses", "stops", "owner_role",
    )
    list_filter = ("reaction", "pauses", "stops")
    search_fields = ("segment__code", "segment__work_master__code", "parameter__code")
    autocomplete_fields = ("segment", "parameter")
    list_select_related = ("segment", "parameter")
    rules = {
        "recipe_in_order": _("Low, target and high must be in this order."),
        "recipe_ramp_positive": _("The most that may change within a minute must be greater than zero."),
        "recipe_ends_by_good_readings": _("At least one good reading ends a deviation."),
    }


@admin.register(models.RejectLimit)
class RejectLimitAdmin(MasterAdmin):
    """From which share of bad pieces on people are reminded."""

    group, icon, place = "making", "percent", 50
    journal_name = "rejectlimit"
    list_display = ("material", "operation", "percent", "minimum")
    list_display_links = ("operation", "percent")
    search_fields = ("material__code", "operation")
    autocomplete_fields = ("material",)
    list_select_related = ("material",)
    rules = {
        "reject_limit_once": _("There is a limit for this product and operation already. Change that one."),
        "reject_limit_percent": _("The share lies between 0 and 100 percent."),
        "reject_limit_minimum": _("At least one piece is needed to judge."),
    }


admin.site.register(models.SegmentGroup, SegmentGroupAdmin)
admin.site.register(models.AndonKind, console_machines.AndonKindAdmin)
admin.site.register(models.EquipmentClass, console_machines.EquipmentClassAdmin)
admin.site.register(models.MaintenancePlan, console_machines.MaintenancePlanAdmin)
admin.site.register(models.SparePart, console_machines.SparePartAdmin)
admin.site.register(models.Tool, console_machines.ToolAdmin)
admin.site.register(models.Carrier, console_setups.CarrierAdmin)
admin.site.register(models.FeedPosition, console_setups.FeedPositionAdmin)
admin.site.register(models.SetupLine, console_setups.SetupLineAdmin)
admin.site.register(models.WorkCalendar, console_calendars.WorkCalendarAdmin)
admin.site.register(models.CalendarShift, console_calendars.CalendarShiftAdmin)
admin.site.register(models.CalendarException, console_calendars.CalendarExceptionAdmin)
admin.site.register(models.LineCalendar, console_calendars.LineCalendarAdmin)
