"""What people wrote at a moment of a chart."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plant.models import Comment
from spc.models.chart import ControlChart


class Annotation(models.Model):
    """A comment on a chart, pinned to a moment of it. Written once; withdrawn with its comment."""

    chart = models.ForeignKey(ControlChart, models.PROTECT, related_name="annotations", verbose_name=_("chart"))
    comment = models.OneToOneField(Comment, models.PROTECT, related_name="+", verbose_name=_("comment"))
    at = models.DateTimeField(_("moment of the chart"))

    class Meta:
        verbose_name = _("annotation")
        verbose_name_plural = _("annotations")
        indexes = [models.Index(fields=["chart", "at"], name="annotation_of_chart")]

    def __str__(self) -> str:
        return f"{self.chart.code}: {self.comment}"
