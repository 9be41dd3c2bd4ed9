"""Why a revision of an FMEA or a control plan was begun."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from qms.models.control_plan import ControlPlan
from qms.models.fmea import Fmea


class RevisionOpening(models.Model):
    """Why a new revision was begun: what called for it, such as a CAPA. Written once."""

    fmea = models.ForeignKey(Fmea, models.PROTECT, null=True, related_name="openings", verbose_name=_("FMEA"))
    plan = models.ForeignKey(
        ControlPlan, models.PROTECT, null=True, related_name="openings", verbose_name=_("control plan")
    )
    source_kind = models.CharField(_("called for by"), max_length=40)
    source_id = models.CharField(_("its number"), max_length=80)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("reason of a revision")
        verbose_name_plural = _("reasons of revisions")
        constraints = [
            models.CheckConstraint(
                name="opening_of_one_document",
                condition=Q(fmea__isnull=False, plan__isnull=True) | Q(fmea__isnull=True, plan__isnull=False),
            ),
            models.CheckConstraint(name="opening_has_reason", condition=~Q(reason="")),
            models.UniqueConstraint(fields=["fmea", "source_kind", "source_id"], name="opening_of_fmea_once"),
            models.UniqueConstraint(fields=["plan", "source_kind", "source_id"], name="opening_of_plan_once"),
        ]
        indexes = [models.Index(fields=["source_kind", "source_id"], name="opening_source")]

    def __str__(self) -> str:
        return f"{self.fmea or self.plan}: {self.source_kind} {self.source_id}"
