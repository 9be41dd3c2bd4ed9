"""Inspections: tasks with samples, results and a verdict."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from qms.models.sampling import Level, Sampling, SeriesStage, Standard
from qms.models.trigger import InspectionKind
from traceability.models import Source


class InspectionStatus(models.TextChoices):
    OPEN = "OPEN", _("To do")
    IN_PROGRESS = "IN_PROGRESS", _("In progress")
    DECIDED = "DECIDED", _("Decided")
    CANCELLED = "CANCELLED", _("Cancelled")


class Verdict(models.TextChoices):
    PASS = "PASS", _("Pass")
    CONDITIONAL = "COND", _("Accepted with restrictions")
    FAIL = "FAIL", _("Fail")


class Inspection(models.Model):
    """A task to check a lot at an operation. The same trigger never makes two."""

    LIFECYCLE = {
        InspectionStatus.OPEN: (InspectionStatus.IN_PROGRESS, InspectionStatus.DECIDED, InspectionStatus.CANCELLED),
        InspectionStatus.IN_PROGRESS: (
            InspectionStatus.OPEN, InspectionStatus.DECIDED, InspectionStatus.CANCELLED
        ),
        InspectionStatus.DECIDED: (),
        InspectionStatus.CANCELLED: (),
    }

    number = models.CharField(_("number"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=5, choices=InspectionKind)
    status = models.CharField(_("status"), max_length=12, choices=InspectionStatus, default=InspectionStatus.OPEN)
    verdict = models.CharField(_("verdict"), max_length=5, choices=Verdict, blank=True)
    computed = models.CharField(_("verdict by the results"), max_length=5, choices=Verdict, blank=True)
    restrictions = models.TextField(_("restrictions"), blank=True)
    verdict_reason = models.TextField(_("why otherwise than the results"), blank=True)
    signature = models.ForeignKey("plant.Signature", models.PROTECT, null=True, related_name="+")
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, related_name="inspections")
    job_order = models.CharField(_("work order"), max_length=40, blank=True)
    operation = models.CharField(_("operation"), max_length=40, blank=True)
    equipment = models.ForeignKey("plant.Equipment", models.PROTECT, null=True, related_name="+")
    trigger = models.CharField(max_length=160, unique=True)
    blocking = models.BooleanField(_("holds the lot until decided"), default=False)
    due_at = models.DateTimeField(_("due"))
    escalations = models.PositiveSmallIntegerField(_("escalations"), default=0)
    inspector = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("inspector")
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    created_at = models.DateTimeField(_("created"))
    repeats = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="repeated_by", verbose_name=_("repeats")
    )  # an inspection of the same lot once more; its result changes no series

    class Meta:
        verbose_name = _("inspection")
        verbose_name_plural = _("inspections")
        constraints = [
            models.CheckConstraint(
                name="inspection_decided_has_verdict",
                condition=Q(status="DECIDED", decided_at__isnull=False, inspector__isnull=False) & ~Q(verdict="")
                & Q(computed__in=["PASS", "FAIL"])
                | (~Q(status="DECIDED") & Q(verdict="", computed="", decided_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="inspection_otherwise_is_signed",
                condition=Q(verdict=F("computed"), signature__isnull=True)
                | Q(signature__isnull=False) & ~Q(verdict_reason=""),
            ),
            models.CheckConstraint(
                name="inspection_restricted_says_how",
                condition=Q(verdict="COND") & ~Q(restrictions="") | ~Q(verdict="COND") & Q(restrictions=""),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "due_at"], name="inspection_queue"),
            models.Index(F("decided_at").desc(nulls_last=True), F("id").desc(), name="inspection_decided"),
        ]

    def __str__(self) -> str:
        return self.number


class InspectionItem(models.Model):
    """One characteristic to check, with the limits and the sampling plan that held when the task was made."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="items")
    characteristic = models.ForeignKey("qms.Characteristic", models.PROTECT)
    plan_line = models.ForeignKey("qms.ControlPlanLine", models.PROTECT, null=True, related_name="items")
    sample_size = models.PositiveIntegerField(default=1)
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)
    sampling = models.CharField(max_length=5, choices=Sampling, default=Sampling.FIXED)
    lot_size = models.PositiveIntegerField(null=True)
    standard = models.CharField(max_length=12, choices=Standard, blank=True)
    level = models.CharField(max_length=3, choices=Level, blank=True)
    aql = models.CharField(max_length=5, blank=True)
    severity = models.CharField(max_length=12, choices=SeriesStage, blank=True)
    letter = models.CharField(max_length=1, blank=True)
    ac = models.PositiveIntegerField(default=0)
    re = models.PositiveIntegerField(default=1)
    series = models.ForeignKey("qms.SamplingSeries", models.PROTECT, null=True, related_name="items")
    gauge_type = models.ForeignKey("qms.GaugeType", models.PROTECT, null=True, related_name="+")
    clearance = models.PositiveSmallIntegerField(default=0)
    may_reduce = models.BooleanField(default=False)
    found = models.PositiveIntegerField(null=True)  # when it was decided
    accepted = models.BooleanField(null=True)

    @property
    def key(self) -> str:
        """As addresses name it."""
        return str(self.pk)

    @property
    def sources(self) -> list[str]:
        """How its values came (names of Source), each way once; what is judged by eye is entered by hand."""
        ways = {Source(one.source).name for one in self.results.all()}
        return sorted(ways | {Source.MANUAL.name for _count in self.counts.all()})

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "characteristic"], name="inspection_item_once"),
            models.CheckConstraint(
                name="inspection_item_numbers", condition=Q(sample_size__gte=1, re__gt=F("ac"))
            ),
            models.CheckConstraint(
                name="inspection_item_aql",
                condition=~Q(sampling="AQL") | Q(lot_size__isnull=False) & ~Q(aql="") & ~Q(letter="") & ~Q(severity=""),
            ),
            models.CheckConstraint(
                name="inspection_item_decided",
                condition=Q(found__isnull=True, accepted__isnull=True) | Q(found__isnull=False, accepted__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["series", "-id"], name="inspection_item_series")]


