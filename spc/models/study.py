"""Studies of gauges: who measures which part how often, what they read, and what came out."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StudyStatus(models.TextChoices):
    COLLECTING = "COLLECTING", _("Collecting")
    CLOSED = "CLOSED", _("Closed")
    CANCELLED = "CANCELLED", _("Cancelled")


class StudyMethod(models.TextChoices):
    ANOVA = "anova", _("Analysis of variance")
    AVERAGE_RANGE = "average-range", _("Average and range")


class Verdict(models.TextChoices):
    ACCEPTABLE = "acceptable", _("Acceptable")
    MARGINAL = "marginal", _("Marginal")
    UNACCEPTABLE = "unacceptable", _("Unacceptable")


@pghistory.track()
class Study(models.Model):
    """A repeatability and reproducibility study of one gauge for one characteristic, from its design to its verdict."""

    LIFECYCLE = {
        StudyStatus.COLLECTING: (StudyStatus.CLOSED, StudyStatus.CANCELLED),
        StudyStatus.CLOSED: (),
        StudyStatus.CANCELLED: (),
    }

    code = models.CharField(_("code"), max_length=80, unique=True)
    gauge = models.CharField(_("gauge"), max_length=80)
    equipment = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("place"))
    characteristic = models.ForeignKey(
        "qms.Characteristic", models.PROTECT, related_name="+", verbose_name=_("characteristic")
    )
    parts = models.PositiveSmallIntegerField(_("parts"))
    appraisers = models.JSONField(_("appraisers"))
    trials = models.PositiveSmallIntegerField(_("trials"))
    method = models.CharField(_("method"), max_length=16, choices=StudyMethod, default=StudyMethod.ANOVA)
    status = models.CharField(_("state"), max_length=12, choices=StudyStatus, default=StudyStatus.COLLECTING)
    designed_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("designed by"))
    designed_at = models.DateTimeField(_("designed"))
    closed_at = models.DateTimeField(_("closed"), null=True)
    verdict = models.CharField(_("verdict"), max_length=12, choices=Verdict, blank=True)
    result = models.JSONField(_("result"), default=dict)

    class Meta:
        verbose_name = _("gauge study")
        verbose_name_plural = _("gauge studies")
        ordering = ["-designed_at", "code"]
        indexes = [models.Index(fields=["gauge", "closed_at"], name="study_of_gauge")]
        constraints = [
            models.CheckConstraint(
                name="study_size",
                condition=Q(parts__gte=2, parts__lte=50, trials__gte=2, trials__lte=10),
            ),
            models.CheckConstraint(
                name="study_closed_with_verdict",
                condition=Q(status="CLOSED", closed_at__isnull=False) & ~Q(verdict="")
                | ~Q(status="CLOSED") & Q(verdict=""),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class StudyReading(models.Model):
    """One cell of a study at its place in the order that was drawn; empty until somebody measured it."""

    study = models.ForeignKey(Study, models.PROTECT, related_name="readings", verbose_name=_("study"))
    place = models.PositiveSmallIntegerField(_("order"))
    part = models.PositiveSmallIntegerField(_("part"))
    appraiser = models.CharField(_("appraiser"), max_length=40)
    trial = models.PositiveSmallIntegerField(_("trial"))
    value = models.FloatField(_("value"), null=True)
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
                condition=Q(value__isnull=True, measured_by__isnull=True, measured_at__isnull=True)
                | Q(value__gt=-1e300, value__lt=1e300, measured_by__isnull=False, measured_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.study.code} / {self.place}"
