"""Checks that operators carry out by rule: what makes one due at an operation, and what came of it."""

from typing import ClassVar

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mes.models.data_value import Answer, DataItem
from mes.models.work_master import Segment
from plant.models import TwoNames
from qms.models import StopsWhat


class CheckTrigger(models.TextChoices):
    """What makes a check due."""

    FIRST_PIECE = "FIRST_PIECE", _("First piece of the work order")
    PIECES = "PIECES", _("Every so many pieces")
    MINUTES = "MINUTES", _("Every so many minutes of work")
    TOOL = "TOOL", _("After a tool change")
    JOB = "JOB", _("After a change of the work order")
    SHIFT = "SHIFT", _("After a change of shift")
    DOWNTIME = "DOWNTIME", _("After the machine stood for so many minutes")


COUNTED = (CheckTrigger.PIECES, CheckTrigger.MINUTES, CheckTrigger.DOWNTIME)
# These judge what is made from now on; the others judge what was made, so nothing more is begun before them.
JUDGE_NEXT = (CheckTrigger.FIRST_PIECE, CheckTrigger.TOOL, CheckTrigger.JOB, CheckTrigger.SHIFT, CheckTrigger.DOWNTIME)


class CheckRule(TwoNames, models.Model):
    """A check of an operation: when it is due, who decides, and whether work waits for it."""

    segment = models.ForeignKey(Segment, models.PROTECT, related_name="checks", verbose_name=_("operation"))
    position = models.PositiveSmallIntegerField(_("order"), default=10)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    trigger = models.CharField(_("when it is due"), max_length=12, choices=CheckTrigger)
    every = models.PositiveIntegerField(
        _("so many pieces or minutes"), null=True, blank=True,
        help_text=_("For checks that count pieces, minutes of work or minutes of standing."),
    )
    is_blocking = models.BooleanField(
        _("work waits for it"), default=True, help_text=_("Nothing leaves the operation as good until it is passed.")
    )
    by_inspector = models.BooleanField(
        _("somebody else approves it"), default=False,
        help_text=_("An inspector, team leader or quality engineer who did not carry it out."),
    )
    stops = models.CharField(
        _("what stands still when it fails"), max_length=9, choices=StopsWhat, default=StopsWhat.NOTHING, blank=True
    )
    instruction = models.TextField(_("what to do"), blank=True)
    instruction_zh = models.TextField(_("what to do, in Chinese"), blank=True)
    plan_line = models.ForeignKey(
        "qms.ControlPlanLine", models.PROTECT, null=True, editable=False, related_name="check_rules",
        verbose_name=_("control plan line"),
    )
    since = models.DateTimeField(_("for work planned since"), null=True, editable=False)
    until = models.DateTimeField(_("for work planned until"), null=True, editable=False)

    class Meta:
        verbose_name = _("operator check")
        verbose_name_plural = _("operator checks")
        ordering: ClassVar[list[str]] = ["segment", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "name"], name="check_rule_name_once", condition=Q(until__isnull=True)
            ),
            models.CheckConstraint(
                name="check_rule_ends_after_it_began",
                condition=Q(until__isnull=True) | Q(since__isnull=True) | Q(until__gte=F("since")),
            ),
            models.CheckConstraint(
                name="check_rule_counts",
                condition=Q(trigger__in=COUNTED, every__gte=1) | (~Q(trigger__in=COUNTED) & Q(every__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """What is counted has a number (the database says so too)."""
        if (self.trigger in COUNTED) != bool(self.every):
            message = gettext("Checks that count pieces or minutes need a number of at least 1; the others have none.")
            raise ValidationError({"every": message})

    @property
    def todo(self) -> str:
        """What to do, in the reader's language."""
        is_chinese = (get_language() or "").startswith("zh")
        return (is_chinese and self.instruction_zh) or self.instruction


class CheckStatus(models.TextChoices):
    DUE = "DUE", _("Due")
    ENTERED = "ENTERED", _("Awaits approval")
    PASSED = "PASSED", _("Passed")
    FAILED = "FAILED", pgettext_lazy("check", "Failed")
    WAIVED = "WAIVED", _("Left out")


OPEN_CHECKS = (CheckStatus.DUE, CheckStatus.ENTERED)


@pghistory.track()
class OperatorCheck(models.Model):
    """A check that is or was due of an operation of a work order at a station; never two of one rule at a time."""

    LIFECYCLE = {
        CheckStatus.DUE: (CheckStatus.ENTERED, CheckStatus.PASSED, CheckStatus.FAILED, CheckStatus.WAIVED),
        CheckStatus.ENTERED: (CheckStatus.PASSED, CheckStatus.FAILED, CheckStatus.WAIVED),
        CheckStatus.PASSED: (),
        CheckStatus.FAILED: (),
        CheckStatus.WAIVED: (),
    }

    rule = models.ForeignKey(CheckRule, models.PROTECT, related_name="+", verbose_name=_("check"))
    job_segment = models.ForeignKey(
        "mes.JobSegment", models.PROTECT, related_name="checks", verbose_name=_("operation of a work order")
    )
    station = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("station"))
    status = models.CharField(_("status"), max_length=8, choices=CheckStatus, default=CheckStatus.DUE)
    repeats = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="repeated", verbose_name=_("repeats the failed check")
    )
    due_at = models.DateTimeField(_("due since"))
    done_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("carried out by")
    )
    done_at = models.DateTimeField(_("carried out"), null=True)
    decided_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    remark = models.TextField(_("remark"), blank=True)

    class Meta:
        verbose_name = _("due check")
        verbose_name_plural = _("due checks")
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "job_segment", "station"], name="operator_check_open_once",
                condition=Q(status__in=OPEN_CHECKS),
            ),
            models.CheckConstraint(
                name="operator_check_approved_by_another",
                condition=Q(decided_by__isnull=True) | Q(done_by__isnull=True) | ~Q(decided_by=F("done_by")),
            ),
            models.CheckConstraint(
                name="operator_check_is_whole",
                condition=Q(status="DUE", done_at__isnull=True, decided_at__isnull=True)
                | Q(status="ENTERED", done_at__isnull=False, decided_at__isnull=True)
                | Q(status__in=["PASSED", "FAILED"], done_at__isnull=False)
                | (Q(status="WAIVED", decided_at__isnull=False) & ~Q(remark="")),
            ),
        ]
        indexes = [models.Index(fields=["station", "status"], name="operator_check_here")]

    def __str__(self) -> str:
        return f"{self.rule.name} · {self.station.code}"

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_CHECKS

    @property
    def judges_next(self) -> bool:
        """Whether it needs a part that is still to be made."""
        return self.repeats_id is not None or self.rule.trigger in JUDGE_NEXT


