"""How a material is made: operations, materials and parameters, by revision."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plant.models import Revisioned, TwoNames, revision_constraints


class WorkMaster(Revisioned):
    """The routing, bill of materials and recipe of one material."""

    material = models.ForeignKey("plant.MaterialDefinition", models.PROTECT, verbose_name=_("material"))
    name = models.CharField(_("name"), max_length=120)
    lot_size = models.PositiveIntegerField(_("pieces in a lot"), default=1)

    class Meta:
        verbose_name = _("work master")
        verbose_name_plural = _("work masters")
        constraints = [
            *revision_constraints("work_master"),
            models.CheckConstraint(name="work_master_lot_size", condition=Q(lot_size__gte=1)),
        ]


class Segment(TwoNames, models.Model):
    """One operation of a routing."""

    work_master = models.ForeignKey(WorkMaster, models.PROTECT, related_name="segments")
    sequence = models.PositiveIntegerField(_("sequence"))
    code = models.CharField(_("operation"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    stations = models.ManyToManyField("plant.Equipment", verbose_name=_("stations"), blank=True)
    qualification = models.ForeignKey(
        "plant.Qualification", models.PROTECT, null=True, blank=True, verbose_name=_("needs skill")
    )
    rework_entry = models.BooleanField(_("rework may enter here"), default=False)
    seconds_per_piece = models.DecimalField(_("seconds per piece"), max_digits=10, decimal_places=3, default=0)
    instruction = models.TextField(_("instruction"), blank=True)
    instruction_zh = models.TextField(_("instruction in Chinese"), blank=True)

    class Meta:
        verbose_name = _("operation")
        verbose_name_plural = _("operations")
        ordering = ["work_master", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["work_master", "sequence"], name="segment_sequence_once"),
            models.UniqueConstraint(fields=["work_master", "code"], name="segment_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.code}"


class MaterialSpecification(models.Model):
    """A line of the bill of materials: what one piece takes at an operation."""

    segment = models.ForeignKey(Segment, models.PROTECT, related_name="materials")
    material = models.ForeignKey("plant.MaterialDefinition", models.PROTECT, verbose_name=_("material"))
    quantity_per = models.DecimalField(_("quantity per piece"), max_digits=18, decimal_places=6)

    class Meta:
        verbose_name = _("material of an operation")
        verbose_name_plural = _("bill of materials")
        constraints = [
            models.UniqueConstraint(fields=["segment", "material"], name="bom_line_once"),
            models.CheckConstraint(name="bom_positive", condition=Q(quantity_per__gt=0, quantity_per__lt=10**9)),
        ]

    def __str__(self) -> str:
        return f"{self.segment} · {self.material.code}"


class ParameterSpecification(models.Model):
    """A line of the recipe: the value that a parameter should have at an operation (the golden value)."""

    segment = models.ForeignKey(Segment, models.PROTECT, related_name="parameters")
    parameter = models.ForeignKey("plant.Parameter", models.PROTECT, verbose_name=_("parameter"))
    low = models.FloatField(_("low"), null=True, blank=True)
    target = models.FloatField(_("target"))
    high = models.FloatField(_("high"), null=True, blank=True)

    class Meta:
        verbose_name = _("recipe parameter")
        verbose_name_plural = _("recipe")
        constraints = [
            models.UniqueConstraint(fields=["segment", "parameter"], name="recipe_line_once"),
            models.CheckConstraint(
                name="recipe_in_order",
                condition=(Q(low__isnull=True) | Q(low__lte=F("target")))
                & (Q(high__isnull=True) | Q(high__gte=F("target"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.segment} · {self.parameter.code}"
