"""The console's pages for what exists: streams to keep, facts to read."""

from django.contrib import admin
from django.contrib.admin import RelatedOnlyFieldListFilter
from django.utils.translation import gettext_lazy as _

from plant.web.console import MasterAdmin, ReadOnlyAdmin
from traceability import models
from traceability.web import health

HEALTH = health


@admin.register(models.Stream)
class StreamAdmin(MasterAdmin):
    """Which parameter is read where."""

    group, icon, place = "measuring", "stream", 20
    list_display = ("code", "parameter", "equipment", "period_ms", "last_at", "active")
    list_filter = ("active", ("equipment", RelatedOnlyFieldListFilter))
    search_fields = ("code", "parameter__name", "equipment__code")
    autocomplete_fields = ("parameter", "equipment")
    list_select_related = ("parameter", "equipment")


@admin.register(models.StoragePlace)
class StoragePlaceAdmin(MasterAdmin):
    """What a place that stores material is for."""

    group, icon, place = "places", "shelves", 12
    journal_name = "storageplace"
    list_display = ("equipment", "kind", "material")
    list_filter = ("kind",)
    search_fields = ("equipment__code", "equipment__name", "material__code")
    autocomplete_fields = ("equipment", "material")
    list_select_related = ("equipment", "material")
    rules = {
        "storage_place_kept_only_in_store": _("Only a store is kept for one material; a dock or blocked stock is not."),
    }


@admin.register(models.PickRule)
class PickRuleAdmin(MasterAdmin):
    """Which lots of a material go to the line first."""

    group, icon, place = "materials", "low_priority", 45
    journal_name = "pickrule"
    list_display = ("material", "order", "other_lot")
    list_filter = ("order", "other_lot")
    search_fields = ("material__code", "material__name")
    autocomplete_fields = ("material",)
    list_select_related = ("material",)


@admin.register(models.MaterialLot)
class MaterialLotAdmin(ReadOnlyAdmin):
    """Lots and serials."""

    icon, place = "deployed_code", 30
    list_display = ("number", "kind", "material", "status", "open_holds", "supplier", "created_at")
    list_filter = ("status", "kind")
    search_fields = ("number", "supplier_lot")
    list_select_related = ("material", "supplier")
    ordering = ("-created_at",)


@admin.register(models.Hold)
class HoldAdmin(ReadOnlyAdmin):
    """Holds, open and released."""

    icon, place = "front_hand", 31
    list_display = ("target_label", "cause_kind", "cause_id", "reason", "placed_by", "placed_at", "released_at")
    list_filter = ("target_kind", "cause_kind")
    search_fields = ("target_label", "cause_id", "reason")
    list_select_related = ("placed_by",)
    ordering = ("-placed_at",)


@admin.register(models.Move)
class MoveAdmin(ReadOnlyAdmin):
    """The ledger."""

    icon, place = "move_down", 32
    list_display = ("at", "lot", "from_bucket", "from_place", "to_bucket", "to_place", "quantity", "person")
    list_filter = ("to_bucket",)
    search_fields = ("lot__number", "job_order")
    list_select_related = ("lot", "person")
    ordering = ("-id",)


@admin.register(models.Gap)
class GapAdmin(ReadOnlyAdmin):
    """Stretches without readings."""

    icon, place = "signal_disconnected", 33
    list_display = ("stream", "from_at", "to_at", "cause")
    search_fields = ("stream__code",)
    list_select_related = ("stream",)
    ordering = ("-from_at",)


@admin.register(models.PackingRule)
class PackingRuleAdmin(MasterAdmin):
    """How materials are packed."""

    group, icon, place = "materials", "package_2", 60
    list_display = ("material", "kind", "capacity", "mixing", "active")
    list_filter = ("kind", "mixing", "active")
    search_fields = ("material__code", "material__name")
    autocomplete_fields = ("material",)
    list_select_related = ("material",)


