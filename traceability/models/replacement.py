"""A part that came out of a unit in repair, where it went, and what went in instead."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Went(models.TextChoices):
    SCRAP = "SCRAP", _("Scrap")
    STOCK = "STOCK", _("Back into the store")
    BLOCKED = "BLOCKED", _("Blocked stock, held")


class Replacement(models.Model):
    """One part out, and perhaps another one in. Written once; the genealogy keeps both with their times."""

    taken_out = models.OneToOneField("traceability.MaterialActual", models.PROTECT, related_name="replacement")
    put_in = models.OneToOneField("traceability.MaterialActual", models.PROTECT, null=True, related_name="replaces")
    part = models.ForeignKey("traceability.MaterialLot", models.PROTECT, related_name="+")
    went = models.CharField(_("went to"), max_length=8, choices=Went)
    reason = models.CharField(_("reason"), max_length=200)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("replaced part")
        verbose_name_plural = _("replaced parts")
        constraints = [
            models.CheckConstraint(name="replacement_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="replacement_of_another", condition=~Q(taken_out=F("put_in"))),
        ]

    def __str__(self) -> str:
        return f"{self.part} · {self.get_went_display()}"
