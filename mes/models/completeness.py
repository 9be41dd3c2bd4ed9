"""How complete the trace data of a lot is: which gaps count, how much each weighs, and what was found last."""

import pghistory
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

MOST_WEIGHT = 100


class GapKind(models.TextChoices):
    """What can be missing in the record of a lot."""

    CONSUMPTION = "CONSUMPTION", _("Material of the bill not consumed")
    REPORT = "REPORT", _("Operation without a report")
    OPERATOR = "OPERATOR", _("Operation without an operator")
    STAY = "STAY", _("Operation without a stay at a machine")
    READINGS = "READINGS", _("Hole in the readings")
    VALUES = "VALUES", _("Value not entered")
    INSPECTION = "INSPECTION", _("Inspection overdue")
    ORIGIN = "ORIGIN", _("Origin unknown")


# What each weighs where nothing else is said: what breaks a chain weighs most.
WEIGHTS: dict[str, int] = {
    GapKind.CONSUMPTION: 10, GapKind.REPORT: 10, GapKind.OPERATOR: 5, GapKind.STAY: 5, GapKind.READINGS: 3,
    GapKind.VALUES: 5, GapKind.INSPECTION: 5, GapKind.ORIGIN: 20,
}


@pghistory.track()
class CompletenessRule(models.Model):
    """Whether a kind of gap counts and how much it weighs, for one product or, without one, for all others."""

    kind = models.CharField(_("what is missing"), max_length=12, choices=GapKind)
    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("material"), help_text=_("Empty: for every product without a rule of its own."),
    )
    is_on = models.BooleanField(_("taken into account"), default=True)
    weight = models.PositiveSmallIntegerField(
        _("weight in the score"), default=10, validators=[MaxValueValidator(MOST_WEIGHT)],
        help_text=_("How much one gap of this kind takes from the score, beside the others."),
    )

    class Meta:
        verbose_name = _("rule of completeness")
        verbose_name_plural = _("rules of completeness")
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "material"], name="completeness_rule_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="completeness_rule_weight", condition=Q(weight__gte=1, weight__lte=MOST_WEIGHT)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.material.code if self.material else '*'}"


class LotScore(models.Model):
    """How complete the record of a lot was when it was last judged: what was expected, and what of that is missing.

    It only remembers what `mes.queries.completeness` finds, so that boards need not look at every record again.
    """

    lot = models.OneToOneField(
        "traceability.MaterialLot", models.PROTECT, primary_key=True, related_name="+", verbose_name=_("lot")
    )
    job_order = models.ForeignKey(
        "mes.JobOrder", models.PROTECT, related_name="+", verbose_name=_("work order")
    )
    line = models.ForeignKey(
        "plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("line"), db_index=False
    )
    reported_at = models.DateTimeField(_("last report"))
    expected = models.PositiveIntegerField(_("expected"))
    lacking = models.PositiveIntegerField(_("missing"))
    gaps = models.JSONField(_("what is missing"), default=dict)  # kind → how many
    judged_at = models.DateTimeField(_("last judged"))

    class Meta:
        verbose_name = _("completeness of a lot")
        verbose_name_plural = _("completeness of lots")
        constraints = [
            models.CheckConstraint(name="lot_score_within", condition=Q(lacking__lte=F("expected"))),
        ]
        indexes = [
            models.Index(fields=["line", "reported_at"], name="lot_score_line_when"),
            models.Index(fields=["judged_at"], name="lot_score_lacking", condition=Q(lacking__gt=0)),
        ]

    def __str__(self) -> str:
        return self.lot.number

    @property
    def percent(self) -> float:
        """The score: the share of what was expected that is there, by weight, in percent."""
        return 100 * (1 - self.lacking / self.expected) if self.expected else 100.0
