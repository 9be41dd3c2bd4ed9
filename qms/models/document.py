"""Controlled documents: revisions that are written, signed into effect, read, looked over, and made obsolete."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plant.models import Role
from plant.models.naming import TwoNames


class DocumentKind(models.TextChoices):
    PROCEDURE = "PROCEDURE", _("Procedure")
    INSTRUCTION = "INSTRUCTION", _("Work instruction")
    SPECIFICATION = "SPEC", _("Specification")
    DRAWING = "DRAWING", _("Drawing")
    FORM = "FORM", _("Form sheet")
    MANUAL = "MANUAL", _("Manual")
    STANDARD = "STANDARD", _("Standard")


class DocumentStatus(models.TextChoices):
    DRAFT = "DRAFT", _("Draft")
    REVIEW = "REVIEW", _("In review")
    APPROVED = "APPROVED", _("Approved")
    EFFECTIVE = "EFFECTIVE", _("Effective")
    OBSOLETE = "OBSOLETE", _("Obsolete")


@pghistory.track()
class Document(TwoNames, models.Model):
    """One revision of a document. Once it is handed in for review its words and its file stay as they are."""

    LIFECYCLE = {
        DocumentStatus.DRAFT: (DocumentStatus.REVIEW,),
        DocumentStatus.REVIEW: (DocumentStatus.DRAFT, DocumentStatus.APPROVED, DocumentStatus.EFFECTIVE),
        DocumentStatus.APPROVED: (DocumentStatus.EFFECTIVE, DocumentStatus.OBSOLETE),
        DocumentStatus.EFFECTIVE: (DocumentStatus.OBSOLETE,),
        DocumentStatus.OBSOLETE: (),
    }

    code = models.CharField(_("document number"), max_length=40)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    status = models.CharField(_("status"), max_length=10, choices=DocumentStatus, default=DocumentStatus.DRAFT)
    effective = DateTimeRangeField(_("effective"), null=True)
    kind = models.CharField(_("kind"), max_length=11, choices=DocumentKind)
    name = models.CharField(_("title"), max_length=160)
    name_zh = models.CharField(_("Chinese title"), max_length=160, blank=True)
    change = models.TextField(_("what changed"), blank=True)
    issuer = models.CharField(_("issued by"), max_length=120, blank=True)
    edition = models.CharField(_("edition of the issuer"), max_length=60, blank=True)
    file = models.CharField(_("file"), max_length=120, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=32, blank=True, db_index=True)
    pages = models.PositiveIntegerField(_("pages"), default=0)
    author = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("author"))
    owner = models.ForeignKey(
        "plant.Person", models.PROTECT, related_name="+", verbose_name=pgettext_lazy("document", "looked over by")
    )
    review_months = models.PositiveSmallIntegerField(_("months between reviews"), default=12)
    due_at = models.DateTimeField(_("review due"), null=True)
    escalations = models.PositiveSmallIntegerField(_("escalations"), default=0)
    approved_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    approved_at = models.DateTimeField(_("approved"), null=True)
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["code", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["code", "revision"], name="document_revision_once"),
            models.UniqueConstraint(
                fields=["code"], name="document_one_under_way", condition=Q(status__in=["DRAFT", "REVIEW", "APPROVED"])
            ),
            ExclusionConstraint(
                name="document_one_effective",
                expressions=[("code", RangeOperators.EQUAL), ("effective", RangeOperators.OVERLAPS)],
                condition=Q(effective__isnull=False),
            ),
            models.CheckConstraint(
                name="document_signed_before_effective",
                condition=Q(status__in=["DRAFT", "REVIEW"], effective__isnull=True, approved_by__isnull=True)
                | Q(status__in=["APPROVED", "EFFECTIVE", "OBSOLETE"], effective__isnull=False,
                    approved_by__isnull=False, approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="document_author_never_approves",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("author")),
            ),
            models.CheckConstraint(
                name="document_is_there_for_review", condition=Q(status="DRAFT") | (~Q(key="") & Q(size__gt=0))
            ),
        ]
        indexes = [models.Index(fields=["status", "due_at"], name="document_review_due")]

    def __str__(self) -> str:
        return f"{self.code} / {self.revision}"

    @property
    def is_external(self) -> bool:
        """Whether somebody else wrote it: a customer, a standards body."""
        return bool(self.issuer)

    @property
    def number(self) -> str:
        """The name of its page."""
        return str(self.pk)


class DocumentShare(models.Model):
    """Who gets a revision: a person, or those of a role, of a place, or of a role at a place."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="shares")
    role = models.CharField(_("role"), max_length=20, choices=Role, blank=True)
    place = models.ForeignKey(
        "plant.Equipment", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("site or line")
    )
    person = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    must_read = models.BooleanField(_("signs that it is read and understood"), default=True)

    class Meta:
        verbose_name = _("distribution of a document")
        verbose_name_plural = _("distribution of documents")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "role", "place", "person"], name="document_share_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="document_share_names_somebody",
                condition=Q(person__isnull=False, role="", place__isnull=True)
                | (Q(person__isnull=True) & (~Q(role="") | Q(place__isnull=False))),
            ),
        ]


class DocumentDemand(models.Model):
    """An operation, or any that asks for a skill, is begun only by who has read the revision in effect."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="demands")
    operation = models.CharField(_("operation"), max_length=40, blank=True)
    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("material"), help_text=_("Empty: whatever is made."),
    )
    skill = models.ForeignKey(
        "plant.Qualification", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("skill")
    )

    class Meta:
        verbose_name = _("demand of a document")
        verbose_name_plural = _("demands of documents")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "operation", "material", "skill"], name="document_demand_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="document_demand_says_where",
                condition=Q(skill__isnull=True) & ~Q(operation="") | Q(skill__isnull=False, operation=""),
            ),
        ]


class TrainingHow(models.TextChoices):
    READ = "READ", _("Read and understood")
    TAUGHT = "TAUGHT", _("Taught by somebody")


class DocumentTraining(models.Model):
    """Somebody knows a revision: they signed that they understood it, or whoever taught them signed. Written once."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="trainings")
    person = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("person"))
    how = models.CharField(_("how"), max_length=6, choices=TrainingHow)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("signed by"))
    signature = models.ForeignKey("plant.Signature", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("training on a document")
        verbose_name_plural = _("trainings on documents")
        constraints = [
            models.UniqueConstraint(fields=["document", "person"], name="document_training_once"),
            models.CheckConstraint(
                name="document_training_by_whom",
                condition=Q(how="READ", by=F("person")) | (Q(how="TAUGHT") & ~Q(by=F("person"))),
            ),
        ]
        indexes = [models.Index(fields=["person", "document"], name="document_training_of")]


class DocumentReview(models.Model):
    """Somebody looked a document over in its time, and it may stay as it is. Written once."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="reviews")
    finding = models.TextField(_("finding"))
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("review of a document")
        verbose_name_plural = _("reviews of documents")
        constraints = [models.CheckConstraint(name="document_review_says_what", condition=~Q(finding=""))]