class InspectionResult(models.Model):
    """One measured sample. A correction supersedes it with a reason; nothing is overwritten."""

    item = models.ForeignKey(InspectionItem, models.PROTECT, related_name="results")
    sample = models.PositiveIntegerField()
    value = models.FloatField()
    passed = models.BooleanField()
    source = models.SmallIntegerField(choices=Source, default=Source.MANUAL)
    gauge = models.ForeignKey("qms.Gauge", models.PROTECT, null=True, related_name="+")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["sample", "id"]
        constraints = [
            models.CheckConstraint(name="result_sample_counts_from_one", condition=Q(sample__gte=1)),
            models.CheckConstraint(name="result_is_number", condition=Q(value__gt=-1e300, value__lt=1e300)),
            models.UniqueConstraint(
                fields=["item", "sample"], name="result_first_once", condition=Q(supersedes__isnull=True)
            ),
        ]
        indexes = [models.Index(fields=["gauge", "at"], name="result_of_gauge", condition=Q(gauge__isnull=False))]


class InspectionCount(models.Model):
    """Pieces that were looked at, and how many were not good. A task may have several; a correction supersedes one."""

    item = models.ForeignKey(InspectionItem, models.PROTECT, related_name="counts")
    inspected = models.PositiveIntegerField(_("looked at"))
    found = models.PositiveIntegerField(_("not good"))
    gauge = models.ForeignKey("qms.Gauge", models.PROTECT, null=True, related_name="+")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    reason = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="inspection_count_of_some", condition=Q(inspected__gte=1) | Q(supersedes__isnull=False, found=0)
            ),
        ]
        indexes = [models.Index(fields=["gauge", "at"], name="count_of_gauge", condition=Q(gauge__isnull=False))]


class DefectMark(models.Model):
    """Where on its drawing a defect was found, in percent from left and top. One that is taken away stays known."""

    item = models.ForeignKey(InspectionItem, models.PROTECT, related_name="marks")
    reason = models.ForeignKey("plant.ReasonCode", models.PROTECT, related_name="+", verbose_name=_("defect"))
    drawing = models.ForeignKey("qms.Drawing", models.PROTECT, related_name="marks", verbose_name=_("drawing"))
    page = models.PositiveSmallIntegerField(_("page"), default=1)
    x = models.DecimalField(_("from the left"), max_digits=5, decimal_places=2)
    y = models.DecimalField(_("from the top"), max_digits=5, decimal_places=2)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    removed_by = models.ForeignKey("plant.Person", models.PROTECT, null=True, related_name="+")
    removed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("mark of a defect")
        verbose_name_plural = _("marks of defects")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="defect_mark_on_its_page", condition=Q(page__gte=1, x__gte=0, x__lte=100, y__gte=0, y__lte=100)
            ),
            models.CheckConstraint(
                name="defect_mark_removed_by_somebody",
                condition=Q(removed_at__isnull=True, removed_by__isnull=True)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["drawing", "page"], name="defect_mark_place")]

    def __str__(self) -> str:
        return f"{self.drawing} {self.page} ({self.x}, {self.y})"


class InspectionDefect(models.Model):
    """How often a defect was found among the pieces that were looked at."""

    count = models.ForeignKey(InspectionCount, models.PROTECT, related_name="defects")
    reason = models.ForeignKey("plant.ReasonCode", models.PROTECT, related_name="+", verbose_name=_("defect"))
    quantity = models.PositiveIntegerField(_("how often"))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["count", "reason"], name="inspection_defect_once"),
            models.CheckConstraint(name="inspection_defect_some", condition=Q(quantity__gte=1)),
        ]
