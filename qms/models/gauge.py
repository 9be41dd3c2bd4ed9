"""Gauges: what measures in an inspection, whether it may, who has it, and how its studies let it be used."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plant.models import TwoNames
from qms.models.sensor import Instrument, warns_in_time


class GaugeType(TwoNames, models.Model):
    """What a characteristic asks to be measured with: any gauge of this type, by anybody with the skill."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    unit = models.ForeignKey("plant.Unit", models.PROTECT, null=True, blank=True, verbose_name=_("unit"))
    skill = models.ForeignKey(
        "plant.Qualification", models.PROTECT, null=True, blank=True, verbose_name=_("skill"),
        help_text=_("Whoever measures with it must hold this skill at that moment."),
    )

    class Meta:
        verbose_name = _("gauge type")
        verbose_name_plural = _("gauge types")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class GaugeStatus(models.TextChoices):
    IN_USE = "IN_USE", _("In use")
    ON_HOLD = "ON_HOLD", _("On hold")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


@pghistory.track(exclude=["stage", "uses"])
class Gauge(Instrument):
    """A gauge that people measure with. The database refuses what it measures while its calibration does not hold."""

    LIFECYCLE = {
        GaugeStatus.IN_USE: (GaugeStatus.ON_HOLD, GaugeStatus.WITHDRAWN),
        GaugeStatus.ON_HOLD: (GaugeStatus.IN_USE, GaugeStatus.WITHDRAWN),
        GaugeStatus.WITHDRAWN: (),
    }

    type = models.ForeignKey(GaugeType, models.PROTECT, related_name="gauges", verbose_name=_("type"))
    maker = models.CharField(_("maker"), max_length=80, blank=True)
    lowest = models.FloatField(_("measures from"), null=True, blank=True)
    highest = models.FloatField(_("measures to"), null=True, blank=True)
    resolution = models.FloatField(_("resolution"), null=True, blank=True)
    every_uses = models.PositiveIntegerField(
        _("calibrated every so many measurements"), null=True, blank=True,
        help_text=_("Besides the days; empty: only the days count."),
    )
    uses = models.PositiveIntegerField(_("measurements since the last calibration"), default=0, editable=False)
    status = models.CharField(
        _("state"), max_length=9, choices=GaugeStatus, default=GaugeStatus.IN_USE, editable=False
    )
    stopped_at = models.DateTimeField(_("not used since"), null=True, editable=False)

    class Meta(Instrument.Meta):
        abstract = False
        verbose_name = _("gauge")
        verbose_name_plural = _("gauges")
        constraints = [
            warns_in_time("gauge_warns_within_its_interval"),
            models.CheckConstraint(
                name="gauge_range",
                condition=Q(lowest__isnull=True) | Q(highest__isnull=True) | Q(lowest__lt=F("highest")),
            ),
            models.CheckConstraint(
                name="gauge_resolution",
                condition=Q(resolution__isnull=True) | Q(resolution__gt=0, resolution__lt=1e300),
            ),
            models.CheckConstraint(
                name="gauge_stopped_since",
                condition=Q(status="IN_USE", stopped_at__isnull=True)
                | ~Q(status="IN_USE") & Q(stopped_at__isnull=False),
            ),
            models.CheckConstraint(
                name="gauge_withdrawn_is_not_active", condition=~Q(status="WITHDRAWN") | Q(active=False)
            ),
        ]

    @property
    def is_used_up(self) -> bool:
        """Measured as often as a calibration holds for."""
        return self.every_uses is not None and self.uses >= self.every_uses


class GaugeLoan(models.Model):
    """A gauge that somebody, or a station, has."""

    gauge = models.ForeignKey(Gauge, models.PROTECT, related_name="loans", verbose_name=_("gauge"))
    person = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("lent to")
    )
    station = models.ForeignKey(
        "plant.Equipment", models.PROTECT, null=True, related_name="+", verbose_name=_("stands at")
    )
    lent_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("lent by"))
    lent_at = models.DateTimeField(_("since"))
    back_by = models.DateTimeField(_("back by"), null=True)
    returned_at = models.DateTimeField(_("returned"), null=True)
    returned_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("taken back by")
    )

    class Meta:
        verbose_name = _("loan of a gauge")
        verbose_name_plural = _("loans of gauges")
        ordering = ["-lent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["gauge"], name="gauge_lent_once", condition=Q(returned_at__isnull=True)
            ),
            models.CheckConstraint(
                name="gauge_lent_to_one",
                condition=Q(person__isnull=False, station__isnull=True) | Q(person__isnull=True, station__isnull=False),
            ),
            models.CheckConstraint(
                name="gauge_returned_whole",
                condition=Q(returned_at__isnull=True, returned_by__isnull=True)
                | Q(returned_at__gte=F("lent_at"), returned_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gauge.code} → {self.person or self.station}"
