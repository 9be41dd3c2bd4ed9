"""What a supplier is measured by: what was promised, and how much each figure counts."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


@pghistory.track()
class DeliveryPromise(models.Model):
    """So much of a material was promised until a day, by a line of a purchase order."""

    number = models.CharField(_("purchase order line"), max_length=60, unique=True)
    supplier = models.ForeignKey("plant.Partner", models.PROTECT, related_name="+", verbose_name=_("supplier"))
    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, related_name="+", verbose_name=_("material")
    )
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=6)
    due_at = models.DateTimeField(_("promised for"))

    class Meta:
        verbose_name = _("promised delivery")
        verbose_name_plural = _("promised deliveries")
        constraints = [
            models.CheckConstraint(name="delivery_promise_positive", condition=Q(quantity__gt=0, quantity__lt=10**12)),
        ]
        indexes = [models.Index(fields=["supplier", "due_at"], name="delivery_promise_of")]

    def __str__(self) -> str:
        return self.number


class Figure(models.TextChoices):
    PPM = "PPM", _("Rejected pieces (PPM)")
    ACCEPTED = "ACCEPTED", _("Lots accepted")
    DELIVERY = "DELIVERY", _("Deliveries on time")
    ANSWERS = "ANSWERS", _("Requests answered in time")


@pghistory.track()
class ScoreRule(models.Model):
    """How much a figure counts, what earns all of its points, and what none; in between it is a straight line."""

    figure = models.CharField(_("figure"), max_length=8, choices=Figure, unique=True)
    weight = models.PositiveSmallIntegerField(_("weight"))
    best = models.FloatField(_("all points at"))
    worst = models.FloatField(_("no points at"))

    class Meta:
        verbose_name = _("rule of the scorecard")
        verbose_name_plural = _("rules of the scorecard")
        constraints = [
            models.CheckConstraint(name="score_rule_apart", condition=~Q(best=F("worst"))),
            models.CheckConstraint(name="score_rule_weight", condition=Q(weight__lte=100)),
        ]

    def __str__(self) -> str:
        return str(self.get_figure_display())
