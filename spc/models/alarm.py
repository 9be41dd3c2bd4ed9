"""What was done about an alarm: the steps of its reaction plan, ticked off one by one."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ViolationStep(models.Model):
    """A step of the reaction plan that somebody did for a violation, or left out and said why. Written once."""

    violation = models.ForeignKey("spc.Violation", models.PROTECT, related_name="steps", verbose_name=_("violation"))
    step = models.ForeignKey("qms.ReactionStep", models.PROTECT, related_name="+", verbose_name=_("step"))
    is_done = models.BooleanField(_("done"), default=True)
    remark = models.TextField(_("remark"), blank=True)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("step taken")
        verbose_name_plural = _("steps taken")
        constraints = [
            models.UniqueConstraint(fields=["violation", "step"], name="violation_step_once"),
            models.CheckConstraint(name="violation_step_says_why_not", condition=Q(is_done=True) | ~Q(remark="")),
        ]

    def __str__(self) -> str:
        return f"{self.violation_id} / {self.step_id}"