@admin.register(models.LabelTemplate)
class LabelTemplateAdmin(MasterAdmin):
    """How labels look, for which material and customer."""

    group, icon, place = "materials", "qr_code_2", 65
    list_display = ("kind", "customer", "material", "symbology", "width", "height", "needs_check", "active")
    list_filter = ("kind", "symbology", "active")
    search_fields = ("material__code", "material__name", "customer__code", "customer__name")
    autocomplete_fields = ("material", "customer")
    list_select_related = ("material", "customer")
    rules = {
        "label_size": _("A label is 20 to 210 mm wide and 10 to 297 mm high."),
        "label_pieces": _("One to twenty labels each."),
        "label_two_different_symbols": _("The second symbol is another one, or none."),
        "label_places_are_plain": _(
            "Labels of stations and equipment have no material, no customer, no GS1 data, and are not scanned back."
        ),
        "label_customers_code_of_products": _("Only labels of lots and serials carry the code for customers."),
        "label_check_of_goods": _(
            "Only lots, serials, cartons and pallets can be required to have their labels scanned back."
        ),
        "label_template_once": _("There is a template of this kind for this material and customer already."),
    }


@admin.register(models.PublicView)
class PublicViewAdmin(MasterAdmin):
    """What customers see behind the code on a label."""

    group, icon, place = "materials", "visibility", 67
    list_display = ("__str__", "is_open", "shows_raw", "shows_inspections", "shows_operators", "most_scans")
    list_filter = ("is_open", "shows_operators")
    search_fields = ("customer__code", "customer__name")
    autocomplete_fields = ("customer",)
    list_select_related = ("customer",)
    rules = {
        "public_view_once": _("There are settings for this customer already."),
        "public_view_warns_somewhen": _("At least one scan and one place are usual."),
        "public_view_suppliers_with_lots": _("Suppliers can only be named where the lots of raw material are shown."),
    }


@admin.register(models.ArchiveRule)
class ArchiveRuleAdmin(MasterAdmin):
    """When dossiers are put away, and for how long."""

    group, icon, place = "materials", "inventory_2", 68
    list_display = ("__str__", "after_days", "keep_years")
    search_fields = ("material__code", "material__name")
    autocomplete_fields = ("material",)
    list_select_related = ("material",)
    rules = {
        "archive_rule_once": _("There is a rule for this material already."),
        "archive_rule_days": _("One to 3650 days."),
        "archive_rule_years": _("One to a hundred years; empty is for ever."),
    }


@admin.register(models.LabelPrint)
class LabelPrintAdmin(ReadOnlyAdmin):
    """Printed labels."""

    icon, place = "print", 36
    list_display = ("kind", "number", "nth", "reason", "by", "at", "checked_at")
    list_filter = ("kind",)
    search_fields = ("number", "reason")
    list_select_related = ("by",)
    ordering = ("-at",)


@admin.register(models.SsccSeries)
class SsccSeriesAdmin(MasterAdmin):
    """The company prefixes that carton numbers begin with."""

    group, icon, place = "system", "barcode", 25
    list_display = ("prefix", "site", "given", "active")
    list_filter = ("active",)
    search_fields = ("prefix",)
    autocomplete_fields = ("site",)
    readonly_fields = ("given",)
    list_select_related = ("site",)


@admin.register(models.HandlingUnit)
class HandlingUnitAdmin(ReadOnlyAdmin):
    """Cartons and pallets."""

    icon, place = "package", 34
    list_display = ("number", "kind", "status", "pallet", "place", "opened_at")
    list_filter = ("status", "kind")
    search_fields = ("number",)
    list_select_related = ("pallet",)
    ordering = ("-opened_at",)


@admin.register(models.Shipment)
class ShipmentAdmin(ReadOnlyAdmin):
    """Shipments."""

    icon, place = "local_shipping", 35
    list_display = ("number", "customer", "status", "due_at", "shipped_at", "vehicle")
    list_filter = ("status",)
    search_fields = ("number", "vehicle")
    list_select_related = ("customer",)
    ordering = ("-created_at",)
