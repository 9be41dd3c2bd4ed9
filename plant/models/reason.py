"""Reasons with a code: scrap, stop, hold, disposition."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plant.models.naming import TwoNames


class ReasonUse(models.TextChoices):
    SCRAP = "SCRAP", _("Scrap")
    REWORK = "REWORK", _("Rework")
    DOWNTIME = "DOWNTIME", _("Downtime")
    HOLD = "HOLD", _("Hold")
    DEFECT = "DEFECT", _("Defect")


class ReasonCode(TwoNames, models.Model):
    """A reason that people choose instead of typing."""

    use = models.CharField(_("use"), max_length=10, choices=ReasonUse)
    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("reason code")
        verbose_name_plural = _("reason codes")
        ordering = ["use", "code"]
        constraints = [models.UniqueConstraint(fields=["use", "code"], name="reason_code_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
