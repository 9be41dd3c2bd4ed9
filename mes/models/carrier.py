"""Trays, magazines and carts: one code that stands for the lots in their slots."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Carrier(models.Model):
    """Something that carries lots or serials through production; its code stands on it for good."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    slots = models.PositiveSmallIntegerField(_("slots"), default=1)
    mixes = models.BooleanField(
        _("may hold different materials"), default=False,
        help_text=_("Else everything in it is of one material and one work order."),
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("carrier")
        verbose_name_plural = _("carriers")
        ordering = ["code"]
        constraints = [models.CheckConstraint(name="carrier_has_slots", condition=Q(slots__gte=1))]

    def __str__(self) -> str:
        return self.code


class CarriedLot(models.Model):
    """A lot in a slot of a carrier, from its scan until it is taken out."""

    carrier = models.ForeignKey(Carrier, models.PROTECT, related_name="lots", verbose_name=_("carrier"))
    slot = models.PositiveSmallIntegerField(_("slot"))
    lot = models.ForeignKey(
        "traceability.MaterialLot", models.PROTECT, related_name="carried", verbose_name=_("lot")
    )
    put_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("put in by"))
    put_at = models.DateTimeField(_("put in"))
    taken_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("taken out by")
    )
    taken_at = models.DateTimeField(_("taken out"), null=True)

    class Meta:
        verbose_name = _("lot in a carrier")
        verbose_name_plural = _("lots in carriers")
        constraints = [
            models.UniqueConstraint(
                fields=["carrier", "slot"], name="carrier_slot_one_lot", condition=Q(taken_at__isnull=True)
            ),
            models.UniqueConstraint(fields=["lot"], name="carrier_lot_once", condition=Q(taken_at__isnull=True)),
            models.CheckConstraint(name="carrier_slot_counts", condition=Q(slot__gte=1)),
            models.CheckConstraint(
                name="carried_ends_later",
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__gte=F("put_at"), taken_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["carrier", "-put_at"], name="carried_newest")]

    def __str__(self) -> str:
        return f"{self.carrier} {self.slot}"
