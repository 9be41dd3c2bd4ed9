"""Master data that changes by revision: one effective revision of a code at any instant."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class RevisionStatus(models.TextChoices):
    DRAFT = "DRAFT", _("Draft")
    EFFECTIVE = "EFFECTIVE", _("Effective")
    OBSOLETE = "OBSOLETE", _("Obsolete")


class Revisioned(models.Model):
    """(code, revision), effective for a time; running work keeps the revision that it pinned."""

    code = models.CharField(_("code"), max_length=40)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    status = models.CharField(_("status"), max_length=10, choices=RevisionStatus, default=RevisionStatus.DRAFT)
    effective = DateTimeRangeField(_("effective"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} / {self.revision}"


def revision_constraints(name: str) -> list[Any]:
    """The constraints that keep the revisions of one table apart."""
    return [
        models.UniqueConstraint(fields=["code", "revision"], name=f"{name}_revision_once"),
        ExclusionConstraint(
            name=f"{name}_one_effective",
            expressions=[("code", RangeOperators.EQUAL), ("effective", RangeOperators.OVERLAPS)],
            condition=Q(effective__isnull=False),
        ),
        models.CheckConstraint(
            name=f"{name}_effective_has_range", condition=Q(status="DRAFT") | Q(effective__isnull=False)
        ),
    ]


class ReviewStatus(models.TextChoices):
    DRAFT = "DRAFT", _("Draft")
    REVIEW = "REVIEW", _("In review")
    EFFECTIVE = "EFFECTIVE", _("Effective")
    OBSOLETE = "OBSOLETE", _("Obsolete")


UNFINISHED = (ReviewStatus.DRAFT, ReviewStatus.REVIEW)


class Reviewed(Revisioned):
    """A revisioned document that its author hands in, and that another person puts into effect."""

    LIFECYCLE = {
        ReviewStatus.DRAFT: (ReviewStatus.REVIEW,),
        ReviewStatus.REVIEW: (ReviewStatus.EFFECTIVE, ReviewStatus.DRAFT),
        ReviewStatus.EFFECTIVE: (ReviewStatus.OBSOLETE,),
        ReviewStatus.OBSOLETE: (),
    }
    # What a new revision does not take over from the one that it is made of.
    BEGINS: dict[str, Any] = {"written_by": None, "submitted_by": None, "submitted_at": None, "approved_by": None}

    status = models.CharField(_("status"), max_length=10, choices=ReviewStatus, default=ReviewStatus.DRAFT)
    written_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("written by")
    )
    submitted_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("handed in by")
    )
    submitted_at = models.DateTimeField(_("handed in"), null=True, editable=False)
    approved_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("approved by")
    )

    class Meta:
        abstract = True


def review_constraints(name: str) -> list[Any]:
    """The constraints of one table of reviewed documents: revisions apart, and nobody approves what they wrote."""
    return [
        *revision_constraints(name)[:-1],
        models.CheckConstraint(
            name=f"{name}_effective_has_range",
            condition=Q(status__in=["DRAFT", "REVIEW"]) | Q(effective__isnull=False),
        ),
        models.CheckConstraint(
            name=f"{name}_review_was_handed_in",
            condition=~Q(status="REVIEW") | Q(submitted_by__isnull=False, submitted_at__isnull=False),
        ),
        models.CheckConstraint(
            name=f"{name}_approved_by_another",
            condition=Q(approved_by__isnull=True)
            | ~Q(approved_by=F("written_by")) & ~Q(approved_by=F("submitted_by")),
        ),
    ]
