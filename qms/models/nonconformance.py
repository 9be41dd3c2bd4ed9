"""What is not as it should be, and what becomes of it."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plant.models import Role
from plant.statements import StatementField


class NonconformanceStatus(models.TextChoices):
    OPEN = "OPEN", _("Open")
    REVIEW = "REVIEW", _("In review")
    DISPOSED = "DISPOSED", _("Disposed")
    CLOSED = "CLOSED", _("Closed")


class NonconformanceSource(models.TextChoices):
    VIOLATION = "VIOLATION", _("Control chart")
    DEVIATION = "DEVIATION", _("Golden parameter")
    INSPECTION = "INSPECTION", _("Inspection")
    CALIBRATION = "CALIBRATION", _("Calibration of a gauge")
    PERSON = "PERSON", _("Reported by a person")
    CUSTOMER = "CUSTOMER", _("Customer")
    SUPPLIER = "SUPPLIER", _("Supplier")
    AUDIT = "AUDIT", _("Audit")
    API = "API", _("Other system")


class Severity(models.TextChoices):
    MINOR = "MINOR", _("Minor")
    MAJOR = "MAJOR", _("Major")
    CRITICAL = "CRITICAL", _("Critical")


@pghistory.track()
class Nonconformance(models.Model):
    """Lots that may not go on until somebody with authority has disposed of every piece."""

    LIFECYCLE = {
        NonconformanceStatus.OPEN: (NonconformanceStatus.REVIEW, NonconformanceStatus.DISPOSED),
        NonconformanceStatus.REVIEW: (NonconformanceStatus.DISPOSED,),
        NonconformanceStatus.DISPOSED: (NonconformanceStatus.REVIEW, NonconformanceStatus.CLOSED),
        NonconformanceStatus.CLOSED: (),
    }

    number = models.CharField(_("number"), max_length=40, unique=True)
    status = models.CharField(
        _("status"), max_length=10, choices=NonconformanceStatus, default=NonconformanceStatus.OPEN
    )
    severity = models.CharField(_("severity"), max_length=10, choices=Severity, default=Severity.MAJOR)
    title = StatementField(_("title"))
    description = models.TextField(_("description"), blank=True)
    source_kind = models.CharField(_("found by"), max_length=12, choices=NonconformanceSource)
    source_id = models.CharField(_("source"), max_length=60)
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    equipment = models.ForeignKey(
        "plant.Equipment", models.PROTECT, null=True, related_name="+", verbose_name=_("equipment")
    )
    characteristic = models.ForeignKey(
        "qms.Characteristic", models.PROTECT, null=True, related_name="+", verbose_name=_("characteristic")
    )
    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, null=True, related_name="+", verbose_name=_("material")
    )
    defect = models.ForeignKey(
        "plant.ReasonCode", models.PROTECT, null=True, related_name="+", verbose_name=_("defect")
    )
    cause = models.ForeignKey(
        "plant.ReasonCode", models.PROTECT, null=True, related_name="+", verbose_name=_("kind of cause")
    )
    partner = models.ForeignKey(
        "plant.Partner", models.PROTECT, null=True, related_name="+", verbose_name=_("customer or supplier")
    )
    repeat_of = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="repeated_by", verbose_name=_("repeats")
    )
    repeats = models.PositiveSmallIntegerField(_("former ones of the same kind"), default=0)
    capa_proposed = models.BooleanField(_("a CAPA is proposed"), default=False)
    board = models.ForeignKey(
        "qms.ReviewBoard", models.PROTECT, null=True, related_name="+", verbose_name=_("decided by the board")
    )
    suspect_from = models.DateTimeField(_("suspect from"), null=True)
    suspect_to = models.DateTimeField(_("suspect to"), null=True)
    owner_role = models.CharField(_("goes to"), max_length=20, choices=Role, default=Role.QUALITY_ENGINEER)
    owner = models.ForeignKey("plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("owner"))
    due_at = models.DateTimeField(_("due"), null=True)
    reported_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("reported by"))
    escalations = models.PositiveSmallIntegerField(_("escalations"), default=0)
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        verbose_name = _("nonconformance")
        verbose_name_plural = _("nonconformances")
        constraints = [
            models.UniqueConstraint(fields=["source_kind", "source_id"], name="nonconformance_source_once",
                                    condition=Q(source_kind__in=["VIOLATION", "DEVIATION", "INSPECTION"])),
            models.CheckConstraint(
                name="nonconformance_closed_has_time",
                condition=Q(status="CLOSED", closed_at__isnull=False)
                | (~Q(status="CLOSED") & Q(closed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="nonconformance_repeat_counted",
                condition=Q(repeat_of__isnull=True, repeats=0) | Q(repeat_of__isnull=False, repeats__gte=1),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "-opened_at"], name="nonconformance_open"),
            models.Index(fields=["material", "-opened_at"], name="nonconformance_of_material"),
        ]

    def __str__(self) -> str:
        return self.number


class NonconformanceLot(models.Model):
    """How much of a lot a nonconformance concerns, and how much of that has been decided."""

    nonconformance = models.ForeignKey(Nonconformance, models.PROTECT, related_name="lots")
    lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, related_name="+")
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=6)
    disposed = models.DecimalField(_("disposed"), max_digits=18, decimal_places=6, default=0)
    again = models.DecimalField(_("suspect once more"), max_digits=18, decimal_places=6, default=0)
    direct = models.BooleanField(_("made at the fault itself"), default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["nonconformance", "lot"], name="nonconformance_lot_once"),
            models.CheckConstraint(
                name="nonconformance_disposed_within",
                condition=Q(disposed__gte=0, disposed__lte=F("quantity"), quantity__lt=10**12),
            ),
        ]


class Decision(models.TextChoices):
    USE_AS_IS = "USE_AS_IS", _("Use as is")
    CONCESSION = "CONCESSION", _("Use under concession")
    REWORK = "REWORK", _("Rework")
    REPAIR = "REPAIR", pgettext_lazy("decision", "Repair")
    REGRADE = "REGRADE", _("Regrade")
    SORTED = "SORTED", _("Good after sorting")
    SCRAP = "SCRAP", _("Scrap")
    RETURN = "RETURN", _("Return to supplier")


class Disposition(models.Model):
    """What becomes of an amount of a lot, signed by somebody with the authority. Written once."""

    nonconformance = models.ForeignKey(Nonconformance, models.PROTECT, related_name="dispositions")
    lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, related_name="+")
    decision = models.CharField(_("decision"), max_length=10, choices=Decision)
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=6)
    rework_operation = models.CharField(_("rework from operation"), max_length=40, blank=True)
    rework_lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, null=True, related_name="+")
    to_material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, null=True, related_name="+", verbose_name=_("regraded to")
    )
    concession = models.ForeignKey(
        "qms.Concession", models.PROTECT, null=True, related_name="dispositions", verbose_name=_("concession")
    )
    review = models.ForeignKey(
        "qms.BoardReview", models.PROTECT, null=True, related_name="dispositions", verbose_name=_("board's decision")
    )
    reason = models.TextField(_("reason"))
    signature = models.ForeignKey("plant.Signature", models.PROTECT, related_name="+")
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("disposition")
        verbose_name_plural = _("dispositions")
        constraints = [
            models.CheckConstraint(
                name="disposition_positive_number", condition=Q(quantity__gte=0, quantity__lt=10**12)
            ),
            models.CheckConstraint(name="disposition_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="disposition_rework_says_where",
                condition=Q(decision="REWORK") & ~Q(rework_operation="")
                | Q(decision="REPAIR")  # where it lies, of pieces in production
                | ~Q(decision__in=["REWORK", "REPAIR"]) & Q(rework_operation=""),
            ),
            models.CheckConstraint(
                name="disposition_regrade_says_to_what",
                condition=Q(decision="REGRADE", to_material__isnull=False)
                | (~Q(decision="REGRADE") & Q(to_material__isnull=True)),
            ),
            models.CheckConstraint(
                name="disposition_concession_says_which",
                condition=Q(decision="CONCESSION", concession__isnull=False)
                | (~Q(decision="CONCESSION") & Q(concession__isnull=True)),
            ),
        ]
