"""Work that stands still because something is not in order, and what puts that right."""

from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plant.models import Role
from plant.statements import StatementField


class StopScope(models.TextChoices):
    """What stands still."""

    OPERATION = "OPERATION", _("Operation of a work order")
    STATION = "STATION", _("Station")
    LINE = "LINE", _("Line")


class StoppageSource(models.TextChoices):
    """Who or what found it not in order."""

    PERSON = "PERSON", _("A person")
    CHECK = "CHECK", _("Failed check")
    REJECTS = "REJECTS", _("Reject rate")
    CASE = "CASE", _("Nonconformance")
    CAPA = "CAPA", _("CAPA")
    VIOLATION = "VIOLATION", _("Control chart")
    DEVIATION = "DEVIATION", _("Golden parameter")


# These stop once for what they found.
RULES = (StoppageSource.CHECK, StoppageSource.REJECTS, StoppageSource.VIOLATION, StoppageSource.DEVIATION)


class StoppageStatus(models.TextChoices):
    STOPPED = "STOPPED", _("Stopped")
    RESUMED = "RESUMED", _("Resumed, rectification open")
    CLOSED = "CLOSED", _("Closed")


@pghistory.track()
class Stoppage(models.Model):
    """One stop: its hold keeps everybody from going on until somebody with the right lets it go on.

    Closed once it goes on and everything that puts it right is verified.
    """

    LIFECYCLE = {
        StoppageStatus.STOPPED: (StoppageStatus.RESUMED,),
        StoppageStatus.RESUMED: (StoppageStatus.CLOSED,),
        StoppageStatus.CLOSED: (),
    }

    scope = models.CharField(_("what stands still"), max_length=9, choices=StopScope)
    equipment = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("place"))
    job_segment = models.ForeignKey(
        "mes.JobSegment", models.PROTECT, null=True, related_name="stoppages",
        verbose_name=_("operation of a work order"),
    )
    hold = models.OneToOneField("traceability.Hold", models.PROTECT, null=True, related_name="+")
    status = models.CharField(_("status"), max_length=7, choices=StoppageStatus, default=StoppageStatus.STOPPED)
    source_kind = models.CharField(_("found by"), max_length=9, choices=StoppageSource)
    source_id = models.CharField(max_length=60, blank=True)
    reason = StatementField(_("reason"))
    stopped_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("stopped by"))
    stopped_at = models.DateTimeField(_("stopped"))
    resumed_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("resumed by")
    )
    resumed_at = models.DateTimeField(_("resumed"), null=True)
    resume_reason = models.TextField(_("why it may go on"), blank=True)
    signature = models.ForeignKey("plant.Signature", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("stoppage")
        verbose_name_plural = _("stoppages")
        constraints = [
            models.UniqueConstraint(
                fields=["source_kind", "source_id"], name="stoppage_source_once", condition=Q(source_kind__in=RULES)
            ),
            models.CheckConstraint(
                name="stoppage_operation_iff_scope",
                condition=Q(scope="OPERATION", job_segment__isnull=False)
                | (~Q(scope="OPERATION") & Q(job_segment__isnull=True)),
            ),
            models.CheckConstraint(
                name="stoppage_resume_is_whole",
                condition=Q(status="STOPPED", resumed_at__isnull=True, resumed_by__isnull=True, resume_reason="")
                | (Q(resumed_at__isnull=False, resumed_by__isnull=False) & ~Q(status="STOPPED") & ~Q(resume_reason="")),
            ),
            models.CheckConstraint(name="stoppage_has_reason", condition=~Q(reason="")),
        ]
        indexes = [models.Index(fields=["status", "-stopped_at"], name="stoppage_open")]

    def __str__(self) -> str:
        return f"{self.label} #{self.pk}"

    @property
    def label(self) -> str:
        """What stands still, in few words."""
        row = self.job_segment
        return f"{row.job_order.number} · {row.segment.code}" if row else self.equipment.code

    @property
    def is_signed(self) -> bool:
        """Whether going on takes a signature: a station or a line, more than one operation's affair."""
        return self.scope != StopScope.OPERATION


class RectificationStatus(models.TextChoices):
    OPEN = "OPEN", _("Open")
    DONE = "DONE", _("Done, to be verified")
    VERIFIED = "VERIFIED", _("Verified")


@pghistory.track()
class Rectification(models.Model):
    """Something that puts right what a stop was for: by whom, until when, and the evidence that it was done."""

    LIFECYCLE = {
        RectificationStatus.OPEN: (RectificationStatus.DONE,),
        RectificationStatus.DONE: (RectificationStatus.VERIFIED, RectificationStatus.OPEN),
        RectificationStatus.VERIFIED: (),
    }

    stoppage = models.ForeignKey(Stoppage, models.PROTECT, related_name="rectifications", verbose_name=_("stoppage"))
    what = StatementField(_("what is to be done"))
    owner_role = models.CharField(_("goes to"), max_length=20, choices=Role, default=Role.TEAM_LEADER)
    owner = models.ForeignKey("plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("owner"))
    due_at = models.DateTimeField(_("due"))
    before_resume = models.BooleanField(_("needed before it goes on"), default=False)
    status = models.CharField(_("status"), max_length=8, choices=RectificationStatus, default=RectificationStatus.OPEN)
    evidence = models.TextField(_("evidence"), blank=True)
    done_by = models.ForeignKey("plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("done by"))
    done_at = models.DateTimeField(_("done"), null=True)
    verified_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("verified by")
    )
    verified_at = models.DateTimeField(_("verified"), null=True)
    escalations = models.PositiveSmallIntegerField(_("escalations"), default=0)
    at = models.DateTimeField(_("asked for"))

    class Meta:
        verbose_name = _("rectification")
        verbose_name_plural = _("rectifications")
        ordering: ClassVar[list[str]] = ["due_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="rectification_done_with_evidence",
                condition=Q(status="OPEN", done_at__isnull=True)
                | (Q(done_at__isnull=False, done_by__isnull=False) & ~Q(status="OPEN") & ~Q(evidence="")),
            ),
            models.CheckConstraint(
                name="rectification_verified_by_another",
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("done_by")),
            ),
            models.CheckConstraint(
                name="rectification_verified_is_whole",
                condition=(Q(status="VERIFIED") & Q(verified_by__isnull=False, verified_at__isnull=False))
                | (~Q(status="VERIFIED") & Q(verified_by__isnull=True, verified_at__isnull=True)),
            ),
        ]
        indexes = [models.Index(fields=["status", "due_at"], name="rectification_due")]

    def __str__(self) -> str:
        return str(self.what)
