"""APQP: projects that bring a product into production, their gates, and what is delivered for each."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from plant.models import TwoNames
from qms import apqp_template


class ProjectStatus(models.TextChoices):
    RUNNING = "RUNNING", _("Running")
    CLOSED = "CLOSED", _("Closed")
    CANCELLED = "CANCELLED", _("Cancelled")


@pghistory.track()
class ApqpProject(models.Model):
    """A product on its way into production, for a customer, with a submission level of PPAP."""

    LIFECYCLE = {
        ProjectStatus.RUNNING: (ProjectStatus.CLOSED, ProjectStatus.CANCELLED),
        ProjectStatus.CLOSED: (),
        ProjectStatus.CANCELLED: (),
    }

    number = models.CharField(_("number"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=160)
    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, related_name="+", verbose_name=_("material")
    )
    customer = models.ForeignKey(
        "plant.Partner", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("customer")
    )
    level = models.PositiveSmallIntegerField(_("PPAP submission level"), default=3)
    owner = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("project leader"))
    status = models.CharField(_("status"), max_length=9, choices=ProjectStatus, default=ProjectStatus.RUNNING)
    opened_at = models.DateTimeField(_("opened"))
    due_at = models.DateTimeField(_("start of production"))

    class Meta:
        verbose_name = _("APQP project")
        verbose_name_plural = _("APQP projects")
        constraints = [models.CheckConstraint(name="apqp_level", condition=Q(level__range=(1, 5)))]

    def __str__(self) -> str:
        return self.number


class PhaseStatus(models.TextChoices):
    OPEN = "OPEN", _("Open")
    PASSED = "PASSED", _("Passed")


class ApqpPhase(models.Model):
    """A phase with the gate at its end: passed once, in order, under a signature."""

    LIFECYCLE = {PhaseStatus.OPEN: (PhaseStatus.PASSED,), PhaseStatus.PASSED: ()}

    project = models.ForeignKey(ApqpProject, models.PROTECT, related_name="phases", verbose_name=_("project"))
    number = models.PositiveSmallIntegerField(_("phase"))
    due_at = models.DateTimeField(_("gate planned"))
    status = models.CharField(_("status"), max_length=6, choices=PhaseStatus, default=PhaseStatus.OPEN)
    passed_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("signed by")
    )
    passed_at = models.DateTimeField(_("passed"), null=True)

    class Meta:
        verbose_name = _("APQP phase")
        verbose_name_plural = _("APQP phases")
        ordering: ClassVar[list[str]] = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="apqp_phase_once"),
            models.CheckConstraint(name="apqp_phase_number", condition=Q(number__range=(1, 5))),
            models.CheckConstraint(
                name="apqp_phase_passed_by_somebody",
                condition=Q(status="OPEN", passed_by__isnull=True, passed_at__isnull=True)
                | Q(status="PASSED", passed_by__isnull=False, passed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project.number} / {self.number}"

    @property
    def title(self) -> str:
        """What the phase is for, in the reader's language."""
        english, chinese = apqp_template.PHASES[self.number]
        return chinese if (get_language() or "").startswith("zh") else english


class DeliverableStatus(models.TextChoices):
    OPEN = "OPEN", _("Open")
    IN_PROGRESS = "IN_PROGRESS", _("In progress")
    DONE = "DONE", _("Done")
    WAIVED = "WAIVED", _("Not applicable")


DELIVERED = (DeliverableStatus.DONE, DeliverableStatus.WAIVED)


class ApqpDeliverable(TwoNames, models.Model):
    """Something that a gate waits for: whose it is, until when, and what proves it."""

    LIFECYCLE = {
        DeliverableStatus.OPEN: (DeliverableStatus.IN_PROGRESS, DeliverableStatus.DONE, DeliverableStatus.WAIVED),
        DeliverableStatus.IN_PROGRESS: (DeliverableStatus.DONE, DeliverableStatus.WAIVED, DeliverableStatus.OPEN),
        DeliverableStatus.DONE: (DeliverableStatus.OPEN,),
        DeliverableStatus.WAIVED: (DeliverableStatus.OPEN,),
    }

    phase = models.ForeignKey(ApqpPhase, models.PROTECT, related_name="deliverables", verbose_name=_("phase"))
    position = models.PositiveSmallIntegerField(_("order"), default=10)
    name = models.CharField(_("name"), max_length=160)
    name_zh = models.CharField(_("Chinese name"), max_length=160, blank=True)
    element = models.PositiveSmallIntegerField(_("PPAP requirement"), default=0)
    is_required = models.BooleanField(_("the gate waits for it"), default=True)
    proof = models.CharField(_("proved by reports"), max_length=2, blank=True)
    owner = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    due_at = models.DateTimeField(_("due"))
    status = models.CharField(
        _("status"), max_length=11, choices=DeliverableStatus, default=DeliverableStatus.OPEN
    )
    evidence = models.TextField(_("evidence"), blank=True)
    ended_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("ended by")
    )
    ended_at = models.DateTimeField(_("ended"), null=True)
    escalations = models.PositiveSmallIntegerField(_("escalations"), default=0)

    class Meta:
        verbose_name = _("deliverable")
        verbose_name_plural = _("deliverables")
        ordering: ClassVar[list[str]] = ["phase", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["phase", "name"], name="apqp_deliverable_once"),
            models.CheckConstraint(name="apqp_deliverable_element", condition=Q(element__range=(0, 18))),
            models.CheckConstraint(
                name="apqp_deliverable_ended_with_evidence",
                condition=Q(status__in=["OPEN", "IN_PROGRESS"], ended_at__isnull=True, ended_by__isnull=True)
                | Q(status__in=["DONE", "WAIVED"], ended_at__isnull=False, ended_by__isnull=False) & ~Q(evidence=""),
            ),
        ]
        indexes = [models.Index(fields=["status", "due_at"], name="apqp_deliverable_due")]

    def __str__(self) -> str:
        return f"{self.phase} {self.name}"


class ReportKind(models.TextChoices):
    DV = "DV", _("Design verification (DV)")
    PV = "PV", _("Product validation (PV)")


class ReportResult(models.TextChoices):
    PASS = "PASS", _("Pass")
    FAIL = "FAIL", _("Fail")


class ValidationReport(models.Model):
    """A test of the design or of the product: what was asked, on how many, what came out. Written once."""

    deliverable = models.ForeignKey(
        ApqpDeliverable, models.PROTECT, related_name="reports", verbose_name=_("deliverable")
    )
    kind = models.CharField(_("kind"), max_length=2, choices=ReportKind)
    number = models.CharField(_("number"), max_length=60)
    title = models.CharField(_("test"), max_length=160)
    requirement = models.TextField(_("requirement"))
    samples = models.PositiveIntegerField(_("samples"), default=1)
    result = models.CharField(_("result"), max_length=4, choices=ReportResult)
    finding = models.TextField(_("finding"))
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="replaced_by", verbose_name=_("replaces")
    )
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("validation report")
        verbose_name_plural = _("validation reports")
        ordering: ClassVar[list[str]] = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["deliverable", "number"], name="validation_report_once"),
            models.CheckConstraint(
                name="validation_report_says_something",
                condition=Q(samples__gte=1) & ~Q(requirement="") & ~Q(finding=""),
            ),
            models.CheckConstraint(
                name="validation_report_replaces_another", condition=Q(replaces__isnull=True) | ~Q(replaces=F("id"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
