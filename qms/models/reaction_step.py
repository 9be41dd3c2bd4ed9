"""The steps of a reaction plan: what is done about an alarm, one after the other (OCAP)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from qms.models.characteristic import ReactionPlan


class ReactionStep(models.Model):
    """One thing to do or to look at, in its order; part of the plan's revision, so signed along with it."""

    reaction = models.ForeignKey(
        ReactionPlan, models.PROTECT, related_name="steps", verbose_name=_("reaction plan")
    )
    position = models.PositiveSmallIntegerField(_("step"))
    text = models.TextField(_("what to do"))
    text_zh = models.TextField(_("what to do, in Chinese"), blank=True)
    required = models.BooleanField(_("must be done"), default=True)

    class Meta:
        verbose_name = _("reaction step")
        verbose_name_plural = _("reaction steps")
        ordering = ["reaction", "position"]
        constraints = [
            models.UniqueConstraint(fields=["reaction", "position"], name="reaction_step_position_once"),
            models.CheckConstraint(name="reaction_step_has_text", condition=~models.Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.reaction} / {self.position}"
