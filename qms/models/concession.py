"""Concessions and deviation permits: so many pieces of a material may be used although they are not as specified."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ConcessionKind(models.TextChoices):
    CONCESSION = "CONCESSION", _("Concession: for pieces that are made")
    DEVIATION = "DEVIATION", _("Deviation permit: before they are made")


class ConcessionStatus(models.TextChoices):
    ASKED = "ASKED", pgettext_lazy("concession", "Asked for")
    APPROVED = "APPROVED", _("Approved")
    REFUSED = "REFUSED", _("Refused")
    ENDED = "ENDED", pgettext_lazy("concession", "Ended")


@pghistory.track()
class Concession(models.Model):
    """Limited by quantity, by days and, if named, by lots; never used for more, whoever writes the SQL."""

    LIFECYCLE = {
        ConcessionStatus.ASKED: (ConcessionStatus.APPROVED, ConcessionStatus.REFUSED),
        ConcessionStatus.APPROVED: (ConcessionStatus.ENDED,),
        ConcessionStatus.REFUSED: (),
        ConcessionStatus.ENDED: (),
    }

    number = models.CharField(_("number"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=ConcessionKind, default=ConcessionKind.CONCESSION)
    status = models.CharField(_("status"), max_length=8, choices=ConcessionStatus, default=ConcessionStatus.ASKED)
    title = models.CharField(_("what is not as specified"), max_length=200)
    reason = models.TextField(_("why it may be used all the same"))
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, related_name="+", verbose_name=_("material")
    )
    nonconformance = models.ForeignKey(
        "qms.Nonconformance", models.PROTECT, null=True, related_name="concessions", verbose_name=_("nonconformance")
    )
    quantity = models.DecimalField(_("at most"), max_digits=18, decimal_places=6)
    used = models.DecimalField(_("used"), max_digits=18, decimal_places=6, default=0)
    valid_from = models.DateTimeField(_("from"))
    valid_to = models.DateTimeField(_("until"))
    customer = models.ForeignKey(
        "plant.Partner", models.PROTECT, null=True, related_name="+", verbose_name=_("customer who must agree")
    )
    customer_person = models.CharField(_("who agreed at the customer"), max_length=120, blank=True)
    customer_document = models.CharField(_("customer's document"), max_length=120, blank=True)
    customer_at = models.DateTimeField(_("customer agreed"), null=True)
    asked_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    approved_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True)
    signature = models.ForeignKey("plant.Signature", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("concession")
        verbose_name_plural = _("concessions")
        constraints = [
            models.CheckConstraint(
                name="concession_never_over_used",
                condition=Q(used__gte=0, used__lte=F("quantity"), quantity__gt=0, quantity__lt=10**12),
            ),
            models.CheckConstraint(name="concession_days_in_order", condition=Q(valid_to__gt=F("valid_from"))),
            models.CheckConstraint(
                name="concession_approved_by_another",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="concession_approved_is_whole",
                condition=Q(status__in=["ASKED", "REFUSED"])
                | Q(approved_by__isnull=False, approved_at__isnull=False, signature__isnull=False),
            ),
            models.CheckConstraint(
                name="concession_customer_agreed",
                condition=Q(status__in=["ASKED", "REFUSED"]) | Q(customer__isnull=True)
                | (Q(customer_at__isnull=False) & ~Q(customer_person="") & ~Q(customer_document="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class ConcessionLot(models.Model):
    """A lot that a concession is limited to; without any it holds for the material."""

    concession = models.ForeignKey(Concession, models.PROTECT, related_name="lots")
    lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["concession", "lot"], name="concession_lot_once")]


class ConcessionUse(models.Model):
    """An amount of a lot that was let through under a concession. Written once."""

    concession = models.ForeignKey(Concession, models.PROTECT, related_name="uses")
    lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, related_name="+")
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=6)
    disposition = models.OneToOneField("qms.Disposition", models.PROTECT, null=True, related_name="use")
    note = models.CharField(_("what for"), max_length=200, blank=True)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("use of a concession")
        verbose_name_plural = _("uses of concessions")
        ordering = ["-pk"]
        constraints = [models.CheckConstraint(name="concession_use_positive", condition=Q(quantity__gt=0))]
