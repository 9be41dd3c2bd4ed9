"""Audits: checklists by revision, audits that are planned, conducted and reported, and what they found."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plant.models import RevisionStatus
from plant.models.naming import TwoNames


class Scheme(models.TextChoices):
    """How the answers of a checklist are given and counted."""

    SYSTEM = "SYSTEM", _("System audit: conformity by clause")
    PROCESS = "PROCESS", _("Process audit: points from 0 to 10")
    LAYERED = "LAYERED", _("Layered process audit: yes or no")


@pghistory.track()
class AuditChecklist(TwoNames, models.Model):
    """One revision of a checklist; once it is in effect it stays as it was signed."""

    code = models.CharField(_("code"), max_length=40)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    scheme = models.CharField(_("scheme"), max_length=8, choices=Scheme)
    standard = models.CharField(
        _("standard"), max_length=60, blank=True, help_text=_("What its clauses are of, such as ISO 9001:2015.")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=RevisionStatus, default=RevisionStatus.DRAFT, editable=False
    )
    effective_at = models.DateTimeField(_("in effect since"), null=True, editable=False)

    class Meta:
        verbose_name = _("audit checklist")
        verbose_name_plural = _("audit checklists")
        ordering = ["code", "-revision"]
        constraints = [
            models.UniqueConstraint(fields=["code", "revision"], name="audit_checklist_revision_once"),
            models.UniqueConstraint(
                fields=["code"], name="audit_checklist_one_effective", condition=Q(status="EFFECTIVE")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}/{self.revision} {self.name}"


class AuditQuestion(models.Model):
    """One question, in our own words, with the clause that it is about."""

    checklist = models.ForeignKey(
        AuditChecklist, models.CASCADE, related_name="questions", verbose_name=_("checklist")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    clause = models.CharField(_("clause"), max_length=20, blank=True)
    text = models.TextField(_("question"))
    text_zh = models.TextField(_("question in Chinese"), blank=True)
    critical = models.BooleanField(
        _("lowers the grade"), default=False, help_text=_("A bad answer limits the grade of the whole audit.")
    )

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["checklist", "position"]
        constraints = [
            models.UniqueConstraint(fields=["checklist", "position"], name="audit_question_position_once"),
            models.CheckConstraint(name="audit_question_has_text", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.clause} {self.text[:60]}".strip()


class AuditStatus(models.TextChoices):
    PLANNED = "PLANNED", _("Planned")
    RUNNING = "RUNNING", _("Under way")
    REPORTED = "REPORTED", _("Reported, findings open")
    CLOSED = "CLOSED", _("Closed")
    CANCELLED = "CANCELLED", _("Cancelled")


@pghistory.track()
class Audit(models.Model):
    """One audit of an area or a supplier by a checklist; its report is signed, and its findings close it."""

    LIFECYCLE = {
        AuditStatus.PLANNED: (AuditStatus.RUNNING, AuditStatus.CANCELLED),
        AuditStatus.RUNNING: (AuditStatus.REPORTED,),
        AuditStatus.REPORTED: (AuditStatus.CLOSED,),
        AuditStatus.CLOSED: (),
        AuditStatus.CANCELLED: (),
    }

    number = models.CharField(_("number"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=200)
    checklist = models.ForeignKey(
        AuditChecklist, models.PROTECT, related_name="audits", verbose_name=_("checklist")
    )
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    area = models.ForeignKey(
        "plant.Equipment", models.PROTECT, null=True, related_name="+", verbose_name=_("area or line")
    )
    supplier = models.ForeignKey(
        "plant.Partner", models.PROTECT, null=True, related_name="+", verbose_name=_("supplier")
    )
    status = models.CharField(_("status"), max_length=9, choices=AuditStatus, default=AuditStatus.PLANNED)
    lead = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("lead auditor"))
    auditee = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("who is audited")
    )
    planned_at = models.DateTimeField(_("planned for"))
    started_at = models.DateTimeField(_("begun"), null=True)
    reported_at = models.DateTimeField(_("reported"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    hours = models.DecimalField(_("hours"), max_digits=6, decimal_places=2, null=True)
    score = models.DecimalField(_("degree of fulfilment"), max_digits=5, decimal_places=2, null=True)
    grade = models.CharField(_("grade"), max_length=1, blank=True)
    summary = models.TextField(_("summary"), blank=True)
    signature = models.ForeignKey("plant.Signature", models.PROTECT, null=True, related_name="+")
    planned_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("planned by"))

    class Meta:
        verbose_name = _("audit")
        verbose_name_plural = _("audits")
        ordering = ["-planned_at"]
        indexes = [models.Index(fields=["status", "planned_at"], name="audit_planned")]
        constraints = [
            models.CheckConstraint(
                name="audit_nobody_audits_themselves",
                condition=Q(auditee__isnull=True) | ~Q(auditee=F("lead")),
            ),
            models.CheckConstraint(
                name="audit_reported_is_whole",
                condition=Q(status__in=["PLANNED", "RUNNING", "CANCELLED"])
                | (Q(reported_at__isnull=False, signature__isnull=False) & ~Q(summary="")),
            ),
            models.CheckConstraint(
                name="audit_closed_has_time",
                condition=Q(status="CLOSED", closed_at__isnull=False)
                | (~Q(status="CLOSED") & Q(closed_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Answer(models.TextChoices):
    """What an answer says, whatever the scheme; points stand beside it where they are given."""

    GOOD = "GOOD", pgettext_lazy("answer", "Conforms")
    OBSERVATION = "OBSERVATION", pgettext_lazy("answer", "Observation")
    MINOR = "MINOR", pgettext_lazy("answer", "Minor nonconformity")
    MAJOR = "MAJOR", pgettext_lazy("answer", "Major nonconformity")
    NOT_ASKED = "NOT_ASKED", pgettext_lazy("answer", "Does not apply")


class AuditAnswer(models.Model):
    """What was found at one question; a finding leads to a nonconformance or a CAPA."""

    audit = models.ForeignKey(Audit, models.PROTECT, related_name="answers")
    question = models.ForeignKey(AuditQuestion, models.PROTECT, related_name="+")
    answer = models.CharField(_("answer"), max_length=11, choices=Answer)
    points = models.PositiveSmallIntegerField(_("points"), null=True)
    evidence = models.TextField(_("evidence"), blank=True)
    nonconformance = models.ForeignKey(
        "qms.Nonconformance", models.PROTECT, null=True, related_name="+", verbose_name=_("nonconformance")
    )
    capa = models.ForeignKey(
        "qms.CorrectiveAction", models.PROTECT, null=True, related_name="+", verbose_name=_("CAPA")
    )
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["audit", "question__position"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "question"], name="audit_answer_once"),
            models.CheckConstraint(
                name="audit_answer_points", condition=Q(points__isnull=True) | Q(points__in=[0, 4, 6, 8, 10])
            ),
            models.CheckConstraint(
                name="audit_finding_has_evidence",
                condition=Q(answer__in=["GOOD", "NOT_ASKED"]) | ~Q(evidence=""),
            ),
        ]

    @property
    def is_finding(self) -> bool:
        """Whether something follows from it."""
        return self.answer in (Answer.MINOR, Answer.MAJOR)

    @property
    def is_settled(self) -> bool:
        """Whether what it led to is closed."""
        asked = [one for one in (self.nonconformance, self.capa) if one is not None]
        return not self.is_finding or (bool(asked) and all(one.status == "CLOSED" for one in asked))
