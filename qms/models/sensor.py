"""Instruments and their calibrations: without a valid one, what they measure is in doubt, or refused."""

from datetime import datetime
from typing import Any

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plant.models import Role
from traceability.models import Stream


class Instrument(models.Model):
    """What sensors and gauges have in common; `due_at` and `failed_at` follow from their calibrations."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    serial_number = models.CharField(_("serial number"), max_length=80, blank=True)
    equipment = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("equipment"))
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
        abstract = True
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def doubtful_from(self) -> datetime | None:
        """From when on what it measures is in doubt, perhaps only later; None without any calibration."""
        return min((at for at in (self.due_at, self.failed_at) if at is not None), default=None)


def warns_in_time(name: str) -> models.CheckConstraint:
    """The warning comes before the interval is over."""
    return models.CheckConstraint(
        name=name,
        condition=Q(interval_days__gte=1, interval_days__lte=36500, warn_days__lt=models.F("interval_days")),
    )


@pghistory.track(exclude=["stage"])
class Sensor(Instrument):
    """An instrument that is built in; its readings are charted."""

    streams = models.ManyToManyField(
        Stream, related_name="sensors", blank=True, verbose_name=_("streams"),
        help_text=_("The streams whose readings this sensor makes; of a conditioned tag both, raw and conditioned."),
    )

    class Meta(Instrument.Meta):
        abstract = False
        verbose_name = _("sensor")
        verbose_name_plural = _("sensors")
        constraints = [warns_in_time("sensor_warns_within_its_interval")]


class CalibrationResult(models.TextChoices):
    PASSED = "PASSED", _("Passed")
    ADJUSTED = "ADJUSTED", _("Passed after it was adjusted")
    FAILED = "FAILED", _("Failed")


HOLDS = (CalibrationResult.PASSED, CalibrationResult.ADJUSTED)
"""After these it may be used."""
FOUND_OUT = (CalibrationResult.FAILED, CalibrationResult.ADJUSTED)
"""It was wrong when it came: what it measured before is in doubt."""


class Calibration(models.Model):
    """One calibration as its certificate tells it. Written once."""

    sensor = models.ForeignKey(
        Sensor, models.PROTECT, null=True, related_name="calibrations", verbose_name=_("sensor")
    )
    gauge = models.ForeignKey(
        "qms.Gauge", models.PROTECT, null=True, related_name="calibrations", verbose_name=_("gauge")
    )
    equipment = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("equipment"))
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
        ordering = ["sensor", "gauge", "at"]
        constraints = [
            models.UniqueConstraint(fields=["sensor", "at"], name="calibration_once"),
            models.UniqueConstraint(fields=["gauge", "at"], name="calibration_of_gauge_once"),
            models.CheckConstraint(
                name="calibration_of_one",
                condition=Q(sensor__isnull=False, gauge__isnull=True) | Q(sensor__isnull=True, gauge__isnull=False),
            ),
            models.CheckConstraint(
                name="calibration_passed_until",
                condition=Q(result__in=["PASSED", "ADJUSTED"], next_due_at__gt=models.F("at"))
                | Q(result="FAILED", next_due_at__isnull=True),
            ),
            models.CheckConstraint(
                name="calibration_has_certificate", condition=~Q(certificate="") & ~Q(laboratory="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument.code} {self.at:%Y-%m-%d} {self.certificate}"

    @property
    def instrument(self) -> Any:
        """The sensor or gauge that was calibrated."""
        return self.sensor or self.gauge


class CalibrationPoint(models.Model):
    """One value that was checked: the reference, what the instrument showed, and what it showed once adjusted."""

    calibration = models.ForeignKey(Calibration, models.PROTECT, related_name="points")
    nominal = models.FloatField(_("reference"))
    found = models.FloatField(_("as found"))
    left = models.FloatField(_("as left"), null=True)
    allowed = models.FloatField(_("allowed deviation"))

    class Meta:
        verbose_name = _("calibration point")
        verbose_name_plural = _("calibration points")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["calibration", "nominal"], name="calibration_point_once"),
            models.CheckConstraint(
                name="calibration_point_numbers",
                condition=Q(nominal__gt=-1e300, nominal__lt=1e300, found__gt=-1e300, found__lt=1e300)
                & Q(allowed__gte=0, allowed__lt=1e300),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calibration}: {self.nominal}"

    @property
    def was_good(self) -> bool:
        """Within what is allowed when it came."""
        return abs(self.found - self.nominal) <= self.allowed

    @property
    def is_good(self) -> bool:
        """Within what is allowed when it left."""
        return abs((self.found if self.left is None else self.left) - self.nominal) <= self.allowed
