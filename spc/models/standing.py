"""How good each chart's process is of late: worked out by the clock, so that a wall of charts can be ranked by it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from spc.models.chart import ControlChart


class Standing(models.Model):
    """The capability and calm of a chart's newest readings, and when that was worked out."""

    chart = models.OneToOneField(ControlChart, models.CASCADE, primary_key=True, related_name="standing")
    points = models.PositiveIntegerField(_("from points"))
    flagged = models.PositiveIntegerField(_("flagged points"))
    cpk = models.FloatField(_("Cpk"), null=True)
    ppk = models.FloatField(_("Ppk"), null=True)
    grade = models.CharField(_("grade"), max_length=2, blank=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("standing of a chart")
        verbose_name_plural = _("standings of charts")

    def __str__(self) -> str:
        return f"{self.chart.code}: {self.grade or self.cpk}"
