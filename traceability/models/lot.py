"""Lots and serials: one table, for a serial is a lot of one."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class LotStatus(models.TextChoices):
    AVAILABLE = "AVAILABLE", _("Available")
    HELD = "HELD", _("Held")


class LotKind(models.TextChoices):
    LOT = "LOT", _("Lot")
    SERIAL = "SERIAL", _("Serial")


@pghistory.track()
class MaterialLot(models.Model):
    """An identified amount of one material. Its number is never given again, not even after scrap."""

    number = models.CharField(_("number"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=LotKind, default=LotKind.LOT)
    material = models.ForeignKey("plant.MaterialDefinition", models.PROTECT, verbose_name=_("material"))
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    supplier = models.ForeignKey(
        "plant.Partner", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("supplier")
    )
    supplier_lot = models.CharField(_("supplier's lot"), max_length=80, blank=True)
    job_order = models.CharField(_("work order"), max_length=40, blank=True, db_index=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=LotStatus, default=LotStatus.AVAILABLE)
    open_holds = models.PositiveIntegerField(_("open holds"), default=0)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")
        constraints = [
            models.CheckConstraint(
                name="lot_held_iff_open_holds",
                condition=Q(open_holds__gt=0, status="HELD") | Q(open_holds=0, status="AVAILABLE"),
            ),
            models.CheckConstraint(name="lot_number_not_blank", condition=~Q(number="")),
        ]
        indexes = [
            models.Index(fields=["material", "status"], name="lot_material_status"),
            models.Index(F("created_at").desc(), name="lot_newest"),
            models.Index(fields=["supplier_lot"], name="lot_supplier_lot", condition=~Q(supplier_lot="")),
        ]

    def __str__(self) -> str:
        return self.number


class Bucket(models.TextChoices):
    """Where an amount can be. RECEIVED, MADE and FOUND are sources outside the plant's stock; a count takes what is
    missing to LOST, and takes it back from there first when it turns up."""

    RECEIVED = "RECEIVED", _("Received")
    MADE = "MADE", _("Made")
    STOCK = "STOCK", _("In stock")
    ISSUED = "ISSUED", _("At the station")
    WIP = "WIP", _("In process")
    REWORK = "REWORK", _("In rework")
    SCRAP = "SCRAP", _("Scrapped")
    RETURNED = "RETURNED", _("Returned to supplier")
    SHIPPED = "SHIPPED", _("Shipped")
    CONSUMED = "CONSUMED", _("Consumed")
    FOUND = "FOUND", _("Found in a count")
    LOST = "LOST", _("Missing in a count")


SOURCES = (Bucket.RECEIVED, Bucket.MADE, Bucket.FOUND)
SINKS = (Bucket.SCRAP, Bucket.RETURNED, Bucket.SHIPPED, Bucket.CONSUMED, Bucket.LOST)


class Move(models.Model):
    """One line of the ledger: an amount of a lot went from one bucket to another. Written once."""

    lot = models.ForeignKey(MaterialLot, models.PROTECT, related_name="moves")
    from_bucket = models.CharField(max_length=10, choices=Bucket)
    from_place = models.CharField(max_length=40, blank=True)
    to_bucket = models.CharField(max_length=10, choices=Bucket)
    to_place = models.CharField(max_length=40, blank=True)
    quantity = models.DecimalField(max_digits=18, decimal_places=6)
    job_order = models.CharField(max_length=40, blank=True, db_index=True)
    operation = models.CharField(max_length=40, blank=True)
    equipment = models.ForeignKey("plant.Equipment", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("plant.Person", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("move")
        verbose_name_plural = _("moves")
        constraints = [
            models.CheckConstraint(name="move_positive_number", condition=Q(quantity__gt=0, quantity__lt=10**12)),
        ]
        indexes = [models.Index(fields=["lot", "at"], name="move_lot_at")]


class LotBalance(models.Model):
    """How much of a lot is in which bucket now: the ledger added up, kept by the same transaction."""

    lot = models.ForeignKey(MaterialLot, models.PROTECT, related_name="balances")
    bucket = models.CharField(_("where"), max_length=10, choices=Bucket)
    place = models.CharField(_("place"), max_length=40, blank=True)
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=6, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["lot", "bucket", "place"], name="balance_once"),
            models.CheckConstraint(name="balance_not_negative", condition=Q(quantity__gte=0, quantity__lt=10**12)),
        ]
        indexes = [models.Index(fields=["bucket", "place"], name="balance_place", condition=Q(quantity__gt=0))]
