"""Live values beside their golden window: how far they were compared, and the stretches in which they left it."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plant.models import Role


class GoldenMark(models.Model):
    """How far the readings of a stream have been compared with golden windows."""

    stream = models.OneToOneField("traceability.Stream", models.PROTECT, primary_key=True, related_name="+")
    at = models.DateTimeField()
    seq = models.BigIntegerField()


class DeviationStatus(models.TextChoices):
    OPEN = "OPEN", _("Open")
    ACKNOWLEDGED = "ACKNOWLEDGED", _("Acknowledged")
    CLOSED = "CLOSED", _("Closed")
    FALSE_ALARM = "FALSE_ALARM", _("False alarm")


class Side(models.TextChoices):
    """How a value left its window."""

    LOW = "LOW", _("Too low")
    HIGH = "HIGH", _("Too high")
    RAMP = "RAMP", _("Changes too fast")


@pghistory.track(exclude=["ended_at", "last_at", "quiet", "worst"])
class Deviation(models.Model):
    """One stretch in which a stream was outside a golden window while that product's operation ran there."""

    LIFECYCLE = {
        DeviationStatus.OPEN: (DeviationStatus.ACKNOWLEDGED,),
        DeviationStatus.ACKNOWLEDGED: (DeviationStatus.CLOSED, DeviationStatus.FALSE_ALARM),
        DeviationStatus.CLOSED: (),
        DeviationStatus.FALSE_ALARM: (),
    }

    stream = models.ForeignKey("traceability.Stream", models.PROTECT, related_name="+", verbose_name=_("stream"))
    standard = models.ForeignKey(
        "mes.ParameterSpecification", models.PROTECT, related_name="deviations", verbose_name=_("golden parameter")
    )
    job_order = models.ForeignKey("mes.JobOrder", models.PROTECT, related_name="+", verbose_name=_("work order"))
    paused_job = models.ForeignKey(
        "mes.JobOrder", models.PROTECT, null=True, related_name="+", verbose_name=_("paused work order")
    )
    status = models.CharField(_("status"), max_length=14, choices=DeviationStatus, default=DeviationStatus.OPEN)
    side = models.CharField(_("how"), max_length=4, choices=Side)
    at = models.DateTimeField(_("at"))
    seq = models.BigIntegerField()
    value = models.FloatField(_("value"))
    worst = models.FloatField(_("farthest value"))
    last_good_at = models.DateTimeField(_("last good reading"))
    last_at = models.DateTimeField(_("last reading outside"))
    quiet = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(_("back in the window"), null=True)
    nonconformance = models.ForeignKey(
        "qms.Nonconformance", models.PROTECT, null=True, related_name="+", verbose_name=_("nonconformance")
    )
    owner_role = models.CharField(_("goes to"), max_length=20, choices=Role)
    owner = models.ForeignKey("plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("owner"))
    respond_by = models.DateTimeField(_("answer by"))
    escalations = models.PositiveSmallIntegerField(default=0)
    acknowledged_by = models.ForeignKey("plant.Person", models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True)
    snoozed_until = models.DateTimeField(_("put off until"), null=True)
    cause_kind = models.ForeignKey(
        "plant.ReasonCode", models.PROTECT, null=True, related_name="+", verbose_name=_("kind of cause")
    )
    cause = models.TextField(_("cause"), blank=True)
    action_taken = models.TextField(_("action taken"), blank=True)
    closed_at = models.DateTimeField(_("answered for good"), null=True)
    detected_at = models.DateTimeField(_("detected"))

    class Meta:
        verbose_name = _("deviation")
        verbose_name_plural = _("deviations")
        constraints = [
            models.UniqueConstraint(
                fields=["stream", "standard"], name="deviation_one_running", condition=Q(ended_at__isnull=True)
            ),
            models.UniqueConstraint(fields=["stream", "standard", "at", "seq"], name="deviation_trigger_once"),
            models.CheckConstraint(
                name="deviation_in_order",
                condition=Q(last_good_at__lte=F("at"), last_at__gte=F("at"))
                & (Q(ended_at__isnull=True) | Q(ended_at__gte=F("last_at"))),
            ),
        ]
        indexes = [models.Index(fields=["status", "respond_by"], name="deviation_unanswered")]

    def __str__(self) -> str:
        return f"{self.stream.code} #{self.pk}"


class DeviationLot(models.Model):
    """A lot that stood there since the last good reading: marked, whether or not it is held as well."""

    deviation = models.ForeignKey(Deviation, models.PROTECT, related_name="lots")
    lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("marked"))

    class Meta:
        verbose_name = _("lot of a deviation")
        verbose_name_plural = _("lots of a deviation")
        constraints = [models.UniqueConstraint(fields=["deviation", "lot"], name="deviation_lot_once")]
