"""What may stand in for what, and the list of materials that each work order keeps for itself."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mes.models.work_master import always


class Substitute(models.Model):
    """A material that may be taken instead of the one a line of the bill lists, in orders planned while it holds."""

    line = models.ForeignKey("mes.MaterialSpecification", models.PROTECT, related_name="substitutes")
    material = models.ForeignKey("plant.MaterialDefinition", models.PROTECT, verbose_name=_("material"))
    priority = models.PositiveSmallIntegerField(
        _("priority"), default=10, help_text=_("The smallest number is offered first.")
    )
    ratio = models.DecimalField(
        _("ratio"), max_digits=18, decimal_places=6, default=1,
        help_text=_("How much of it replaces one unit of the listed material."),
    )
    effective = DateTimeRangeField(_("effective"), default=always)

    class Meta:
        verbose_name = _("substitute")
        verbose_name_plural = _("substitutes")
        ordering = ["line", "priority", "pk"]
        constraints = [
            ExclusionConstraint(
                name="substitute_once",
                expressions=[
                    ("line", RangeOperators.EQUAL), ("material", RangeOperators.EQUAL),
                    ("effective", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(name="substitute_ratio", condition=Q(ratio__gt=0, ratio__lt=10**6)),
        ]

    def __str__(self) -> str:
        return f"{self.line} → {self.material.code}"

    def clean(self) -> None:
        """A material doesn't stand in for itself."""
        if self.line_id and self.material_id == self.line.material_id:
            raise ValidationError({"material": _("This is the listed material itself. Choose another one.")})


class JobMaterial(models.Model):
    """What one piece of a work order takes at an operation, copied when the order was planned.

    A substitute is a row of its own that names the listed row it may stand in for; both speak of the listed quantity,
    and `ratio` says how much of the substitute makes one of the listed material.
    """

    job_order = models.ForeignKey("mes.JobOrder", models.PROTECT, related_name="materials")
    segment = models.ForeignKey("mes.Segment", models.PROTECT, related_name="+", verbose_name=_("operation"))
    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, related_name="+", verbose_name=_("material")
    )
    quantity_per = models.DecimalField(_("quantity per piece"), max_digits=18, decimal_places=6)
    stands_for = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="substitutes", verbose_name=_("instead of")
    )
    ratio = models.DecimalField(_("ratio"), max_digits=18, decimal_places=6, default=1)
    priority = models.PositiveSmallIntegerField(_("priority"), default=0)
    is_backflushed = models.BooleanField(_("taken when pieces are reported"), default=False)
    positions = models.TextField(_("positions"), blank=True)  # of a serial, with commas between

    class Meta:
        verbose_name = _("material of a work order")
        verbose_name_plural = _("materials of a work order")
        constraints = [
            # One meaning of a scan: at an operation a material is listed once, or stands in for one listed material.
            models.UniqueConstraint(fields=["job_order", "segment", "material"], name="job_material_once"),
            models.CheckConstraint(
                name="job_material_positive",
                condition=Q(quantity_per__gt=0, quantity_per__lt=10**12, ratio__gt=0, ratio__lt=10**6),
            ),
            models.CheckConstraint(
                name="job_material_listed_is_itself", condition=Q(stands_for__isnull=False) | Q(ratio=1, priority=0)
            ),
        ]
