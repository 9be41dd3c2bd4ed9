"""Sensors whose readings are charted, and their calibrations: without a valid one their readings are in doubt."""

from datetime import datetime

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plant.models import Role
from traceability.models import Stream


@pghistory.track(exclude=["stage"])
class Sensor(models.Model):
    """A measuring instrument in the register; `due_at` and `failed_at` follow from its calibrations."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    serial_number = models.CharField(_("serial number"), max_length=80, blank=True)
    equipment = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("equipment"))
    streams = models.ManyToManyField(
        Stream, related_name="sensors", blank=True, verbose_name=_("streams"),
        help_text=_("The streams whose readings this sensor makes; of a conditioned tag both, raw and conditioned."),
    )
    interval_days = models.PositiveIntegerField(_("calibrated every so many days"), default=365)
    warn_days = models.PositiveIntegerField(_("warns so many days before"), default=14)
    owner_role = models.CharField(_("goes to"), max_length=20, choices=Role, default=Role.MAINTENANCE)
    owner = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    active = models.BooleanField(_("in use"), default=True)
    due_at = models.DateTimeField(_("calibration due"), null=True, editable=False)
    failed_at = models.DateTimeField(_("failed its calibration"), null=True, editable=False)
    stage = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("sensor")
        verbose_name_plural = _("sensors")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="sensor_warns_within_its_interval",
                condition=Q(interval_days__gte=1, interval_days__lte=36500, warn_days__lt=models.F("interval_days")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def doubtful_from(self) -> datetime | None:
        """From when on its readings are in doubt, perhaps only later; None without any calibration."""
        return min((at for at in (self.due_at, self.failed_at) if at is not None), default=None)


class CalibrationResult(models.TextChoices):
    PASSED = "PASSED", _("Passed")
    FAILED = "FAILED", _("Failed")


class Calibration(models.Model):
    """One calibration as its certificate tells it. Written once."""

    sensor = models.ForeignKey(Sensor, models.PROTECT, related_name="calibrations", verbose_name=_("sensor"))
    at = models.DateTimeField(_("calibrated"))
    result = models.CharField(_("result"), max_length=8, choices=CalibrationResult)
    certificate = models.CharField(_("certificate"), max_length=120)
    laboratory = models.CharField(_("calibrated by"), max_length=120)
    remark = models.TextField(_("remark"), blank=True)
    next_due_at = models.DateTimeField(_("next due"), null=True)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("recorded by"))
    recorded_at = models.DateTimeField(_("recorded"))

    class Meta:
        verbose_name = _("calibration")
        verbose_name_plural = _("calibrations")
        ordering = ["sensor", "at"]
        constraints = [
            models.UniqueConstraint(fields=["sensor", "at"], name="calibration_once"),
            models.CheckConstraint(
                name="calibration_passed_until",
                condition=Q(result="PASSED", next_due_at__gt=models.F("at"))
                | Q(result="FAILED", next_due_at__isnull=True),
            ),
            models.CheckConstraint(
                name="calibration_has_certificate", condition=~Q(certificate="") & ~Q(laboratory="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sensor.code} {self.at:%Y-%m-%d} {self.certificate}"
