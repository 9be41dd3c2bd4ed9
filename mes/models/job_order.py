"""Orders: what the ERP asks for, and what the floor is told to do."""

import pghistory
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from traceability.models import CaptureWay


class WorkRequestStatus(models.TextChoices):
    OPEN = "OPEN", pgettext_lazy("order", "Open")
    RELEASED = "RELEASED", pgettext_lazy("order", "Released")
    COMPLETED = "COMPLETED", _("Completed")
    CANCELLED = "CANCELLED", _("Cancelled")


@pghistory.track()
class WorkRequest(models.Model):
    """A production order: so many of a material until a day."""

    LIFECYCLE = {
        WorkRequestStatus.OPEN: (WorkRequestStatus.RELEASED, WorkRequestStatus.CANCELLED),
        WorkRequestStatus.RELEASED: (WorkRequestStatus.COMPLETED, WorkRequestStatus.CANCELLED),
        WorkRequestStatus.COMPLETED: (),
        WorkRequestStatus.CANCELLED: (),
    }

    number = models.CharField(_("number"), max_length=40, unique=True)
    material = models.ForeignKey("plant.MaterialDefinition", models.PROTECT, verbose_name=_("material"))
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=6)
    status = models.CharField(_("status"), max_length=10, choices=WorkRequestStatus, default=WorkRequestStatus.OPEN)
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    customer = models.ForeignKey(
        "plant.Partner", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("customer")
    )
    priority = models.PositiveSmallIntegerField(_("priority"), default=50)
    due_at = models.DateTimeField(_("due"))
    created_at = models.DateTimeField(_("created"))

    class Meta:
        verbose_name = _("production order")
        verbose_name_plural = _("production orders")
        constraints = [
            models.CheckConstraint(name="work_request_positive", condition=Q(quantity__gt=0, quantity__lt=10**12)),
        ]
        indexes = [models.Index(fields=["status", "due_at"], name="work_request_due")]

    def __str__(self) -> str:
        return self.number


class JobOrderStatus(models.TextChoices):
    PLANNED = "PLANNED", _("Planned")
    RELEASED = "RELEASED", pgettext_lazy("order", "Released")
    DISPATCHED = "DISPATCHED", _("Dispatched")
    RUNNING = "RUNNING", _("Running")
    PAUSED = "PAUSED", _("Paused")
    COMPLETED = "COMPLETED", _("Completed")
    CANCELLED = "CANCELLED", _("Cancelled")


ON_LINE = (JobOrderStatus.RUNNING, JobOrderStatus.PAUSED, JobOrderStatus.DISPATCHED)  # a line has it; what runs, first
OPEN_JOBS = (JobOrderStatus.RELEASED, *ON_LINE)
NOT_ENDED = (JobOrderStatus.PLANNED, *OPEN_JOBS)


