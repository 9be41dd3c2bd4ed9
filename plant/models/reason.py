"""Reasons with a code, as trees: scrap, stop, hold, disposition, what was behind an alarm."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plant.models.naming import TwoNames


class ReasonUse(models.TextChoices):
    SCRAP = "SCRAP", _("Scrap")
    REWORK = "REWORK", _("Rework")
    DOWNTIME = "DOWNTIME", _("Downtime")
    HOLD = "HOLD", _("Hold")
    DEFECT = "DEFECT", _("Defect")
    CAUSE = "CAUSE", _("Assignable cause")
    FALSE_ALARM = "FALSE", _("False alarm")


class StopLoss(models.TextChoices):
    """What kind of loss a stop for a reason is: the big losses of availability (Nakajima, TPM, 1988)."""

    PLANNED = "PLANNED", _("Planned stop")
    FAILURE = "FAILURE", _("Breakdown")
    SETUP = "SETUP", _("Setup and adjustment")
    WAITING = "WAITING", _("Waiting")


class ReasonCode(TwoNames, models.Model):
    """A reason that people choose instead of typing."""

    use = models.CharField(_("use"), max_length=10, choices=ReasonUse)
    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to"),
        help_text=_("The group that it stands under. People choose the finest reason."),
    )
    loss = models.CharField(
        _("kind of loss"), max_length=8, choices=StopLoss, blank=True,
        help_text=_("Of reasons for downtime: what OEE counts the stop as. Empty: another unplanned stop."),
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("reason code")
        verbose_name_plural = _("reason codes")
        ordering = ["use", "code"]
        constraints = [
            models.UniqueConstraint(fields=["use", "code"], name="reason_code_once"),
            models.CheckConstraint(name="reason_code_not_under_itself", condition=~Q(parent=F("id"))),
            models.CheckConstraint(name="reason_code_loss_of_downtime", condition=Q(loss="") | Q(use="DOWNTIME")),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    def clean(self) -> None:
        """A group is of the same use, and stands under nothing itself: two levels are enough to find one's way."""
        if self.parent is not None and (self.parent.use != self.use or self.parent.parent_id is not None):
            raise ValidationError({"parent": gettext("Choose a group of the same use that stands under no other.")})
