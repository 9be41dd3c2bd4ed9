"""What is checked, within which limits, and what follows when it fails."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plant import statements
from plant.models import Role, TwoNames

RULE = "qms.rule"
"""The statement that names a run rule; process control, which knows them, puts it into words."""


class CharacteristicClass(models.TextChoices):
    CRITICAL = "CRITICAL", _("Critical")
    SIGNIFICANT = "SIGNIFICANT", _("Significant")
    NORMAL = "NORMAL", _("Normal")


@pghistory.track()
class Characteristic(TwoNames, models.Model):
    """A parameter with its specification limits, for one material or for all."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    parameter = models.ForeignKey("plant.Parameter", models.PROTECT, verbose_name=_("parameter"))
    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, null=True, blank=True, verbose_name=_("material")
    )
    importance = models.CharField(
        _("class"), max_length=12, choices=CharacteristicClass, default=CharacteristicClass.NORMAL
    )
    lower = models.FloatField(_("lower limit"), null=True, blank=True)
    target = models.FloatField(_("target"), null=True, blank=True)
    upper = models.FloatField(_("upper limit"), null=True, blank=True)
    is_counted = models.BooleanField(
        _("judged by eye"), default=False,
        help_text=_("Good or not good, without a number: what is not good is counted by defect."),
    )

    gauge_type = models.ForeignKey(
        "qms.GaugeType", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("measured with"),
        help_text=_("Every measurement names the gauge; one whose calibration does not hold is refused."),
    )

    class Meta:
        verbose_name = _("characteristic")
        verbose_name_plural = _("characteristics")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="characteristic_limits_in_order",
                condition=Q(lower__isnull=True) | Q(upper__isnull=True) | Q(lower__lt=F("upper")),
            ),
            models.CheckConstraint(
                name="characteristic_limits_are_numbers",
                condition=(Q(lower__isnull=True) | Q(lower__gt=-1e300, lower__lt=1e300))
                & (Q(upper__isnull=True) | Q(upper__gt=-1e300, upper__lt=1e300)),
            ),
            models.CheckConstraint(
                name="characteristic_counted_has_no_limits",
                condition=Q(is_counted=False) | Q(lower__isnull=True, target__isnull=True, upper__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class StopsWhat(models.TextChoices):
    """What a rule stops."""

    NOTHING = "", _("Nothing")
    OPERATION = "OPERATION", _("The operation of the work order")
    STATION = "STATION", _("The station")
    LINE = "LINE", _("The line")


class ReactionPlan(models.Model):
    """What happens when a rule fires on a characteristic; a line without a rule stands for every rule."""

    line = models.ForeignKey(
        "qms.ControlPlanLine", models.PROTECT, related_name="reactions", verbose_name=_("line")
    )
    rule = models.CharField(_("rule"), max_length=40, blank=True)
    hold_lots = models.BooleanField(_("hold the lots"), default=False)
    stop_equipment = models.BooleanField(_("stop the equipment"), default=False)
    stops = models.CharField(
        _("what stands still"), max_length=9, choices=StopsWhat, default=StopsWhat.NOTHING, blank=True,
        help_text=_("Until what puts it right is done and somebody with the right lets it go on."),
    )
    open_nonconformance = models.BooleanField(_("open a nonconformance"), default=False)
    owner_role = models.CharField(_("goes to"), max_length=20, choices=Role, default=Role.QUALITY_ENGINEER)
    respond_minutes = models.PositiveIntegerField(_("answer within minutes"), default=15)
    close_minutes = models.PositiveIntegerField(_("settle within minutes"), default=480)
    instruction = models.TextField(_("what to do"))
    instruction_zh = models.TextField(_("what to do, in Chinese"), blank=True)

    class Meta:
        verbose_name = _("reaction plan")
        verbose_name_plural = _("reaction plans")
        constraints = [models.UniqueConstraint(fields=["line", "rule"], name="reaction_once")]

    def __str__(self) -> str:
        return f"{self.line}: {self.rule or '*'}"

    @property
    def rule_in_words(self) -> str:
        """The rule as a person says it."""
        return statements.told(statements.say(RULE, rule=self.rule)) if self.rule else gettext("every rule")