@pghistory.track()
class JobOrder(models.Model):
    """A work order: a part of a production order, on a line, by one pinned revision of the routing.

    What it takes stands in its own list (`JobMaterial`), copied from the bill that was effective when it was planned.
    """

    LIFECYCLE = {
        JobOrderStatus.PLANNED: (JobOrderStatus.RELEASED, JobOrderStatus.CANCELLED),
        JobOrderStatus.RELEASED: (JobOrderStatus.DISPATCHED, JobOrderStatus.CANCELLED),
        JobOrderStatus.DISPATCHED: (JobOrderStatus.RUNNING, JobOrderStatus.RELEASED, JobOrderStatus.CANCELLED),
        JobOrderStatus.RUNNING: (JobOrderStatus.PAUSED, JobOrderStatus.COMPLETED),
        JobOrderStatus.PAUSED: (JobOrderStatus.RUNNING, JobOrderStatus.COMPLETED, JobOrderStatus.CANCELLED),
        JobOrderStatus.COMPLETED: (),
        JobOrderStatus.CANCELLED: (),
    }

    number = models.CharField(_("number"), max_length=40, unique=True)
    work_request = models.ForeignKey(
        WorkRequest, models.PROTECT, related_name="job_orders", verbose_name=_("production order")
    )
    work_master = models.ForeignKey("mes.WorkMaster", models.PROTECT, verbose_name=_("routing"))
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=6)
    status = models.CharField(_("status"), max_length=10, choices=JobOrderStatus, default=JobOrderStatus.PLANNED)
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    line = models.ForeignKey(
        "plant.Equipment", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("line")
    )
    planned_at = models.DateTimeField(_("planned"))
    planned_start_at = models.DateTimeField(_("planned start"), null=True, blank=True)
    due_at = models.DateTimeField(_("due"))
    started_at = models.DateTimeField(_("started"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("work order")
        verbose_name_plural = _("work orders")
        constraints = [
            models.CheckConstraint(name="job_order_positive", condition=Q(quantity__gt=0, quantity__lt=10**12)),
            models.CheckConstraint(
                name="job_order_dispatched_has_line",
                condition=Q(status__in=["PLANNED", "RELEASED", "CANCELLED"]) | Q(line__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["status", "due_at"], name="job_order_due")]

    def __str__(self) -> str:
        return self.number


class JobSegment(models.Model):
    """One operation of one work order: where it stands, its turn at its station, and how many came out how.

    The smallest rank is next. Ranks leave room between them (mes/queueing.py), so a card that moves is one row written.
    """

    job_order = models.ForeignKey(JobOrder, models.PROTECT, related_name="segments")
    segment = models.ForeignKey("mes.Segment", models.PROTECT, related_name="+")
    station = models.ForeignKey(
        "plant.Equipment", models.PROTECT, null=True, related_name="+", verbose_name=_("station")
    )
    person = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("operator")
    )
    rank = models.BigIntegerField(_("place in the station's queue"), null=True)
    good = models.DecimalField(_("good"), max_digits=18, decimal_places=6, default=0)
    scrap = models.DecimalField(_("scrap"), max_digits=18, decimal_places=6, default=0)
    rework = models.DecimalField(_("rework"), max_digits=18, decimal_places=6, default=0)
    started_at = models.DateTimeField(_("started"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("operation of a work order")
        verbose_name_plural = _("operations of a work order")
        ordering = ["job_order", "segment__sequence"]
        constraints = [
            models.UniqueConstraint(fields=["job_order", "segment"], name="job_segment_once"),
            models.UniqueConstraint(fields=["station", "rank"], name="job_segment_rank_once"),
            models.CheckConstraint(
                name="job_segment_rank_at_station", condition=Q(rank__isnull=True) | Q(station__isnull=False)
            ),
            models.CheckConstraint(
                name="job_segment_not_negative",
                condition=Q(
                    good__gte=0, scrap__gte=0, rework__gte=0, good__lt=10**12, scrap__lt=10**12, rework__lt=10**12
                ),
            ),
        ]


class JobResponse(models.Model):
    """A report of work: good, scrap and rework of one lot at one operation, in one act. Written once.

    What quality decides counts where the pieces lay, with the number of its nonconformance; finished pieces that it
    takes out of stock again count as less good.
    """

    job_segment = models.ForeignKey(JobSegment, models.PROTECT, related_name="responses")
    lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, related_name="+")
    station = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+")
    person = models.ForeignKey("plant.Person", models.PROTECT, related_name="+")
    good = models.DecimalField(max_digits=18, decimal_places=6)
    scrap = models.DecimalField(max_digits=18, decimal_places=6, default=0)
    rework = models.DecimalField(max_digits=18, decimal_places=6, default=0)
    reason = models.ForeignKey("plant.ReasonCode", models.PROTECT, null=True, related_name="+")
    nonconformance = models.CharField(max_length=40, blank=True)
    way = models.CharField(_("how it came in"), max_length=4, blank=True, choices=CaptureWay)  # set by zz_came_in
    started_at = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("work report")
        verbose_name_plural = _("work reports")
        constraints = [
            models.CheckConstraint(
                name="job_response_counts",
                condition=Q(scrap__gte=0, rework__gte=0, good__lt=10**12, scrap__lt=10**12, rework__lt=10**12)
                & (Q(good__gte=0) | (~Q(nonconformance="") & Q(good__gt=-(10**12)))),
            ),
            models.CheckConstraint(
                name="job_response_bad_has_reason",
                condition=Q(scrap=0, rework=0) | Q(reason__isnull=False) | ~Q(nonconformance=""),
            ),
        ]
        indexes = [BrinIndex(fields=["at"], name="job_response_when", autosummarize=True)]
