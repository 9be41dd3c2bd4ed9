"""What charts there shall be of a parameter: one for each combination of keys that turns up, made by itself."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spc.models.kinds import ChartKind, Sampling

KEYS = ("product", "operation", "characteristic")


def no_keys() -> list[str]:
    """The keys of a definition that only tells equipment apart."""
    return []


@pghistory.track()
class ChartDefinition(models.Model):
    """How a parameter is charted within a place: equipment always has charts of its own, further keys are chosen."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    parameter = models.ForeignKey("plant.Parameter", models.PROTECT, related_name="+", verbose_name=_("parameter"))
    equipment = models.ForeignKey(
        "plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("within the place")
    )
    keys = models.JSONField(_("a chart of its own for each"), default=no_keys, blank=True)
    kind = models.CharField(_("kind"), max_length=8, choices=ChartKind, default=ChartKind.INDIVIDUALS)
    subgroup_size = models.PositiveSmallIntegerField(_("subgroup size"), default=1)
    sampling = models.CharField(_("sampling"), max_length=8, choices=Sampling, default=Sampling.IN_A_ROW)
    every_seconds = models.PositiveIntegerField(_("interval in seconds"), null=True, blank=True)
    rules = models.JSONField(_("rules"), blank=True)
    settings = models.JSONField(_("settings of the kind"), default=dict, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("chart definition")
        verbose_name_plural = _("chart definitions")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="definition_subgroup_fits_kind",
                condition=(~Q(kind__in=["XBAR_R", "XBAR_S"]) & Q(subgroup_size=1))
                | Q(kind__in=["XBAR_R", "XBAR_S"], subgroup_size__gte=2, subgroup_size__lte=25),
            ),
            models.CheckConstraint(
                name="definition_interval_fits_sampling",
                condition=Q(sampling="TIME", every_seconds__gte=1, every_seconds__lte=86400)
                | (~Q(sampling="TIME") & Q(every_seconds__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
