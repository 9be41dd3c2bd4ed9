"""The console's pages for the ground: what there is, who there is, and the record book to read."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from unfold.admin import TabularInline

from plant import models
from plant.web.console import MasterAdmin, MasterInline, ReadOnlyAdmin
from plant.web.console_people import PersonAdmin

# Roles are the plant's own table; Django's groups would be a second truth.
admin.site.unregister(auth_admin.Group)
admin.site.register(models.Person, PersonAdmin)


@admin.register(models.Equipment)
class EquipmentAdmin(MasterAdmin):
    """Sites, areas, lines and stations."""

    fields = ("code", "name", "level", "parent", "stores_material", "active")
    list_display = ("code", "name", "level", "parent", "state", "active")
    list_filter = ("level", "active", "stores_material")
    search_fields = ("code", "name")
    autocomplete_fields = ("parent",)
    list_select_related = ("parent",)


@admin.register(models.Unit)
class UnitAdmin(MasterAdmin):
    """Units of measure."""

    list_display = ("code", "name", "symbol")
    search_fields = ("code", "name", "symbol")


@admin.register(models.UnitConversion)
class UnitConversionAdmin(MasterAdmin):
    """How units convert."""

    journal_name = "conversion"
    list_display = ("from_unit", "to_unit", "factor", "material")
    autocomplete_fields = ("from_unit", "to_unit", "material")
    list_select_related = ("from_unit", "to_unit", "material")


@admin.register(models.MaterialDefinition)
class MaterialAdmin(MasterAdmin):
    """Materials."""

    journal_name = "material"
    list_display = ("code", "name", "use", "tracking", "unit", "shelf_life_days", "active")
    list_filter = ("use", "tracking", "active")
    search_fields = ("code", "name", "gtin")
    autocomplete_fields = ("unit",)
    list_select_related = ("unit",)


@admin.register(models.Partner)
class PartnerAdmin(MasterAdmin):
    """Suppliers and customers."""

    list_display = ("code", "name", "kind", "active")
    list_filter = ("kind", "active")
    search_fields = ("code", "name")


@admin.register(models.Parameter)
class ParameterAdmin(MasterAdmin):
    """What can be measured."""

    list_display = ("code", "name", "name_zh", "kind", "unit", "resolution")
    list_filter = ("kind",)
    search_fields = ("code", "name", "name_zh")
    autocomplete_fields = ("unit",)
    list_select_related = ("unit",)


@admin.register(models.ReasonCode)
class ReasonCodeAdmin(MasterAdmin):
    """Reasons that people choose."""

    journal_name = "reason"
    list_display = ("use", "code", "name", "name_zh", "active")
    list_filter = ("use", "active")
    search_fields = ("code", "name", "name_zh")


class HolderInline(MasterInline, TabularInline):
    """Who has the skill."""

    model = models.PersonQualification
    autocomplete_fields = ("person",)
    extra = 0


@admin.register(models.Qualification)
class QualificationAdmin(MasterAdmin):
    """Skills, and who has them until when."""

    list_display = ("code", "name")
    search_fields = ("code", "name")
    inlines = (HolderInline,)


@admin.register(models.NumberingSeries)
class NumberingSeriesAdmin(MasterAdmin):
    """How numbers look; a series itself is made by the software."""

    journal_name = "numbering"
    list_display = ("code", "prefix", "width")
    readonly_fields = ("code",)

    def has_add_permission(self, request: Any, obj: Any = None) -> bool:
        return False

    has_delete_permission = has_add_permission


@admin.register(models.ApiKey)
class ApiKeyAdmin(ReadOnlyAdmin):
    """Keys of other systems, without their secrets."""

    fields = (
        "name", "prefix", "person", "scopes", "created_at", "expires_at", "revoked_at", "last_used_at",
    )
    list_display = fields
    search_fields = ("name", "prefix")
    list_select_related = ("person",)


@admin.register(models.Signature)
class SignatureAdmin(ReadOnlyAdmin):
    """Electronic signatures."""

    list_display = ("at", "person_name", "meaning", "subject_kind", "subject_id", "reason")
    list_filter = ("meaning",)
    search_fields = ("person_name", "subject_id")
    ordering = ("-id",)


@admin.register(models.JournalEntry)
class JournalEntryAdmin(ReadOnlyAdmin):
    """The record book."""

    list_display = ("at", "kind", "subject_label", "actor_name", "reason")
    search_fields = ("kind", "subject_label", "actor_name", "=actor")
    ordering = ("-id",)
