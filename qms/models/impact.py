"""What a gauge measured before it was found out: everything since its last good calibration, each with a decision."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class ImpactStatus(models.TextChoices):
    OPEN = "OPEN", _("Open")
    CLOSED = "CLOSED", _("Closed")


class ImpactDecision(models.TextChoices):
    ACCEPT = "ACCEPT", _("Accept as measured")
    REINSPECT = "REINSPECT", _("Inspect again")
    HOLD = "HOLD", _("Hold and report as nonconforming")


@pghistory.track()
class ImpactReview(models.Model):
    """The review that a failed calibration opens. Whoever calibrated never closes it."""

    LIFECYCLE = {ImpactStatus.OPEN: (ImpactStatus.CLOSED,), ImpactStatus.CLOSED: ()}

    number = models.CharField(_("number"), max_length=40, unique=True)
    status = models.CharField(_("state"), max_length=6, choices=ImpactStatus, default=ImpactStatus.OPEN)
    gauge = models.ForeignKey("qms.Gauge", models.PROTECT, related_name="reviews", verbose_name=_("gauge"))
    calibration = models.OneToOneField(
        "qms.Calibration", models.PROTECT, related_name="review", verbose_name=_("calibration")
    )
    calibrated_by = models.ForeignKey(
        "plant.Person", models.PROTECT, related_name="+", verbose_name=_("calibration recorded by")
    )
    since = models.DateTimeField(_("last good calibration"), null=True)
    until = models.DateTimeField(_("found out"), null=True)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True)
    closed_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("closed by")
    )

    class Meta:
        verbose_name = _("impact review")
        verbose_name_plural = _("impact reviews")
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(
                name="impact_closed_by_another",
                condition=Q(status="CLOSED", closed_at__isnull=False, closed_by__isnull=False)
                & ~Q(closed_by=F("calibrated_by"))
                | Q(status="OPEN", closed_at__isnull=True, closed_by__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ImpactItem(models.Model):
    """What the gauge measured of one thing: a characteristic in an inspection, or what a higher room counts."""

    review = models.ForeignKey(ImpactReview, models.PROTECT, related_name="items")
    source = models.CharField(_("measured in"), max_length=20)
    key = models.CharField(max_length=60)
    title = models.CharField(_("what was measured"), max_length=200)
    lot = models.ForeignKey(
        "traceability.MaterialLot", models.PROTECT, null=True, related_name="+", verbose_name=_("lot")
    )
    item = models.ForeignKey("qms.InspectionItem", models.PROTECT, null=True, related_name="+")
    measurements = models.PositiveIntegerField(_("measurements"))
    first_at = models.DateTimeField(_("first"))
    last_at = models.DateTimeField(_("last"))
    decision = models.CharField(_("decision"), max_length=9, choices=ImpactDecision, blank=True)
    reason = models.CharField(_("reason"), max_length=400, blank=True)
    by = models.ForeignKey("plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("decided by"))
    at = models.DateTimeField(_("decided"), null=True)
    inspection = models.ForeignKey(
        "qms.Inspection", models.PROTECT, null=True, related_name="+", verbose_name=_("inspected again in")
    )
    nonconformance = models.ForeignKey(
        "qms.Nonconformance", models.PROTECT, null=True, related_name="+", verbose_name=_("nonconformance")
    )

    class Meta:
        verbose_name = _("measurement under review")
        verbose_name_plural = _("measurements under review")
        ordering = ["first_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["review", "source", "key"], name="impact_item_once"),
            models.CheckConstraint(
                name="impact_item_decided",
                condition=Q(decision="", by__isnull=True, at__isnull=True)
                | ~Q(decision="") & ~Q(reason="") & Q(by__isnull=False, at__isnull=False),
            ),
            models.CheckConstraint(
                name="impact_item_carried_out",
                condition=~Q(decision="REINSPECT") | Q(inspection__isnull=False),
            ),
            models.CheckConstraint(
                name="impact_item_held", condition=~Q(decision="HOLD") | Q(nonconformance__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.review.number}: {self.title}"