class CheckOccasion(models.Model):
    """What made a check due. One event counts once, however often it is noticed; several may share one check."""

    check_due = models.ForeignKey(OperatorCheck, models.PROTECT, related_name="occasions")
    rule = models.ForeignKey(CheckRule, models.PROTECT, related_name="+")
    job_segment = models.ForeignKey("mes.JobSegment", models.PROTECT, related_name="+")
    station = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    detail = models.CharField(max_length=160, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("occasion of a check")
        verbose_name_plural = _("occasions of checks")
        constraints = [
            models.UniqueConstraint(fields=["rule", "job_segment", "station", "key"], name="check_occasion_once"),
        ]

    def __str__(self) -> str:
        return self.key


class CheckValue(Answer):
    """A value that was entered in a check. Written once."""

    check_due = models.ForeignKey(OperatorCheck, models.PROTECT, related_name="values")
    item = models.ForeignKey(DataItem, models.PROTECT, related_name="check_values")

    class Meta:
        verbose_name = _("value of a check")
        verbose_name_plural = _("values of checks")
        ordering: ClassVar[list[str]] = ["check_due", "item__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["check_due", "item"], name="check_value_once"),
            models.CheckConstraint(name="check_value_says_something", condition=Q(number__isnull=False) | ~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.text}"

    @property
    def photo_url(self) -> str:
        """Where the picture is served, if it is one."""
        return reverse("mes:check-media", args=[self.pk]) if self.key else ""
