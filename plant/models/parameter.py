"""What can be measured: process, product and environment parameters."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plant.models.naming import TwoNames


class ParameterKind(models.TextChoices):
    PROCESS = "PROCESS", _("Process")
    PRODUCT = "PRODUCT", _("Product")
    ENVIRONMENT = "ENVIRONMENT", _("Environment")


class Parameter(TwoNames, models.Model):
    """A measurable thing with its unit and the resolution its instrument can tell apart."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=12, choices=ParameterKind, default=ParameterKind.PROCESS)
    unit = models.ForeignKey("plant.Unit", models.PROTECT, verbose_name=_("unit"))
    resolution = models.DecimalField(_("resolution"), max_digits=18, decimal_places=9, null=True, blank=True)

    class Meta:
        verbose_name = _("parameter")
        verbose_name_plural = _("parameters")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="parameter_resolution_positive",
                condition=models.Q(resolution__isnull=True) | models.Q(resolution__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
