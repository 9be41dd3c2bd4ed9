"""How values came in on each day: read by machines, sent by systems, scanned, or typed by people."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traceability.models import CaptureWay


class CaptureDay(models.Model):
    """One day, line, operation and way: how many characteristics came in mostly so, and their values.

    It remembers what the records of that day say, so that a trend over months need not read them again.
    """

    day = models.DateField(_("day"))
    line = models.ForeignKey("plant.Equipment", models.PROTECT, null=True, related_name="+", verbose_name=_("line"))
    operation = models.CharField(_("operation"), max_length=40)
    way = models.CharField(_("way"), max_length=4, choices=CaptureWay)
    parameters = models.PositiveIntegerField(_("characteristics"))
    values = models.PositiveIntegerField(_("values"))
    judged_at = models.DateTimeField(_("counted at"))

    class Meta:
        verbose_name = _("day of data capture")
        verbose_name_plural = _("days of data capture")
        ordering: ClassVar[list[str]] = ["-day", "operation", "way"]
        constraints = [
            models.UniqueConstraint(
                fields=["day", "line", "operation", "way"], name="capture_day_once", nulls_distinct=False
            ),
            models.CheckConstraint(name="capture_day_counts", condition=Q(parameters__gte=0, values__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.operation} {self.way}"
