"""Which lot is taken first, and what a station calls for."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PickOrder(models.TextChoices):
    FEFO = "FEFO", _("What expires first (FEFO)")
    FIFO = "FIFO", _("What came first (FIFO)")


class OtherLot(models.TextChoices):
    FREE = "FREE", _("Allowed")
    REASON = "REASON", _("With a reason")
    REFUSED = "REFUSED", _("Refused")


@pghistory.track()
class PickRule(models.Model):
    """Which lots of a material go to the line first; without a rule what expires first, and any other is allowed."""

    material = models.OneToOneField(
        "plant.MaterialDefinition", models.PROTECT, related_name="pick_rule", verbose_name=_("material")
    )
    order = models.CharField(_("taken first"), max_length=4, choices=PickOrder, default=PickOrder.FEFO)
    other_lot = models.CharField(_("another lot"), max_length=8, choices=OtherLot, default=OtherLot.FREE)

    class Meta:
        verbose_name = _("picking rule")
        verbose_name_plural = _("picking rules")

    def __str__(self) -> str:
        return f"{self.material.code} {self.order}"


class CallStatus(models.TextChoices):
    OPEN = "OPEN", pgettext_lazy("material call", "Open")
    DONE = "DONE", pgettext_lazy("material call", "Brought")
    CANCELLED = "CANCELLED", _("Cancelled")


class MaterialCall(models.Model):
    """A station is short of a material: how much the warehouse shall bring, and how much it has brought."""

    LIFECYCLE = {
        CallStatus.OPEN: (CallStatus.DONE, CallStatus.CANCELLED),
        CallStatus.DONE: (),
        CallStatus.CANCELLED: (),
    }

    number = models.CharField(_("number"), max_length=40, unique=True)
    station = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("station"))
    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, related_name="+", verbose_name=_("material")
    )
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=6)
    brought = models.DecimalField(_("brought"), max_digits=18, decimal_places=6, default=0)
    status = models.CharField(_("status"), max_length=10, choices=CallStatus, default=CallStatus.OPEN)
    asked_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    ended_by = models.ForeignKey("plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("by"))
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("material call")
        verbose_name_plural = _("material calls")
        constraints = [
            models.UniqueConstraint(
                fields=["station", "material"], name="material_call_one_open", condition=Q(status="OPEN")
            ),
            models.CheckConstraint(
                name="material_call_numbers", condition=Q(quantity__gt=0, quantity__lt=10**12, brought__gte=0)
            ),
            models.CheckConstraint(
                name="material_call_ended",
                condition=Q(status="OPEN", ended_by__isnull=True, ended_at__isnull=True)
                | (~Q(status="OPEN") & Q(ended_by__isnull=False, ended_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["-asked_at"], name="material_call_newest")]

    def __str__(self) -> str:
        return self.number
