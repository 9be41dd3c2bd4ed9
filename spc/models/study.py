"""Studies of gauges: who measures which part how often, what they read, what came out, and who approved it."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class StudyKind(models.TextChoices):
    CROSSED = "crossed", _("Gauge R&R, crossed")
    NESTED = "nested", _("Gauge R&R, nested")
    ATTRIBUTE = "attribute", _("Attribute agreement")
    BIAS = "bias", _("Bias")
    LINEARITY = "linearity", _("Linearity")
    STABILITY = "stability", _("Stability")
    TYPE_ONE = "type-1", _("Type 1 (Cg, Cgk)")
    PROCESS = "iso22514-7", _("Measuring process (ISO 22514-7)")


class StudyStatus(models.TextChoices):
    COLLECTING = "COLLECTING", _("Collecting")
    CONCLUDED = "CONCLUDED", _("Concluded")
    APPROVED = "APPROVED", _("Approved")
    CANCELLED = "CANCELLED", _("Cancelled")


class StudyMethod(models.TextChoices):
    ANOVA = "anova", _("Analysis of variance")
    AVERAGE_RANGE = "average-range", _("Average and range")


class Verdict(models.TextChoices):
    ACCEPTABLE = "acceptable", _("Acceptable")
    MARGINAL = "marginal", _("Marginal")
    UNACCEPTABLE = "unacceptable", _("Unacceptable")


CONCLUDED = Q(status__in=["CONCLUDED", "APPROVED"])


@pghistory.track()
class Study(models.Model):
    """A study of one gauge for one characteristic, from its design to the verdict that another person approved.

    seed      the order of the measurements follows from it
    settings  what a kind needs beyond its sizes: levels, shares, uncertainties (`spc.gauging.kinds`)
    spread    what the measuring takes of a tolerance, in the unit of the readings; None where the kind doesn't tell
    """

    LIFECYCLE = {
        StudyStatus.COLLECTING: (StudyStatus.CONCLUDED, StudyStatus.CANCELLED),
        StudyStatus.CONCLUDED: (StudyStatus.APPROVED, StudyStatus.COLLECTING),
        StudyStatus.APPROVED: (),
        StudyStatus.CANCELLED: (),
    }

    code = models.CharField(_("code"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=StudyKind, default=StudyKind.CROSSED)
    gauge = models.CharField(_("gauge"), max_length=80)
    equipment = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("place"))
    characteristic = models.ForeignKey(
        "qms.Characteristic", models.PROTECT, related_name="+", verbose_name=_("characteristic")
    )
    parts = models.PositiveSmallIntegerField(_("parts"))
    appraisers = models.JSONField(_("appraisers"))
    trials = models.PositiveSmallIntegerField(_("trials"))
    method = models.CharField(_("method"), max_length=16, choices=StudyMethod, blank=True)
    seed = models.BigIntegerField(_("seed of the order"), null=True)
    settings = models.JSONField(_("settings"), default=dict)
    status = models.CharField(_("state"), max_length=12, choices=StudyStatus, default=StudyStatus.COLLECTING)
    designed_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("designed by"))
    designed_at = models.DateTimeField(_("designed"))
    concluded_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("concluded by")
    )
    closed_at = models.DateTimeField(_("concluded"), null=True)
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict, blank=True)
    conclusion = models.TextField(_("conclusion"), blank=True)
    spread = models.FloatField(_("spread of the measuring"), null=True)
    result = models.JSONField(_("result"), default=dict)
    approved_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True)

    class Meta:
        verbose_name = _("gauge study")
        verbose_name_plural = _("gauge studies")
        ordering = ["-designed_at", "code"]
        indexes = [
            models.Index(fields=["gauge", "closed_at"], name="study_of_gauge"),
            models.Index(
                fields=["characteristic", "-approved_at"], name="study_approved_for", condition=Q(status="APPROVED")
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="study_size",
                condition=Q(parts__gte=1, parts__lte=200, trials__gte=1, trials__lte=300)
                & (~Q(kind__in=["crossed", "nested", "iso22514-7"]) | Q(parts__gte=2, trials__gte=2)),
            ),
            models.CheckConstraint(
                name="study_method_of_crossed", condition=Q(kind="crossed") & ~Q(method="") | ~Q(kind="crossed")
                & Q(method=""),
            ),
            models.CheckConstraint(
                name="study_concluded_with_verdict",
                condition=CONCLUDED & Q(closed_at__isnull=False, concluded_by__isnull=False) & ~Q(verdict="")
                | ~CONCLUDED & Q(closed_at__isnull=True, concluded_by__isnull=True, verdict="", spread__isnull=True),
            ),
            models.CheckConstraint(
                name="study_approved_by_another",
                condition=Q(status="APPROVED", approved_at__isnull=False, approved_by__isnull=False)
                & ~Q(approved_by=F("concluded_by"))
                | ~Q(status="APPROVED") & Q(approved_at__isnull=True, approved_by__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class StudyPart(models.Model):
    """One part of a study: the code on it, what it is known to measure, and how it is rightly judged."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="pieces", verbose_name=_("study"))
    number = models.PositiveSmallIntegerField(_("part"))
    label = models.CharField(_("part code"), max_length=40, blank=True)
    reference = models.FloatField(_("reference value"), null=True)
    standard = models.CharField(_("right rating"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("part of a study")
        verbose_name_plural = _("parts of studies")
        ordering = ["study", "number"]
        constraints = [
            models.UniqueConstraint(fields=["study", "number"], name="study_part_once"),
            models.UniqueConstraint(fields=["study", "label"], name="study_label_once", condition=~Q(label="")),
            models.CheckConstraint(
                name="study_reference_is_finite",
                condition=Q(reference__isnull=True) | Q(reference__gt=-1e300, reference__lt=1e300),
            ),
        ]

    def __str__(self) -> str:
        return self.label or str(self.number)


class StudyReading(models.Model):
    """One cell of a study at its place in the order that was drawn; empty until somebody measured or judged it."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="readings", verbose_name=_("study"))
    place = models.PositiveSmallIntegerField(_("order"))
    part = models.PositiveSmallIntegerField(_("part"))
    appraiser = models.CharField(_("appraiser"), max_length=40)
    trial = models.PositiveSmallIntegerField(_("trial"))
    value = models.FloatField(_("value"), null=True)
    rating = models.CharField(_("rating"), max_length=40, blank=True)
    measured_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("measured by")
    )
    measured_at = models.DateTimeField(_("measured"), null=True)

    class Meta:
        verbose_name = _("study reading")
        verbose_name_plural = _("study readings")
        ordering = ["study", "place"]
        constraints = [
            models.UniqueConstraint(fields=["study", "place"], name="study_place_once"),
            models.UniqueConstraint(fields=["study", "part", "appraiser", "trial"], name="study_cell_once"),
            models.CheckConstraint(
                name="study_reading_is_whole",
                condition=Q(value__isnull=True, rating="", measured_by__isnull=True, measured_at__isnull=True)
                | Q(measured_by__isnull=False, measured_at__isnull=False)
                & (Q(value__gt=-1e300, value__lt=1e300, rating="") | Q(value__isnull=True) & ~Q(rating="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study.code} / {self.place}"
