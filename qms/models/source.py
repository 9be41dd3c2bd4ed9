"""Who may deliver what, and what the dock does with lots from anybody else."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SourceStatus(models.TextChoices):
    APPROVED = "APPROVED", _("Approved")
    CONDITIONAL = "CONDITIONAL", pgettext_lazy("source", "With conditions")
    BLOCKED = "BLOCKED", pgettext_lazy("supplier", "Blocked")


@pghistory.track()
class ApprovedSource(models.Model):
    """Whether a supplier may deliver a material. A material with a line here comes from nobody else unasked."""

    supplier = models.ForeignKey(
        "plant.Partner", models.PROTECT, related_name="approved_for", verbose_name=_("supplier")
    )
    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, related_name="approved_sources", verbose_name=_("material")
    )
    status = models.CharField(_("status"), max_length=11, choices=SourceStatus)
    until = models.DateTimeField(_("until"), null=True)
    reason = models.CharField(_("reason"), max_length=300)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("approved source")
        verbose_name_plural = _("approved sources")
        constraints = [
            models.UniqueConstraint(fields=["supplier", "material"], name="approved_source_once"),
            models.CheckConstraint(name="approved_source_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.material.code} · {self.supplier.code}"


class Unlisted(models.TextChoices):
    ALLOW = "ALLOW", _("Let in")
    HOLD = "HOLD", _("Hold the lot")
    REFUSE = "REFUSE", _("Refuse the receipt")


@pghistory.track()
class SourcePolicy(models.Model):
    """What happens at the dock with a lot of a supplier who is not approved for it; without a material: of any."""

    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("material"), help_text=_("Empty: for all materials without a line of their own."),
    )
    unlisted = models.CharField(_("supplier not on the list"), max_length=6, choices=Unlisted, default=Unlisted.HOLD)
    conditional = models.CharField(
        _("supplier with conditions"), max_length=6, choices=Unlisted, default=Unlisted.HOLD
    )

    class Meta:
        verbose_name = _("rule for suppliers at the dock")
        verbose_name_plural = _("rules for suppliers at the dock")
        constraints = [
            models.UniqueConstraint(fields=["material"], name="source_policy_once", nulls_distinct=False),
        ]

    def __str__(self) -> str:
        return self.material.code if self.material else "*"
