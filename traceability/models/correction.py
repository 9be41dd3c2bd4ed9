"""Changes of trace data: proposed with a reason, approved by another person, and kept beside what they replace."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class CorrectionKind(models.TextChoices):
    SUPPLIER_LOT = "SUPPLIER_LOT", _("Supplier's lot")
    EXPIRES = "EXPIRES", _("Expiry")
    MADE = "MADE", _("Made or received")
    OPERATOR = "OPERATOR", _("Operator of an operation")
    EQUIPMENT = "EQUIPMENT", _("Equipment of an operation")
    CONSUMED = "CONSUMED", _("Consumption")
    VALUE = "VALUE", _("Collected value")


class CorrectionStatus(models.TextChoices):
    PROPOSED = "PROPOSED", _("Proposed")
    APPROVED = "APPROVED", _("Approved")
    REFUSED = "REFUSED", _("Refused")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


# The fact that a change is about, and the field that says what it becomes.
OF_VISIT = Q(visit__isnull=False, actual__isnull=True, row__isnull=True)
OF_ACTUAL = Q(visit__isnull=True, actual__isnull=False, row__isnull=True)
OF_ROW = Q(visit__isnull=True, actual__isnull=True, row__isnull=False)
OF_LOT = Q(visit__isnull=True, actual__isnull=True, row__isnull=True)


class Correction(models.Model):
    """One change of one fact. The fact as it was stays readable here for ever; what was proposed is written once."""

    LIFECYCLE = {
        CorrectionStatus.PROPOSED: (
            CorrectionStatus.APPROVED, CorrectionStatus.REFUSED, CorrectionStatus.WITHDRAWN
        ),
        CorrectionStatus.APPROVED: (),
        CorrectionStatus.REFUSED: (),
        CorrectionStatus.WITHDRAWN: (),
    }

    number = models.CharField(_("number"), max_length=40, unique=True)
    status = models.CharField(
        _("status"), max_length=10, choices=CorrectionStatus, default=CorrectionStatus.PROPOSED
    )
    kind = models.CharField(_("what"), max_length=12, choices=CorrectionKind)
    lot = models.ForeignKey(
        "traceability.MaterialLot", models.PROTECT, related_name="corrections", verbose_name=_("lot")
    )
    visit = models.ForeignKey("traceability.Visit", models.PROTECT, null=True, related_name="corrections")
    actual = models.ForeignKey("traceability.MaterialActual", models.PROTECT, null=True, related_name="corrections")
    row = models.BigIntegerField(null=True)  # of a value that a room above keeps
    old = models.CharField(_("as it is recorded"), max_length=300, blank=True)
    new = models.CharField(_("as it was"), max_length=300, blank=True)
    text = models.CharField(max_length=200, blank=True)
    moment = models.DateTimeField(null=True)
    person = models.ForeignKey("plant.Person", models.PROTECT, null=True, related_name="+")
    equipment = models.ForeignKey("plant.Equipment", models.PROTECT, null=True, related_name="+")
    other_lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, null=True, related_name="+")
    quantity = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    asked_at = models.DateTimeField(_("proposed"))
    decided_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    signature = models.ForeignKey("plant.Signature", models.PROTECT, null=True, related_name="+")
    booked = models.OneToOneField(
        "traceability.MaterialActual", models.PROTECT, null=True, related_name="correction",
        verbose_name=_("booked instead"),
    )

    class Meta:
        verbose_name = _("change of trace data")
        verbose_name_plural = _("changes of trace data")
        constraints = [
            models.CheckConstraint(
                name="correction_decided_by_another",
                condition=Q(status="PROPOSED", decided_by__isnull=True, decided_at__isnull=True)
                | Q(status__in=["APPROVED", "REFUSED"], decided_at__isnull=False) & ~Q(decided_by=F("asked_by"))
                & Q(decided_by__isnull=False)
                | Q(status="WITHDRAWN", decided_by=F("asked_by"), decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="correction_approved_is_signed",
                condition=Q(status="APPROVED", signature__isnull=False) | ~Q(status="APPROVED"),
            ),
            models.CheckConstraint(name="correction_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="correction_changes_something", condition=~Q(old=F("new"))),
            models.CheckConstraint(
                name="correction_of_its_fact",
                condition=Q(kind__in=["SUPPLIER_LOT", "EXPIRES"]) & OF_LOT
                | Q(kind="MADE", moment__isnull=False) & OF_LOT
                | Q(kind="OPERATOR", person__isnull=False) & OF_VISIT
                | Q(kind="EQUIPMENT", equipment__isnull=False) & OF_VISIT
                | Q(kind="CONSUMED", quantity__gte=0, other_lot__isnull=False) & OF_ACTUAL
                | Q(kind="VALUE") & OF_ROW & ~Q(text=""),
            ),
            models.UniqueConstraint(
                fields=["lot", "kind", "visit", "actual", "row"], name="correction_open_once", nulls_distinct=False,
                condition=Q(status="PROPOSED"),
            ),
        ]
        indexes = [
            models.Index(fields=["-asked_at"], name="correction_newest"),
            models.Index(fields=["lot", "status"], name="correction_of_lot"),
        ]

    def __str__(self) -> str:
        return self.number
