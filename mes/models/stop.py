"""Why a machine stood: what people said of stretches of time, beside what the machine itself reported."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class StopReason(models.Model):
    """A reason for a stretch in which a machine stood. Written once; where stretches overlap, the later word counts.

    The stop itself is in the machine's states: this only explains it, whole or in part.
    """

    equipment = models.ForeignKey(
        "plant.Equipment", models.PROTECT, related_name="stop_reasons", verbose_name=_("equipment")
    )
    from_at = models.DateTimeField(_("from"))
    to_at = models.DateTimeField(_("until"), null=True)  # none: until the machine runs again
    reason = models.ForeignKey("plant.ReasonCode", models.PROTECT, related_name="+", verbose_name=_("reason"))
    note = models.CharField(_("in words"), max_length=200, blank=True)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("reason for a stop")
        verbose_name_plural = _("reasons for stops")
        constraints = [
            models.CheckConstraint(
                name="stop_reason_has_length", condition=Q(to_at__isnull=True) | Q(to_at__gt=F("from_at"))
            ),
            models.CheckConstraint(
                name="stop_reason_is_past",
                condition=Q(from_at__lte=F("at")) & (Q(to_at__isnull=True) | Q(to_at__lte=F("at"))),
            ),
        ]
        indexes = [models.Index(fields=["equipment", "from_at"], name="stop_reason_at")]

    def __str__(self) -> str:
        return f"{self.equipment.code} · {self.reason.code}"
