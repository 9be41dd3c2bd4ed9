"""What is done about a deviation: the steps that a golden parameter asks for, and those that somebody took (OCAP)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class GoldenStep(models.Model):
    """One thing to do or to look at, in its order; part of the routing's revision, so signed along with it."""

    standard = models.ForeignKey(
        "mes.ParameterSpecification", models.PROTECT, related_name="steps", verbose_name=_("golden parameter")
    )
    position = models.PositiveSmallIntegerField(_("step"))
    text = models.TextField(_("what to do"))
    text_zh = models.TextField(_("what to do, in Chinese"), blank=True)
    required = models.BooleanField(_("must be done"), default=True)

    class Meta:
        verbose_name = _("step of a golden parameter")
        verbose_name_plural = _("steps of golden parameters")
        ordering = ["standard", "position"]
        constraints = [
            models.UniqueConstraint(fields=["standard", "position"], name="golden_step_position_once"),
            models.CheckConstraint(name="golden_step_has_text", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.standard} / {self.position}"


class DeviationStep(models.Model):
    """A step that somebody did for a deviation, or left out and said why. Written once."""

    deviation = models.ForeignKey("mes.Deviation", models.PROTECT, related_name="steps", verbose_name=_("deviation"))
    step = models.ForeignKey(GoldenStep, models.PROTECT, related_name="+", verbose_name=_("step"))
    is_done = models.BooleanField(_("done"), default=True)
    remark = models.TextField(_("remark"), blank=True)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("step taken")
        verbose_name_plural = _("steps taken")
        constraints = [
            models.UniqueConstraint(fields=["deviation", "step"], name="deviation_step_once"),
            models.CheckConstraint(name="deviation_step_says_why_not", condition=Q(is_done=True) | ~Q(remark="")),
        ]

    def __str__(self) -> str:
        return f"{self.deviation_id} / {self.step_id}"
