"""What quality work costs by rate, and what quality shall reach."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plant.models.naming import TwoNames


class RateOf(models.TextChoices):
    """Work that the plant counts and that has no bill of its own."""

    SAMPLE = "SAMPLE", _("One measured or judged sample")
    CALIBRATION = "CALIBRATION", _("One calibration")
    AUDIT_HOUR = "AUDIT_HOUR", _("One hour of an audit")
    PREVENTION = "PREVENTION", _("One preventive action")
    COMPLAINT = "COMPLAINT", _("Handling one customer's complaint")


class CostRate(models.Model):
    """What one of them costs, from a day on."""

    of = models.CharField(pgettext_lazy("cost", "of"), max_length=12, choices=RateOf)
    valid_from = models.DateField(_("from"))
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2)

    class Meta:
        verbose_name = _("rate of quality work")
        verbose_name_plural = _("rates of quality work")
        ordering = ["of", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["of", "valid_from"], name="cost_rate_once"),
            models.CheckConstraint(name="cost_rate_not_negative", condition=Q(amount__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.of} {self.amount}"


class Metric(models.TextChoices):
    """What an objective is about, counted by month from the plant's own records."""

    CASES = "CASES", _("Nonconformances")
    REPEATS = "REPEATS", _("Nonconformances that were there before")
    CAPA_IN_TIME = "CAPA_IN_TIME", _("CAPA closed in time (percent)")
    INCOMING = "INCOMING", _("Incoming lots accepted (percent)")
    FAILURE_COST = "FAILURE_COST", _("Failure cost")
    CAPTURE = "CAPTURE", _("Values captured automatically (percent)")


class QualityObjective(TwoNames, models.Model):
    """A goal of the plant: what is counted, and what it shall reach."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    metric = models.CharField(_("what is counted"), max_length=12, choices=Metric)
    target = models.DecimalField(_("target"), max_digits=14, decimal_places=2)
    at_most = models.BooleanField(
        _("at most"), default=True, help_text=_("Otherwise the target is to be reached or passed.")
    )
    owner = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("quality objective")
        verbose_name_plural = _("quality objectives")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
