"""Complaints of customers, what comes back because of them, and how content customers are."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qms.models.nonconformance import Severity


class ComplaintSource(models.TextChoices):
    CUSTOMER = "CUSTOMER", _("Customer")
    FIELD = "FIELD", _("Service in the field")
    DEALER = "DEALER", _("Dealer")
    AUTHORITY = "AUTHORITY", _("Authority")


class ComplaintStatus(models.TextChoices):
    NEW = "NEW", _("New")
    ACCEPTED = "ACCEPTED", pgettext_lazy("complaint", "Being worked on")
    ANSWERED = "ANSWERED", _("Answered")
    CLOSED = "CLOSED", _("Closed")
    DECLINED = "DECLINED", _("Declined")


@pghistory.track()
class Complaint(models.Model):
    """Something that a customer is not content with: taken on or declined, answered, closed by another."""

    LIFECYCLE = {
        ComplaintStatus.NEW: (ComplaintStatus.ACCEPTED, ComplaintStatus.DECLINED),
        ComplaintStatus.ACCEPTED: (ComplaintStatus.ANSWERED,),
        ComplaintStatus.ANSWERED: (ComplaintStatus.ACCEPTED, ComplaintStatus.CLOSED),
        ComplaintStatus.CLOSED: (),
        ComplaintStatus.DECLINED: (),
    }

    number = models.CharField(_("number"), max_length=40, unique=True)
    status = models.CharField(_("status"), max_length=8, choices=ComplaintStatus, default=ComplaintStatus.NEW)
    source = models.CharField(_("told by"), max_length=9, choices=ComplaintSource, default=ComplaintSource.CUSTOMER)
    severity = models.CharField(_("severity"), max_length=10, choices=Severity, default=Severity.MAJOR)
    customer = models.ForeignKey(
        "plant.Partner", models.PROTECT, null=True, related_name="+", verbose_name=_("customer")
    )
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, null=True, related_name="+", verbose_name=_("material")
    )
    lot = models.ForeignKey(
        "traceability.MaterialLot", models.PROTECT, null=True, related_name="complaints", verbose_name=_("lot")
    )
    said_number = models.CharField(_("number as the customer says"), max_length=80, blank=True)
    quantity = models.PositiveIntegerField(_("pieces"), default=1)
    failed_at = models.DateTimeField(_("failed"))
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    nonconformance = models.ForeignKey(
        "qms.Nonconformance", models.PROTECT, null=True, related_name="complaints", verbose_name=_("nonconformance")
    )
    cause = models.ForeignKey(
        "plant.ReasonCode", models.PROTECT, null=True, related_name="+", verbose_name=_("kind of cause")
    )
    owner = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("owner"))
    due_at = models.DateTimeField(_("answer by"))
    escalations = models.PositiveSmallIntegerField(_("escalations"), default=0)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True)
    opened_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("reported by"))
    opened_at = models.DateTimeField(_("opened"))
    closed_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("closed by")
    )
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        verbose_name = _("complaint")
        verbose_name_plural = _("complaints")
        constraints = [
            models.CheckConstraint(
                name="complaint_answered_whole",
                condition=~Q(status__in=["ANSWERED", "CLOSED"])
                | (Q(answered_by__isnull=False, answered_at__isnull=False) & ~Q(answer="")),
            ),
            models.CheckConstraint(
                name="complaint_closed_by_another",
                condition=Q(status="CLOSED", closed_by__isnull=False, closed_at__isnull=False)
                & ~Q(closed_by=F("answered_by"))
                | (~Q(status="CLOSED") & Q(closed_by__isnull=True, closed_at__isnull=True)),
            ),
            models.CheckConstraint(name="complaint_about_some", condition=Q(quantity__gte=1)),
        ]
        indexes = [
            models.Index(fields=["status", "due_at"], name="complaint_due"),
            models.Index(fields=["material", "failed_at"], name="complaint_failures"),
        ]

    def __str__(self) -> str:
        return self.number


class RmaStatus(models.TextChoices):
    OPEN = "OPEN", _("Expected")
    RECEIVED = "RECEIVED", pgettext_lazy("return", "Received")
    ANALYSED = "ANALYSED", _("Analysed")
    DECIDED = "DECIDED", _("Decided")
    CLOSED = "CLOSED", _("Closed")
    CANCELLED = "CANCELLED", _("Cancelled")


class RmaDecision(models.TextChoices):
    REPAIR = "REPAIR", _("Repair")
    REPLACE = "REPLACE", _("Replace")
    CREDIT = "CREDIT", _("Credit")
    REFUSE = "REFUSE", _("Send back as it is")


@pghistory.track()
class Rma(models.Model):
    """Goods that a customer may send back: received into a hold, analysed by one, decided by another."""

    LIFECYCLE = {
        RmaStatus.OPEN: (RmaStatus.RECEIVED, RmaStatus.CANCELLED),
        RmaStatus.RECEIVED: (RmaStatus.ANALYSED,),
        RmaStatus.ANALYSED: (RmaStatus.DECIDED,),
        RmaStatus.DECIDED: (RmaStatus.CLOSED,),
        RmaStatus.CLOSED: (),
        RmaStatus.CANCELLED: (),
    }

    number = models.CharField(_("number"), max_length=40, unique=True)
    complaint = models.ForeignKey(Complaint, models.PROTECT, related_name="rmas", verbose_name=_("complaint"))
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    status = models.CharField(_("status"), max_length=9, choices=RmaStatus, default=RmaStatus.OPEN)
    lot = models.ForeignKey(
        "traceability.MaterialLot", models.PROTECT, related_name="rmas", verbose_name=_("lot")
    )
    shipment = models.ForeignKey(
        "traceability.Shipment", models.PROTECT, related_name="+", verbose_name=_("shipment")
    )
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=6)
    in_warranty = models.BooleanField(_("in warranty"), default=True)
    analysis = models.TextField(_("what the analysis found"), blank=True)
    analysed_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("analysed by")
    )
    decision = models.CharField(_("decision"), max_length=7, choices=RmaDecision, blank=True)
    decided_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    done = models.TextField(_("what was done"), blank=True)
    opened_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("opened by"))
    opened_at = models.DateTimeField(_("opened"))
    received_at = models.DateTimeField(_("came back"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        verbose_name = _("return of a customer")
        verbose_name_plural = _("returns of customers")
        constraints = [
            models.CheckConstraint(name="rma_positive", condition=Q(quantity__gt=0, quantity__lt=10**12)),
            models.UniqueConstraint(
                fields=["lot", "shipment"], name="rma_one_expected", condition=Q(status="OPEN")
            ),
            models.CheckConstraint(
                name="rma_decided_by_another",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("analysed_by")),
            ),
            models.CheckConstraint(
                name="rma_in_its_order",
                condition=(Q(status__in=["OPEN", "CANCELLED"]) | Q(received_at__isnull=False))
                & (Q(status__in=["OPEN", "CANCELLED", "RECEIVED"]) | (Q(analysed_by__isnull=False) & ~Q(analysis="")))
                & (~Q(status__in=["DECIDED", "CLOSED"]) | (Q(decided_by__isnull=False) & ~Q(decision="")))
                & (~Q(status="CLOSED") | (Q(closed_at__isnull=False) & ~Q(done=""))),
            ),
        ]
        indexes = [models.Index(fields=["status", "-opened_at"], name="rma_alive")]

    def __str__(self) -> str:
        return self.number


class Topic(models.TextChoices):
    QUALITY = "QUALITY", _("Quality")
    DELIVERY = "DELIVERY", _("Delivery")
    SERVICE = "SERVICE", _("Service")
    OVERALL = "OVERALL", _("Overall")


class Satisfaction(models.Model):
    """How content a customer says they are with something, from 0 to 10. Written once."""

    customer = models.ForeignKey("plant.Partner", models.PROTECT, related_name="+", verbose_name=_("customer"))
    topic = models.CharField(_("asked about"), max_length=8, choices=Topic, default=Topic.OVERALL)
    score = models.PositiveSmallIntegerField(_("score"))
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    remark = models.TextField(_("remark"), blank=True)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("satisfaction of a customer")
        verbose_name_plural = _("satisfaction of customers")
        constraints = [models.CheckConstraint(name="satisfaction_score", condition=Q(score__lte=10))]
        indexes = [models.Index(fields=["customer", "-at"], name="satisfaction_of")]

    def __str__(self) -> str:
        return f"{self.customer.code} {self.score}"
