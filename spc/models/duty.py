"""How often a characteristic must be sampled, and the samples that did not come."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plant.models import Role
from spc.models.chart import ControlChart


@pghistory.track()
class SampleDuty(models.Model):
    """A chart that must get a sample every so many minutes, or every so many lots at its machine."""

    chart = models.OneToOneField(
        ControlChart, models.PROTECT, related_name="duty", verbose_name=_("control chart")
    )
    every_minutes = models.PositiveIntegerField(_("every so many minutes"), null=True, blank=True)
    every_lots = models.PositiveIntegerField(_("every so many lots"), null=True, blank=True)
    grace_minutes = models.PositiveIntegerField(_("minutes of grace"), default=5)
    locks_station = models.BooleanField(
        _("locks the station"), default=False, help_text=_("Nothing more is made there until the sample is taken.")
    )
    owner_role = models.CharField(_("goes to"), max_length=20, choices=Role, default=Role.INSPECTOR)
    since = models.DateTimeField(_("counts from"))
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("sampling duty")
        verbose_name_plural = _("sampling duties")
        ordering = ["chart"]
        constraints = [
            models.CheckConstraint(
                name="duty_by_time_or_by_lots",
                condition=Q(every_minutes__gte=1, every_lots__isnull=True)
                | Q(every_minutes__isnull=True, every_lots__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return str(self.chart)


class MissedStatus(models.TextChoices):
    OPEN = "OPEN", _("Open")
    TAKEN = "TAKEN", _("Taken late")
    OVERRIDDEN = "OVERRIDDEN", _("Overridden")


class MissedSample(models.Model):
    """A sample that did not come in time: one row until it is taken, or somebody says why it may be left out."""

    LIFECYCLE = {
        MissedStatus.OPEN: (MissedStatus.TAKEN, MissedStatus.OVERRIDDEN),
        MissedStatus.TAKEN: (),
        MissedStatus.OVERRIDDEN: (),
    }

    duty = models.ForeignKey(SampleDuty, models.PROTECT, related_name="missed", verbose_name=_("sampling duty"))
    status = models.CharField(_("status"), max_length=12, choices=MissedStatus, default=MissedStatus.OPEN)
    due_at = models.DateTimeField(_("was due"))
    detected_at = models.DateTimeField(_("detected"))
    ended_at = models.DateTimeField(_("ended"), null=True)
    ended_by = models.ForeignKey("plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    override_reason = models.TextField(_("reason"), blank=True)
    hold = models.ForeignKey(
        "traceability.Hold", models.PROTECT, null=True, related_name="+", verbose_name=_("hold")
    )

    class Meta:
        verbose_name = _("missed sample")
        verbose_name_plural = _("missed samples")
        constraints = [
            models.UniqueConstraint(fields=["duty"], name="missed_sample_one_open", condition=Q(status="OPEN")),
            models.CheckConstraint(
                name="missed_sample_ends_whole",
                condition=Q(status="OPEN", ended_at__isnull=True) | (~Q(status="OPEN") & Q(ended_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.due_at:%m-%d %H:%M}"
