"""Where a chart that remembers can go on from without reading its whole history."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from spc.models.chart import ControlChart, LimitSet


class Checkpoint(models.Model):
    """The sums of an EWMA or CUSUM behind one of its points; worked out anew from an earlier one when that changes."""

    chart = models.ForeignKey(ControlChart, models.CASCADE, related_name="checkpoints", verbose_name=_("chart"))
    limits = models.ForeignKey(LimitSet, models.CASCADE, related_name="+", verbose_name=_("limits"))
    at = models.DateTimeField(_("at"))
    seq = models.BigIntegerField()
    points = models.PositiveIntegerField(_("points since the limits began"))
    upper = models.FloatField(_("average, or upper arm"))
    lower = models.FloatField(_("lower arm"))
    since_upper = models.PositiveIntegerField(default=0)
    since_lower = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("checkpoint of a chart")
        verbose_name_plural = _("checkpoints of charts")
        constraints = [models.UniqueConstraint(fields=["chart", "at", "seq"], name="checkpoint_once")]

    def __str__(self) -> str:
        return f"{self.chart_id} {self.at:%Y-%m-%d %H:%M:%S}"
