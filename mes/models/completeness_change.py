"""Changes of the rules of completeness: proposed by one person, approved by another, kept with their reason."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mes.models.completeness import MOST_WEIGHT, GapKind


class RuleChangeStatus(models.TextChoices):
    PROPOSED = "PROPOSED", _("Proposed")
    APPROVED = "APPROVED", _("Approved")
    REFUSED = "REFUSED", _("Refused")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


class RuleChange(models.Model):
    """Whether a kind of gap shall count for a product, or for all, and how much; without a weight its own rule goes."""

    LIFECYCLE = {
        RuleChangeStatus.PROPOSED: (
            RuleChangeStatus.APPROVED, RuleChangeStatus.REFUSED, RuleChangeStatus.WITHDRAWN
        ),
        RuleChangeStatus.APPROVED: (),
        RuleChangeStatus.REFUSED: (),
        RuleChangeStatus.WITHDRAWN: (),
    }

    kind = models.CharField(_("what is missing"), max_length=12, choices=GapKind)
    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, null=True, related_name="+", verbose_name=_("material")
    )
    status = models.CharField(
        _("status"), max_length=9, choices=RuleChangeStatus, default=RuleChangeStatus.PROPOSED
    )
    is_on = models.BooleanField(_("taken into account"), default=True)
    weight = models.PositiveSmallIntegerField(_("weight in the score"), null=True)
    was_on = models.BooleanField(_("taken into account before"))
    was_weight = models.PositiveSmallIntegerField(_("weight before"))
    reason = models.TextField(_("reason"))
    asked_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("proposed by"))
    asked_at = models.DateTimeField(_("proposed"))
    decided_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    remark = models.TextField(_("remark"), blank=True)

    class Meta:
        verbose_name = _("change of a rule of completeness")
        verbose_name_plural = _("changes of rules of completeness")
        ordering: ClassVar[list[str]] = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "material"], name="rule_change_open_once", condition=Q(status="PROPOSED"),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="rule_change_weight", condition=Q(weight__isnull=True) | Q(weight__gte=1, weight__lte=MOST_WEIGHT)
            ),
            models.CheckConstraint(name="rule_change_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="rule_change_decided_by_another",
                condition=Q(status="PROPOSED", decided_by__isnull=True, decided_at__isnull=True)
                | (
                    Q(status__in=["APPROVED", "REFUSED"], decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(decided_by=F("asked_by"))
                )
                | Q(status="WITHDRAWN", decided_by=F("asked_by"), decided_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["material", "decided_at"], name="rule_change_newest", condition=Q(status="APPROVED")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.material.code if self.material else '*'}"

    @property
    def was(self) -> str:
        """What counted before, in words."""
        return spelt(self.was_on, self.was_weight)

    @property
    def word(self) -> str:
        """What it becomes, in words."""
        if self.weight is None:
            return str(_("as for every product") if self.material_id else _("as built in"))
        return spelt(self.is_on, self.weight)


def spelt(is_on: bool, weight: int) -> str:
    """A rule in few words."""
    return str(_("weight %(weight)s") % {"weight": weight}) if is_on else str(_("left out"))
