"""Suppliers: how they were let in, which papers of theirs run out when, and what they may deliver."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plant.models import Person
from plant.models.naming import TwoNames

BEST = 5  # of the points that an answer may have


class SupplierStatus(models.TextChoices):
    CANDIDATE = "CANDIDATE", _("Candidate")
    ADMITTED = "ADMITTED", _("Admitted")
    CONDITIONAL = "CONDITIONAL", _("Admitted with conditions")
    BLOCKED = "BLOCKED", pgettext_lazy("supplier", "Blocked")


@pghistory.track()
class Supplier(models.Model):
    """What quality knows of a partner who delivers: whether they were let in, and who looks after them."""

    LIFECYCLE = {
        SupplierStatus.CANDIDATE: (SupplierStatus.ADMITTED, SupplierStatus.CONDITIONAL, SupplierStatus.BLOCKED),
        SupplierStatus.ADMITTED: (SupplierStatus.CONDITIONAL, SupplierStatus.BLOCKED),
        SupplierStatus.CONDITIONAL: (SupplierStatus.ADMITTED, SupplierStatus.BLOCKED),
        SupplierStatus.BLOCKED: (SupplierStatus.ADMITTED, SupplierStatus.CONDITIONAL),
    }

    partner = models.OneToOneField(
        "plant.Partner", models.PROTECT, related_name="supplier_card", verbose_name=_("supplier")
    )
    status = models.CharField(_("status"), max_length=11, choices=SupplierStatus, default=SupplierStatus.CANDIDATE)
    owner = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("looked after by"))
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    language = models.CharField(
        _("language"), max_length=10, default="zh-hans", choices=[("zh-hans", "简体中文"), ("en", "English")]
    )
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("supplier")
        verbose_name_plural = _("suppliers")

    def __str__(self) -> str:
        return str(self.partner)

    @property
    def number(self) -> str:
        """The name of its page."""
        return self.partner.code


@pghistory.track()
class SupplierQuestion(TwoNames, models.Model):
    """A question of the questionnaire by which suppliers are let in and audited."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    section = models.CharField(_("section"), max_length=80)
    name = models.CharField(_("question"), max_length=300)
    name_zh = models.CharField(_("question in Chinese"), max_length=300, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    least = models.PositiveSmallIntegerField(
        _("at least"), default=0, help_text=_("With fewer points than this nobody is admitted without conditions."),
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("question to suppliers")
        verbose_name_plural = _("questions to suppliers")
        ordering = ["section", "code"]
        constraints = [
            models.CheckConstraint(
                name="supplier_question_points", condition=Q(weight__range=(1, 100), least__lte=BEST)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class AssessmentKind(models.TextChoices):
    ADMISSION = "ADMISSION", _("Admission")
    AUDIT = "AUDIT", _("Audit")


class AssessmentStatus(models.TextChoices):
    OPEN = "OPEN", _("Open")
    SCORED = "SCORED", _("Scored")
    DECIDED = "DECIDED", _("Decided")
    CANCELLED = "CANCELLED", _("Cancelled")


@pghistory.track()
class SupplierAssessment(models.Model):
    """One round of the questionnaire with a supplier: answered by one person, decided by another."""

    LIFECYCLE = {
        AssessmentStatus.OPEN: (AssessmentStatus.SCORED, AssessmentStatus.CANCELLED),
        AssessmentStatus.SCORED: (AssessmentStatus.OPEN, AssessmentStatus.DECIDED, AssessmentStatus.CANCELLED),
        AssessmentStatus.DECIDED: (),
        AssessmentStatus.CANCELLED: (),
    }

    number = models.CharField(_("number"), max_length=40, unique=True)
    supplier = models.ForeignKey(
        Supplier, models.PROTECT, related_name="assessments", verbose_name=_("supplier")
    )
    kind = models.CharField(_("kind"), max_length=9, choices=AssessmentKind)
    status = models.CharField(_("status"), max_length=9, choices=AssessmentStatus, default=AssessmentStatus.OPEN)
    assessor = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("assessed by"))
    percent = models.DecimalField(_("percent reached"), max_digits=5, decimal_places=1, null=True)
    decision = models.CharField(_("decision"), max_length=11, choices=SupplierStatus, blank=True)
    decided_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    next_at = models.DateTimeField(_("assess again by"), null=True)
    opened_at = models.DateTimeField(_("opened"))

    class Meta:
        verbose_name = _("assessment of a supplier")
        verbose_name_plural = _("assessments of suppliers")
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "kind"], name="supplier_assessment_one_open",
                condition=Q(status__in=["OPEN", "SCORED"]),
            ),
            models.CheckConstraint(
                name="supplier_assessment_decided_by_another",
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("assessor")),
            ),
            models.CheckConstraint(
                name="supplier_assessment_decided_whole",
                condition=(~Q(status="DECIDED") & Q(decision="", decided_by__isnull=True))
                | (Q(status="DECIDED", decided_by__isnull=False, decided_at__isnull=False, percent__isnull=False)
                   & ~Q(decision="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class AssessmentAnswer(models.Model):
    """How many points a supplier has for a question, with the question as it was asked."""

    assessment = models.ForeignKey(SupplierAssessment, models.PROTECT, related_name="answers")
    question = models.ForeignKey(SupplierQuestion, models.PROTECT, related_name="+", verbose_name=_("question"))
    weight = models.PositiveSmallIntegerField(_("weight"))
    least = models.PositiveSmallIntegerField(_("at least"), default=0)
    points = models.PositiveSmallIntegerField(_("points"), null=True)
    remark = models.CharField(_("remark"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("answer to a question")
        verbose_name_plural = _("answers to questions")
        ordering = ["question__section", "question__code"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question"], name="supplier_answer_once"),
            models.CheckConstraint(
                name="supplier_answer_points", condition=Q(points__isnull=True) | Q(points__lte=BEST)
            ),
        ]


@pghistory.track()
class SupplierPaper(models.Model):
    """A certificate or agreement of a supplier that runs out; a newer one of the same name takes its place."""

    supplier = models.ForeignKey(Supplier, models.PROTECT, related_name="papers", verbose_name=_("supplier"))
    name = models.CharField(_("name"), max_length=120)
    number = models.CharField(_("number"), max_length=80, blank=True)
    due_at = models.DateTimeField(_("valid until"))
    attachment = models.ForeignKey(
        "plant.Attachment", models.PROTECT, null=True, related_name="+", verbose_name=_("file")
    )
    replaced = models.BooleanField(_("replaced"), default=False)
    escalations = models.PositiveSmallIntegerField(_("escalations"), default=0)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("paper of a supplier")
        verbose_name_plural = _("papers of suppliers")
        constraints = [
            models.UniqueConstraint(
                fields=["supplier", "name"], name="supplier_paper_one_standing", condition=Q(replaced=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.number}".strip()

    @property
    def owner(self) -> Person:
        """Who is told when it runs out."""
        return self.supplier.owner
