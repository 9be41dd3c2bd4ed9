"""What is bought, made and sold, and in which unit it is counted."""

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plant.gs1.elements import Gs1Error
from plant.gs1.scans import trade_item


def check_gtin(text: str) -> None:
    """Raise ValidationError unless the text is a GTIN of 8, 12, 13 or 14 digits; a mistyped one would meet no label."""
    try:
        trade_item(text)
    except Gs1Error as error:
        message = _("This is no GTIN: that has 8, 12, 13 or 14 digits, the last one a check digit. Look for a typo.")
        raise ValidationError(message, code="gtin") from error


class Unit(models.Model):
    """A unit of measure, coded after UN/ECE Recommendation 20 where one exists."""

    code = models.CharField(_("code"), max_length=12, primary_key=True)
    name = models.CharField(_("name"), max_length=60)
    symbol = models.CharField(_("symbol"), max_length=12)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.symbol


class UnitConversion(models.Model):
    """How many of one unit make one of another, for one material or for all."""

    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("from"))
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("to"))
    factor = models.DecimalField(_("factor"), max_digits=24, decimal_places=12)
    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, null=True, blank=True, verbose_name=_("only for material")
    )

    class Meta:
        verbose_name = _("unit conversion")
        verbose_name_plural = _("unit conversions")
        constraints = [
            models.CheckConstraint(name="conversion_factor_positive", condition=Q(factor__gt=0)),
            models.UniqueConstraint(
                fields=["from_unit", "to_unit", "material"], name="conversion_once", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"1 {self.from_unit} = {self.factor.normalize():f} {self.to_unit}"


class Tracking(models.TextChoices):
    LOT = "LOT", _("By lot")
    SERIAL = "SERIAL", _("By serial")


class MaterialUse(models.TextChoices):
    RAW = "RAW", _("Raw material")
    COMPONENT = "COMPONENT", _("Component")
    SEMI_FINISHED = "SEMI_FINISHED", _("Semi-finished")
    FINISHED = "FINISHED", _("Finished good")


@pghistory.track()
class MaterialDefinition(models.Model):
    """A material, followed by lot or by single piece."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    use = models.CharField(_("use"), max_length=16, choices=MaterialUse, default=MaterialUse.RAW)
    tracking = models.CharField(_("tracking"), max_length=8, choices=Tracking, default=Tracking.LOT)
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("unit"))
    shelf_life_days = models.PositiveIntegerField(_("shelf life in days"), null=True, blank=True)
    gtin = models.CharField(_("GTIN"), max_length=14, blank=True, validators=[check_gtin])
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["gtin"], name="material_gtin_once", condition=~Q(gtin="")),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
