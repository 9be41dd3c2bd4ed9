"""Points that a person left out: they stay on the chart, and nothing is told from them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spc.models.chart import ControlChart


class GhostPoint(models.Model):
    """A plotted point with a known cause that says nothing of the process; kept for good, even when taken back."""

    chart = models.ForeignKey(ControlChart, models.PROTECT, related_name="ghosts", verbose_name=_("chart"))
    at = models.DateTimeField(_("at"))
    seq = models.BigIntegerField()
    value = models.FloatField(_("value"), null=True)
    reason = models.TextField(_("reason"))
    left_out_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("left out by"))
    left_out_at = models.DateTimeField(_("left out"))
    restored_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("taken back by")
    )
    restored_at = models.DateTimeField(_("taken back"), null=True)

    class Meta:
        verbose_name = _("point left out")
        verbose_name_plural = _("points left out")
        constraints = [
            models.UniqueConstraint(
                fields=["chart", "at", "seq"], name="ghost_once", condition=Q(restored_at__isnull=True)
            ),
            models.CheckConstraint(
                name="ghost_restored_by_somebody",
                condition=Q(restored_at__isnull=True, restored_by__isnull=True)
                | Q(restored_at__isnull=False, restored_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chart.code} {self.at:%Y-%m-%d %H:%M:%S}"
