"""The console's pages for the ground: what there is, who there is, and the record book to read."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from plant import models, words
from plant.web.console import MasterAdmin, MasterInline, ReadOnlyAdmin
from plant.web.console_people import PersonAdmin

words.register({
    "masterimport.done": _("File of master data written"),
    "masterimport.undone": _("Import undone"),
})
# Roles are the plant's own table; Django's groups would be a second truth.
admin.site.unregister(auth_admin.Group)
admin.site.register(models.Person, PersonAdmin)


@admin.register(models.Equipment)
class EquipmentAdmin(MasterAdmin):
    """Sites, areas, lines and stations."""

    group, icon, place = "places", "factory", 10
    fields = ("code", "name", "level", "parent", "stores_material", "active")
    list_display = ("code", "name", "level", "parent", "state", "active")
    list_filter = ("level", "active", "stores_material")
    search_fields = ("code", "name")
    autocomplete_fields = ("parent",)
    list_select_related = ("parent",)
    sheet_without = ("state", "state_at")
    rules = {
        "equipment_site_is_root": _("A site is part of nothing; an area, line or station is part of something."),
        "equipment_not_its_own_part": _("Equipment can't be a part of itself."),
    }


@admin.register(models.Unit)
class UnitAdmin(MasterAdmin):
    """Units of measure."""

    group, icon, place = "materials", "straighten", 30
    list_display = ("code", "name", "symbol")
    search_fields = ("code", "name", "symbol")


@admin.register(models.UnitConversion)
class UnitConversionAdmin(MasterAdmin):
    """How units convert."""

    group, icon, place = "materials", "swap_horiz", 40
    journal_name = "conversion"
    list_display = ("from_unit", "to_unit", "factor", "material")
    search_fields = ("from_unit__code", "to_unit__code", "material__code")
    autocomplete_fields = ("from_unit", "to_unit", "material")
    list_select_related = ("from_unit", "to_unit", "material")
    rules = {"conversion_factor_positive": _("The factor must be greater than zero.")}


@admin.register(models.MaterialDefinition)
class MaterialAdmin(MasterAdmin):
    """Materials."""

    group, icon, place = "materials", "inventory_2", 10
    journal_name = "material"
    list_display = ("code", "name", "use", "tracking", "unit", "shelf_life_days", "active")
    list_filter = ("use", "tracking", "active")
    search_fields = ("code", "name", "gtin")
    autocomplete_fields = ("unit",)
    list_select_related = ("unit",)
    rules = {"material_gtin_once": _("Another material has this GTIN.")}


@admin.register(models.Partner)
class PartnerAdmin(MasterAdmin):
    """Suppliers and customers."""

    group, icon, place = "materials", "handshake", 20
    list_display = ("code", "name", "kind", "active")
    list_filter = ("kind", "active")
    search_fields = ("code", "name")


@admin.register(models.Parameter)
class ParameterAdmin(MasterAdmin):
    """What can be measured."""

    group, icon, place = "measuring", "speed", 10
    list_display = ("code", "name", "name_zh", "kind", "unit", "resolution")
    list_filter = ("kind",)
    search_fields = ("code", "name", "name_zh")
    autocomplete_fields = ("unit",)
    list_select_related = ("unit",)
    rules = {"parameter_resolution_positive": _("The resolution must be greater than zero.")}


@admin.register(models.ReasonCode)
class ReasonCodeAdmin(MasterAdmin):
    """Reasons that people choose."""

    group, icon, place = "quality", "label", 60
    journal_name = "reason"
    list_display = ("use", "code", "name", "name_zh", "parent", "loss", "active")
    list_display_links = ("code",)
    list_filter = ("use", "loss", "active")
    search_fields = ("code", "name", "name_zh")
    autocomplete_fields = ("parent",)
    list_select_related = ("parent",)
    rules = {
        "reason_code_not_under_itself": _("A reason can't stand under itself."),
        "reason_code_loss_of_downtime": _("Only a reason for downtime is a kind of loss."),
    }


class HolderInline(MasterInline, TabularInline):
    """Who has the skill."""

    model = models.PersonQualification
    autocomplete_fields = ("person",)
    extra = 0


@admin.register(models.Qualification)
class QualificationAdmin(MasterAdmin):
    """Skills, and who has them until when."""

    group, icon, place = "people", "school", 20
    list_display = ("code", "name")
    search_fields = ("code", "name")
    inlines = (HolderInline,)


@admin.register(models.NumberingSeries)
class NumberingSeriesAdmin(MasterAdmin):
    """How numbers look; a series itself is made by the software."""

    group, icon, place = "system", "pin", 10
    journal_name = "numbering"
    list_display = ("code", "prefix", "width")
    search_fields = ("code", "prefix")
    readonly_fields = ("code",)

    def has_add_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    has_delete_permission = has_add_permission

    def frozen(self, obj: Any, by: Any) -> str:
        """Only the software knows what a new series would count."""
        return _("A series is made by the software; only prefix and digits are yours.") if obj._state.adding else ""


@admin.register(models.ApiKey)
class ApiKeyAdmin(ReadOnlyAdmin):
    """Keys of other systems, without their secrets."""

    group, icon, place = "system", "key", 20
    fields = (
        "name", "prefix", "person", "scopes", "created_at", "expires_at", "revoked_at", "last_used_at",
    )
    list_display = fields
    search_fields = ("name", "prefix")
    list_select_related = ("person",)


@admin.register(models.MasterImport)
class MasterImportAdmin(ReadOnlyAdmin):
    """Files of master data that were taken in."""

    group, icon, place = "system", "upload_file", 30
    fields = list_display = (
        "file_name", "sheet", "status", "added", "changed", "by", "checked_at", "done_at", "undone_at", "kept",
    )
    list_filter = ("status", "sheet")
    search_fields = ("file_name", "sheet")
    list_select_related = ("by",)
    ordering = ("-id",)


@admin.register(models.Signature)
class SignatureAdmin(ReadOnlyAdmin):
    """Electronic signatures."""

    icon, place = "signature", 90
    list_display = ("at", "person_name", "meaning", "subject_kind", "subject_id", "reason")
    list_filter = ("meaning",)
    search_fields = ("person_name", "subject_id")
    ordering = ("-id",)


@admin.register(models.JournalEntry)
class JournalEntryAdmin(ReadOnlyAdmin):
    """The record book."""

    icon, place = "menu_book", 95
    list_display = ("at", "kind", "subject_label", "actor_name", "reason")
    search_fields = ("kind", "subject_label", "actor_name", "=actor")
    ordering = ("-id",)
