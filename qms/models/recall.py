"""Calling goods back, and the drill of it: what it reaches, who has it, what is done, and how much came back."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qms.models.nonconformance import Severity


class RecallKind(models.TextChoices):
    RECALL = "RECALL", _("Recall")
    DRILL = "DRILL", _("Drill")


class RecallStatus(models.TextChoices):
    DRAFT = "DRAFT", _("Draft")
    OPEN = "OPEN", pgettext_lazy("recall", "Under way")
    CLOSED = "CLOSED", _("Closed")
    CANCELLED = "CANCELLED", _("Cancelled")


@pghistory.track()
class Recall(models.Model):
    """One recall or one drill. A recall holds what it reaches under its nonconformance; a drill holds nothing."""

    LIFECYCLE = {
        RecallStatus.DRAFT: (RecallStatus.OPEN, RecallStatus.CANCELLED),
        RecallStatus.OPEN: (RecallStatus.CLOSED,),
        RecallStatus.CLOSED: (),
        RecallStatus.CANCELLED: (),
    }

    number = models.CharField(_("number"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=6, choices=RecallKind, default=RecallKind.RECALL)
    status = models.CharField(_("status"), max_length=9, choices=RecallStatus, default=RecallStatus.DRAFT)
    title = models.CharField(_("title"), max_length=200)
    reason = models.TextField(_("why"))
    severity = models.CharField(_("severity"), max_length=10, choices=Severity, default=Severity.MAJOR)
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    complaint = models.ForeignKey(
        "qms.Complaint", models.PROTECT, null=True, blank=True, related_name="recalls", verbose_name=_("complaint")
    )
    nonconformance = models.ForeignKey(
        "qms.Nonconformance", models.PROTECT, null=True, related_name="recalls", verbose_name=_("nonconformance")
    )
    notice = models.OneToOneField(
        "traceability.RecallNotice", models.PROTECT, related_name="recall", verbose_name=_("notice")
    )
    asked = models.JSONField(_("where it starts"), default=dict)
    goal_minutes = models.PositiveIntegerField(_("goal in minutes"), default=240)
    opened_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("opened by"))
    opened_at = models.DateTimeField(_("opened"))
    scoped_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("scope found by")
    )
    scoped_at = models.DateTimeField(_("scope found"), null=True)
    figures = models.JSONField(_("figures of the scope"), default=dict)
    declared_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("declared by")
    )
    declared_at = models.DateTimeField(_("declared"), null=True)
    closed_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("closed by")
    )
    closed_at = models.DateTimeField(_("closed"), null=True)
    conclusion = models.TextField(_("conclusion"), blank=True)

    class Meta:
        verbose_name = _("recall")
        verbose_name_plural = _("recalls")
        ordering = ["-opened_at"]
        constraints = [
            models.CheckConstraint(name="recall_says_why", condition=~Q(title="") & ~Q(reason="")),
            models.CheckConstraint(
                name="recall_scope_is_whole",
                condition=Q(scoped_at__isnull=True, scoped_by__isnull=True)
                | Q(scoped_at__gte=F("opened_at"), scoped_by__isnull=False),
            ),
            models.CheckConstraint(
                name="recall_declared_with_its_scope",
                condition=Q(status__in=["DRAFT", "CANCELLED"], declared_at__isnull=True, declared_by__isnull=True)
                | Q(status__in=["OPEN", "CLOSED"], declared_at__isnull=False, declared_by__isnull=False,
                    scoped_at__isnull=False),
            ),
            # What is called back in earnest is held under a nonconformance; a drill never holds anything.
            models.CheckConstraint(
                name="recall_holds_but_drills_do_not",
                condition=Q(kind="DRILL", nonconformance__isnull=True)
                | Q(kind="RECALL", nonconformance__isnull=False)
                | Q(kind="RECALL", status__in=["DRAFT", "CANCELLED"]),
            ),
            models.CheckConstraint(
                name="recall_closed_by_another",
                condition=Q(status="CLOSED", closed_at__isnull=False, closed_by__isnull=False)
                & ~Q(conclusion="") & ~Q(closed_by=F("opened_by")) & ~Q(closed_by=F("declared_by"))
                | ~Q(status="CLOSED") & Q(closed_at__isnull=True, closed_by__isnull=True, conclusion=""),
            ),
            models.CheckConstraint(name="recall_goal_positive", condition=Q(goal_minutes__gte=1)),
        ]
        indexes = [models.Index(fields=["status", "-opened_at"], name="recall_alive")]

    def __str__(self) -> str:
        return self.number

    @property
    def is_drill(self) -> bool:
        return self.kind == RecallKind.DRILL


@pghistory.track()
class RecallTask(models.Model):
    """Something that somebody has to do in a recall until then."""

    recall = models.ForeignKey(Recall, models.PROTECT, related_name="tasks", verbose_name=_("recall"))
    title = models.CharField(_("what is to be done"), max_length=200)
    owner = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("owner"))
    due_at = models.DateTimeField(_("due"))
    made_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("given by"))
    made_at = models.DateTimeField(_("given"))
    done_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("done by")
    )
    done_at = models.DateTimeField(_("done"), null=True)
    outcome = models.CharField(_("what came of it"), max_length=400, blank=True)

    class Meta:
        verbose_name = _("task of a recall")
        verbose_name_plural = _("tasks of recalls")
        ordering = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="recall_task_done_is_whole",
                condition=Q(done_at__isnull=True, done_by__isnull=True, outcome="")
                | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(name="recall_task_says_what", condition=~Q(title="")),
        ]
        indexes = [models.Index(fields=["owner", "due_at"], name="recall_task_open", condition=Q(done_at=None))]

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        """The name of its dialog."""
        return str(self.pk)


class Way(models.TextChoices):
    LETTER = "LETTER", _("Letter")
    MAIL = "MAIL", _("E-mail")
    PHONE = "PHONE", _("Telephone")
    VISIT = "VISIT", pgettext_lazy("recall", "Visit")


class RecallMessage(models.Model):
    """A customer was told of a recall. Written once."""

    recall = models.ForeignKey(Recall, models.PROTECT, related_name="messages", verbose_name=_("recall"))
    customer = models.ForeignKey("plant.Partner", models.PROTECT, related_name="+", verbose_name=_("customer"))
    way = models.CharField(_("how"), max_length=6, choices=Way, default=Way.LETTER)
    contact = models.CharField(_("contact"), max_length=120, blank=True)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("told"))

    class Meta:
        verbose_name = _("message to a customer")
        verbose_name_plural = _("messages to customers")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.recall_id} {self.customer_id}"


class RecallAnswer(models.Model):
    """What a customer says became of pieces that won't come back: used up or destroyed there. Written once."""

    recall = models.ForeignKey(Recall, models.PROTECT, related_name="answers", verbose_name=_("recall"))
    customer = models.ForeignKey("plant.Partner", models.PROTECT, related_name="+", verbose_name=_("customer"))
    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, related_name="+", verbose_name=_("material")
    )
    destroyed = models.DecimalField(_("destroyed there"), max_digits=18, decimal_places=6, default=0)
    used = models.DecimalField(_("used up"), max_digits=18, decimal_places=6, default=0)
    remark = models.CharField(_("what the customer says"), max_length=400)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("answered"))

    class Meta:
        verbose_name = _("answer of a customer")
        verbose_name_plural = _("answers of customers")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="recall_answer_numbers",
                condition=Q(destroyed__gte=0, destroyed__lt=10**12, used__gte=0, used__lt=10**12),
            ),
            models.CheckConstraint(name="recall_answer_says_something", condition=~Q(remark="")),
        ]

    def __str__(self) -> str:
        return f"{self.recall_id} {self.customer_id}"
