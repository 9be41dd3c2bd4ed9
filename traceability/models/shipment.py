"""Shipments: what a customer is to get, what was picked for it, what left, and what came back."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ShipmentStatus(models.TextChoices):
    OPEN = "OPEN", pgettext_lazy("shipment", "Open")
    SHIPPED = "SHIPPED", _("Shipped")
    CANCELLED = "CANCELLED", _("Cancelled")


@pghistory.track()
class Shipment(models.Model):
    """One delivery to one customer; once it left, it stays as it left."""

    LIFECYCLE = {
        ShipmentStatus.OPEN: (ShipmentStatus.SHIPPED, ShipmentStatus.CANCELLED),
        ShipmentStatus.SHIPPED: (),
        ShipmentStatus.CANCELLED: (),
    }

    number = models.CharField(_("number"), max_length=40, unique=True)
    customer = models.ForeignKey("plant.Partner", models.PROTECT, related_name="+", verbose_name=_("customer"))
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    status = models.CharField(_("status"), max_length=10, choices=ShipmentStatus, default=ShipmentStatus.OPEN)
    due_at = models.DateTimeField(_("due"))
    address = models.CharField(_("address"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("created"))
    vehicle = models.CharField(_("vehicle"), max_length=60, blank=True)
    shipped_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("shipped by")
    )
    shipped_at = models.DateTimeField(_("shipped"), null=True)

    class Meta:
        verbose_name = _("shipment")
        verbose_name_plural = _("shipments")
        constraints = [
            models.CheckConstraint(name="shipment_number_not_blank", condition=~Q(number="")),
            models.CheckConstraint(
                name="shipment_left_is_whole",
                condition=(Q(status="SHIPPED", shipped_by__isnull=False, shipped_at__isnull=False) & ~Q(vehicle=""))
                | (~Q(status="SHIPPED") & Q(shipped_by__isnull=True, shipped_at__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["status", "due_at"], name="shipment_due")]

    def __str__(self) -> str:
        return self.number


class ShipmentLine(models.Model):
    """One line of the customer's order: so much of a material."""

    shipment = models.ForeignKey(Shipment, models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField(_("line"))
    material = models.ForeignKey("plant.MaterialDefinition", models.PROTECT, verbose_name=_("material"))
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=6)

    class Meta:
        verbose_name = _("line of a shipment")
        verbose_name_plural = _("lines of a shipment")
        ordering = ["shipment", "position"]
        constraints = [
            models.UniqueConstraint(fields=["shipment", "position"], name="shipment_line_once"),
            models.CheckConstraint(name="shipment_line_positive", condition=Q(quantity__gt=0, quantity__lt=10**12)),
        ]


class ShipmentPick(models.Model):
    """A lot was set aside for a line, alone or in its carton; it left with the shipment, or was put back."""

    line = models.ForeignKey(ShipmentLine, models.PROTECT, related_name="picks")
    lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, related_name="picks")
    unit = models.ForeignKey("traceability.HandlingUnit", models.PROTECT, null=True, related_name="picks")
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=6)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("picked"))
    removed_by = models.ForeignKey("plant.Person", models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)
    remove_reason = models.CharField(max_length=200, blank=True)
    move = models.OneToOneField("traceability.Move", models.PROTECT, null=True, related_name="pick")

    class Meta:
        verbose_name = _("picked lot")
        verbose_name_plural = _("picked lots")
        constraints = [
            models.UniqueConstraint(
                fields=["lot"], name="picked_for_one_shipment",
                condition=Q(removed_at__isnull=True, move__isnull=True),
            ),
            models.CheckConstraint(name="pick_positive", condition=Q(quantity__gt=0, quantity__lt=10**12)),
            models.CheckConstraint(
                name="pick_removal_is_whole",
                condition=Q(removed_at__isnull=True, removed_by__isnull=True, remove_reason="")
                | (Q(removed_at__isnull=False, removed_by__isnull=False, move__isnull=True) & ~Q(remove_reason="")),
            ),
        ]


class ShipmentReturn(models.Model):
    """Something of a shipment came back, under a hold. Written once."""

    pick = models.ForeignKey(ShipmentPick, models.PROTECT, related_name="returns")
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=6)
    reason = models.CharField(_("reason"), max_length=200)
    move = models.OneToOneField("traceability.Move", models.PROTECT, related_name="+")
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("came back"))

    class Meta:
        verbose_name = _("return")
        verbose_name_plural = _("returns")
        constraints = [
            models.CheckConstraint(name="return_positive", condition=Q(quantity__gt=0, quantity__lt=10**12)),
            models.CheckConstraint(name="return_has_reason", condition=~Q(reason="")),
        ]
