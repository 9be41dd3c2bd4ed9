"""How many pieces of a lot are inspected: by a fixed number, all of them, or by a standard that watches a series."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qms.sampling.master import AQLS
from qms.sampling.switching import Reason, Stage

NUMBERS = [(one, one) for one in AQLS]


class Sampling(models.TextChoices):
    FIXED = "FIXED", _("Fixed number")
    ALL = "ALL", _("Every piece")
    AQL = "AQL", _("By AQL")


class Standard(models.TextChoices):
    """The master tables; GB/T 2828.1-2012 is identical with ISO 2859-1:1999."""

    ISO = "iso2859-1", "ISO 2859-1 · GB/T 2828.1"
    MIL = "mil-std-105e", "MIL-STD-105E · Z1.4"


class Level(models.TextChoices):
    """Inspection levels of both standards."""

    I = "I", "I"  # noqa: E741
    II = "II", "II"
    III = "III", "III"
    S1 = "S-1", "S-1"
    S2 = "S-2", "S-2"
    S3 = "S-3", "S-3"
    S4 = "S-4", "S-4"


class SeriesStage(models.TextChoices):
    """How hard a series of lots is inspected now."""

    NORMAL = Stage.NORMAL, pgettext_lazy("inspection", "Normal")
    TIGHTENED = Stage.TIGHTENED, pgettext_lazy("inspection", "Tightened")
    REDUCED = Stage.REDUCED, pgettext_lazy("inspection", "Reduced")
    DISCONTINUED = Stage.DISCONTINUED, pgettext_lazy("inspection", "Acceptance stopped")


WHY = {
    Reason.TWO_OF_FIVE: _("two of five lots in a row were rejected"),
    Reason.FIVE_ACCEPTED: _("five lots in a row were accepted"),
    Reason.SCORE: _("the switching score reached 30"),
    Reason.TEN_ACCEPTED: _("ten lots in a row were accepted, with few enough faults"),
    Reason.REJECTED: _("a lot was rejected in reduced inspection"),
    Reason.GAP: _("a lot had more faults than its acceptance number"),
    Reason.UNSTEADY: _("production is not steady, or reduced inspection is not wished any more"),
    Reason.FIVE_REJECTED: _("five lots were rejected in tightened inspection"),
    Reason.RESUMED: _("the cause was mended, so lots are taken again"),
}


class SampledLine(models.Model):
    """What a line of a control plan says about the sample of a lot."""

    sampling = models.CharField(_("how a lot is sampled"), max_length=5, choices=Sampling, default=Sampling.FIXED)
    standard = models.CharField(_("standard"), max_length=12, choices=Standard, default=Standard.ISO)
    level = models.CharField(_("inspection level"), max_length=3, choices=Level, default=Level.II)
    aql = models.CharField(
        _("AQL"), max_length=5, choices=NUMBERS, blank=True,
        help_text=_("Up to 10 in percent nonconforming, above it in nonconformities per 100 pieces."),
    )
    may_reduce = models.BooleanField(
        _("may be reduced"), default=False,
        help_text=_("Production is steady, and quality wishes smaller samples once a supplier has earned them."),
    )
    clearance = models.PositiveSmallIntegerField(
        _("lots accepted before lots are skipped"), default=0,
        help_text=_("Skip-lot: after so many accepted lots in a row only one of 2, later 3, later 4 is inspected. "
                    "0: every lot is."),
    )

    class Meta:
        abstract = True


def line_constraints(name: str) -> list[models.BaseConstraint]:
    """What always holds of such a line."""
    return [
        models.CheckConstraint(
            name=f"{name}_aql_by_standard", condition=Q(sampling="AQL", aql__in=AQLS) | (~Q(sampling="AQL") & Q(aql=""))
        ),
    ]


class SamplingSeries(models.Model):
    """The lots of one supplier that are checked for one characteristic: what the next one must pass, and why.

    Lots from the plant itself are a series without a supplier. Kept by the decisions alone; the history of its lots is
    in the inspections.
    """

    supplier = models.ForeignKey(
        "plant.Partner", models.PROTECT, null=True, related_name="+", verbose_name=_("supplier")
    )
    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, related_name="+", verbose_name=_("material")
    )
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    operation = models.CharField(_("operation"), max_length=40)
    characteristic = models.ForeignKey(
        "qms.Characteristic", models.PROTECT, related_name="+", verbose_name=_("characteristic")
    )
    stage = models.CharField(_("inspection"), max_length=12, choices=SeriesStage, default=SeriesStage.NORMAL)
    reason = models.CharField(_("because"), max_length=40, blank=True)
    recent = ArrayField(models.BooleanField(), default=list)
    found = ArrayField(models.IntegerField(), default=list)
    score = models.PositiveIntegerField(_("switching score"), default=0)
    rejected = models.PositiveIntegerField(_("rejected while tightened"), default=0)
    step = models.SmallIntegerField(_("step of skipping"), default=-1)  # -1: every lot is inspected
    accepted = models.PositiveIntegerField(_("accepted in a row"), default=0)
    skipped = models.PositiveIntegerField(_("skipped since the last inspected lot"), default=0)
    lots = models.PositiveIntegerField(_("lots"), default=0)
    changed_at = models.DateTimeField(_("last lot"), null=True)

    class Meta:
        verbose_name = _("sampling series")
        verbose_name_plural = _("sampling series")
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "material", "site", "operation", "characteristic"], name="sampling_series_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="sampling_series_step", condition=Q(step__gte=-1)),
        ]

    def __str__(self) -> str:
        return f"{self.supplier or ''} {self.material.code} {self.characteristic.code}".strip()

    @property
    def why(self) -> str:
        """Why the last switch happened, in words."""
        return str(WHY[Reason(self.reason)]) if self.reason else ""
