"""Who the plant buys from and sells to."""

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from plant.models.location_number import gln_field, gln_once


class PartnerKind(models.TextChoices):
    SUPPLIER = "SUPPLIER", _("Supplier")
    CUSTOMER = "CUSTOMER", _("Customer")


@pghistory.track()
class Partner(models.Model):
    """A supplier or a customer."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=10, choices=PartnerKind)
    gln = gln_field()
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("partner")
        verbose_name_plural = _("partners")
        ordering = ["code"]
        constraints = [gln_once("partner")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
