"""The console's pages for deciding: boards with their seats, standard costs, when something counts as a repeat."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline

from plant import words
from plant.console.signed import why_frozen
from plant.web.console import MasterAdmin, MasterInline
from qms import models

for noun, word in (
    ("auditchecklist", _("Audit checklist")), ("costrate", _("Rate of quality work")),
    ("qualityobjective", _("Quality objective")), ("reviewboard", _("Review board")),
    ("materialcost", _("Standard cost")), ("repeatrule", _("Rule for repeats")),
):
    words.register(words.master_data(noun, word))


class SeatInline(MasterInline, TabularInline):
    """Who votes."""

    model = models.BoardSeat
    extra = 0


@admin.register(models.ReviewBoard)
class ReviewBoardAdmin(MasterAdmin):
    """Boards: who sits there, how many must agree, and what comes before them."""

    group, icon, place = "quality", "groups", 60
    list_display = ("code", "name", "site", "quorum", "from_severity", "from_value", "active")
    list_filter = ("active",)
    search_fields = ("code", "name", "name_zh")
    autocomplete_fields = ("site",)
    list_select_related = ("site",)
    inlines = (SeatInline,)
    rules = {
        "review_board_quorum": _("At least one vote is needed."),
        "review_board_is_for_something": _("Say from which severity or from which value on it is asked."),
    }


@admin.register(models.MaterialCost)
class MaterialCostAdmin(MasterAdmin):
    """What one unit of a material costs, from a day on."""

    group, icon, place = "materials", "payments", 50
    list_display = ("material", "valid_from", "amount")
    search_fields = ("material__code", "material__name")
    autocomplete_fields = ("material",)
    list_select_related = ("material",)
    rules = {"material_cost_not_negative": _("A cost is not below zero.")}


@admin.register(models.RepeatRule)
class RepeatRuleAdmin(MasterAdmin):
    """When a nonconformance counts as the same again."""

    group, icon, place = "quality", "repeat", 65
    list_display = ("material", "days", "propose_at")
    list_display_links = ("days",)
    search_fields = ("material__code",)
    autocomplete_fields = ("material",)
    list_select_related = ("material",)
    rules = {"repeat_rule_some": _("Both numbers are at least one.")}


class QuestionInline(MasterInline, TabularInline):
    """The questions of a checklist."""

    model = models.AuditQuestion
    extra = 0


@admin.register(models.AuditChecklist)
class AuditChecklistAdmin(MasterAdmin):
    """Checklists: drafts are written here, and put into effect from here; a revision in effect stays as it is."""

    group, icon, place = "quality", "fact_check", 70
    fields = ("code", "revision", "name", "name_zh", "scheme", "standard")
    list_display = ("code", "revision", "name", "scheme", "standard", "status")
    list_filter = ("scheme", "status")
    search_fields = ("code", "name", "name_zh")
    inlines = (QuestionInline,)
    revision_parts = {"questions": {}}
    rules = {"audit_checklist_revision_once": _("This revision is there already.")}

    def frozen(self, obj: Any, by: Any) -> str:
        return why_frozen(obj)


@admin.register(models.CostRate)
class CostRateAdmin(MasterAdmin):
    """What quality work costs by rate."""

    group, icon, place = "quality", "payments", 75
    list_display = ("of", "valid_from", "amount")
    list_filter = ("of",)
    rules = {"cost_rate_not_negative": _("A cost is not below zero.")}


@admin.register(models.QualityObjective)
class QualityObjectiveAdmin(MasterAdmin):
    """What the plant wants to reach."""

    group, icon, place = "quality", "flag", 80
    list_display = ("code", "name", "metric", "at_most", "target", "owner", "active")
    list_filter = ("metric", "active")
    search_fields = ("code", "name", "name_zh")
    autocomplete_fields = ("owner",)
    list_select_related = ("owner",)
