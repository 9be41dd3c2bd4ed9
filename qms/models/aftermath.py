"""What follows a nonconformance: pieces sorted, looked at again, sent back; what it cost, and who answers for it."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qms.models.nonconformance import Disposition, Nonconformance

MONEY: dict[str, Any] = {"max_digits": 14, "decimal_places": 2}
AMOUNT: dict[str, Any] = {"max_digits": 18, "decimal_places": 6}


class Sorting(models.Model):
    """Pieces of a lot that are to be sorted into good and bad, by order under a signature; then what was found."""

    nonconformance = models.ForeignKey(Nonconformance, models.PROTECT, related_name="sortings")
    lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, related_name="+")
    quantity = models.DecimalField(_("quantity"), **AMOUNT)
    criterion = models.TextField(_("what tells good from bad"))
    signature = models.ForeignKey("plant.Signature", models.PROTECT, related_name="+")
    ordered_by = models.ForeignKey(
        "plant.Person", models.PROTECT, related_name="+", verbose_name=_("ordered by")
    )
    ordered_at = models.DateTimeField(_("ordered"))
    good = models.DecimalField(_("good"), null=True, **AMOUNT)
    bad = models.DecimalField(_("bad"), null=True, **AMOUNT)
    bad_lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, null=True, related_name="+")
    sorted_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("sorted by")
    )
    sorted_at = models.DateTimeField(_("sorted"), null=True)

    class Meta:
        verbose_name = _("sorting")
        verbose_name_plural = _("sortings")
        constraints = [
            models.UniqueConstraint(
                fields=["nonconformance", "lot"], name="sorting_one_at_a_time", condition=Q(sorted_at__isnull=True)
            ),
            models.CheckConstraint(name="sorting_has_criterion", condition=~Q(criterion="")),
            models.CheckConstraint(
                name="sorting_adds_up",
                condition=Q(good__isnull=True, bad__isnull=True, sorted_by__isnull=True, sorted_at__isnull=True)
                | Q(good__gte=0, bad__gte=0, quantity=F("good") + F("bad"), sorted_by__isnull=False,
                    sorted_at__isnull=False),
            ),
        ]


class Recheck(models.Model):
    """What was reworked or repaired, looked at again. Written once."""

    disposition = models.ForeignKey(Disposition, models.PROTECT, related_name="rechecks")
    inspection = models.ForeignKey("qms.Inspection", models.PROTECT, null=True, related_name="+")
    passed = models.BooleanField(_("found good"))
    finding = models.TextField(_("finding"))
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("re-inspection")
        verbose_name_plural = _("re-inspections")
        constraints = [
            models.UniqueConstraint(fields=["disposition"], name="recheck_once"),
            models.CheckConstraint(name="recheck_has_finding", condition=~Q(finding="")),
        ]


class ReturnStatus(models.TextChoices):
    OPEN = "OPEN", pgettext_lazy("return", "To be sent")
    SENT = "SENT", pgettext_lazy("return", "Sent")


class SupplierReturn(models.Model):
    """What goes back to a supplier because of a nonconformance, and when it left."""

    LIFECYCLE = {ReturnStatus.OPEN: (ReturnStatus.SENT,), ReturnStatus.SENT: ()}

    number = models.CharField(_("number"), max_length=40, unique=True)
    nonconformance = models.ForeignKey(
        Nonconformance, models.PROTECT, related_name="returns", verbose_name=_("nonconformance")
    )
    supplier = models.ForeignKey("plant.Partner", models.PROTECT, related_name="+", verbose_name=_("supplier"))
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    status = models.CharField(_("status"), max_length=4, choices=ReturnStatus, default=ReturnStatus.OPEN)
    opened_at = models.DateTimeField(_("opened"))
    carrier = models.CharField(_("carrier and paper"), max_length=120, blank=True)
    sent_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("sent by")
    )
    sent_at = models.DateTimeField(pgettext_lazy("return", "sent"), null=True)

    class Meta:
        verbose_name = _("return to supplier")
        verbose_name_plural = _("returns to suppliers")
        constraints = [
            models.UniqueConstraint(
                fields=["nonconformance", "supplier"], name="supplier_return_one_open", condition=Q(status="OPEN")
            ),
            models.CheckConstraint(
                name="supplier_return_sent_is_whole",
                condition=(Q(status="SENT", sent_by__isnull=False, sent_at__isnull=False) & ~Q(carrier=""))
                | Q(status="OPEN", sent_by__isnull=True, sent_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ReturnLine(models.Model):
    """An amount of a lot in a return, by the decision that sent it back."""

    supplier_return = models.ForeignKey(SupplierReturn, models.PROTECT, related_name="lines")
    disposition = models.OneToOneField(Disposition, models.PROTECT, related_name="return_line")


class CostKind(models.TextChoices):
    PIECES = "PIECES", _("Pieces")
    LABOUR = "LABOUR", _("Labour hours")
    OTHER = "OTHER", _("Other")


class CaseCost(models.Model):
    """What a nonconformance cost: pieces at their standard cost, hours at a rate, anything else at its amount."""

    nonconformance = models.ForeignKey(Nonconformance, models.PROTECT, related_name="costs")
    kind = models.CharField(_("kind"), max_length=6, choices=CostKind)
    quantity = models.DecimalField(_("quantity"), default=1, **AMOUNT)
    rate = models.DecimalField(_("rate"), **MONEY)
    amount = models.DecimalField(_("amount"), **MONEY)
    note = models.CharField(_("what for"), max_length=200)
    disposition = models.OneToOneField(Disposition, models.PROTECT, null=True, related_name="cost")
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("cost of a nonconformance")
        verbose_name_plural = _("costs of nonconformances")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="case_cost_not_negative", condition=Q(quantity__gte=0, rate__gte=0, amount__gte=0)
            ),
            models.CheckConstraint(name="case_cost_says_what_for", condition=~Q(note="")),
        ]


class MaterialCost(models.Model):
    """What one unit of a material costs, from a day on."""

    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, related_name="+", verbose_name=_("material")
    )
    valid_from = models.DateField(_("from"))
    amount = models.DecimalField(_("standard cost"), max_digits=14, decimal_places=4)

    class Meta:
        verbose_name = _("standard cost")
        verbose_name_plural = _("standard costs")
        ordering = ["material", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["material", "valid_from"], name="material_cost_once"),
            models.CheckConstraint(name="material_cost_not_negative", condition=Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.material.code} {self.amount.normalize():f}"


class Responsible(models.TextChoices):
    """For which part of a nonconformance somebody answers."""

    CAUSED = "CAUSED", _("Where it arose")
    ESCAPED = "ESCAPED", _("Where it should have been found")
    CONTAINS = "CONTAINS", _("Containment")
    CORRECTS = "CORRECTS", _("Correction")
    COSTS = "COSTS", _("Bears the cost")


class Responsibility(models.Model):
    """The department, and the person, that answers for one part of a nonconformance."""

    nonconformance = models.ForeignKey(Nonconformance, models.PROTECT, related_name="responsibilities")
    stage = models.CharField(_("for"), max_length=8, choices=Responsible)
    department = models.CharField(_("department"), max_length=80)
    person = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("person")
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["nonconformance", "stage"], name="responsibility_once"),
            models.CheckConstraint(name="responsibility_has_department", condition=~Q(department="")),
        ]


class RepeatRule(models.Model):
    """When a nonconformance counts as the same again, for one material or for all that have no rule of their own."""

    material = models.OneToOneField(
        "plant.MaterialDefinition", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("material"), help_text=_("Empty: for every material without a rule of its own."),
    )
    days = models.PositiveSmallIntegerField(_("days to look back"), default=90)
    propose_at = models.PositiveSmallIntegerField(
        _("a CAPA is proposed at"), default=2, help_text=_("So many former ones within these days.")
    )

    class Meta:
        verbose_name = _("rule for repeats")
        verbose_name_plural = _("rules for repeats")
        constraints = [
            models.UniqueConstraint(fields=["material"], name="repeat_rule_once", nulls_distinct=False),
            models.CheckConstraint(name="repeat_rule_some", condition=Q(days__gte=1, propose_at__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.material.code if self.material else '*'} {self.days} d"
