"""The console's pages about partners: the questionnaire, the dock's rules, deliveries, the scorecard, addresses."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from plant.web.console import MasterAdmin
from qms import models


@admin.register(models.SupplierQuestion)
class SupplierQuestionAdmin(MasterAdmin):
    """What suppliers are asked before they are let in, and in audits."""

    group, icon, place = "quality", "quiz", 80
    list_display = ("code", "section", "name", "weight", "least", "active")
    list_filter = ("section", "active")
    search_fields = ("code", "name", "name_zh", "section")
    rules = {"supplier_question_points": _("The weight goes from 1 to 100, the least points from 0 to 5.")}


@admin.register(models.SourcePolicy)
class SourcePolicyAdmin(MasterAdmin):
    """What happens at the dock with lots of suppliers who are not approved."""

    group, icon, place = "quality", "front_hand", 82
    list_display = ("__str__", "material", "unlisted", "conditional")
    autocomplete_fields = ("material",)
    list_select_related = ("material",)


@admin.register(models.DeliveryPromise)
class DeliveryPromiseAdmin(MasterAdmin):
    """Lines of purchase orders with the day that the supplier promised; sheets of the ERP are taken over here."""

    group, icon, place = "quality", "local_shipping", 84
    list_display = ("number", "supplier", "material", "quantity", "due_at")
    search_fields = ("number", "supplier__code", "material__code")
    autocomplete_fields = ("supplier", "material")
    list_select_related = ("supplier", "material")
    rules = {"delivery_promise_positive": _("The quantity must be positive.")}


@admin.register(models.ScoreRule)
class ScoreRuleAdmin(MasterAdmin):
    """How much each figure of the scorecard counts; without a line here the usual rule holds."""

    group, icon, place = "quality", "leaderboard", 86
    list_display = ("figure", "weight", "best", "worst")
    rules = {
        "score_rule_apart": _("The value for all points and the one for none must differ."),
        "score_rule_weight": _("The weight is at most 100."),
    }


@admin.register(models.CustomerContact)
class CustomerContactAdmin(MasterAdmin):
    """Where and in which language customers are written to when something is called back."""

    group, icon, place = "quality", "contact_mail", 88
    list_display = ("partner", "contact", "email", "language")
    search_fields = ("partner__code", "partner__name", "email", "contact")
    autocomplete_fields = ("partner",)
    list_select_related = ("partner",)
