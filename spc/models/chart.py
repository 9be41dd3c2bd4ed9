"""Control charts, their frozen limits, and the violations found on them."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plant.models import Role
from spc.models.kinds import COUNTED, REMEMBERED, ChartKind, Sampling


@pghistory.track(exclude=["evaluated_at", "evaluated_seq"])
class ControlChart(models.Model):
    """One characteristic on one stream, judged by a set of rules up to a high-water mark."""

    code = models.CharField(_("code"), max_length=80, unique=True)
    stream = models.ForeignKey(
        "traceability.Stream", models.PROTECT, related_name="charts", verbose_name=_("stream")
    )
    line = models.ForeignKey(
        "qms.ControlPlanLine", models.PROTECT, related_name="charts", verbose_name=_("control plan line")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=ChartKind, default=ChartKind.INDIVIDUALS)
    subgroup_size = models.PositiveSmallIntegerField(_("subgroup size"), default=1)
    sampling = models.CharField(_("sampling"), max_length=8, choices=Sampling, default=Sampling.IN_A_ROW)
    every_seconds = models.PositiveIntegerField(_("interval in seconds"), null=True, blank=True)
    only_its_product = models.BooleanField(_("only while its product is there"), default=False)
    rules = models.JSONField(_("rules"), blank=True)
    settings = models.JSONField(_("settings of the kind"), default=dict, blank=True)
    definition = models.ForeignKey(
        "spc.ChartDefinition", models.PROTECT, null=True, editable=False, related_name="charts",
        verbose_name=_("definition"),
    )
    definition_key = models.CharField(max_length=240, blank=True, editable=False)
    active = models.BooleanField(_("active"), default=True)
    judged_from = models.DateTimeField(_("judged again from"), null=True, editable=False)
    evaluated_at = models.DateTimeField(_("judged up to"), null=True, editable=False)
    evaluated_seq = models.BigIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("control chart")
        verbose_name_plural = _("control charts")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="chart_subgroup_fits_kind",
                condition=(~Q(kind__in=["XBAR_R", "XBAR_S"]) & Q(subgroup_size=1))
                | Q(kind__in=["XBAR_R", "XBAR_S"], subgroup_size__gte=2, subgroup_size__lte=25),
            ),
            models.CheckConstraint(
                name="chart_interval_fits_sampling",
                condition=Q(sampling="TIME", every_seconds__gte=1, every_seconds__lte=86400)
                | (~Q(sampling="TIME") & Q(every_seconds__isnull=True)),
            ),
            models.UniqueConstraint(
                fields=["definition", "definition_key"], name="chart_of_definition_once",
                condition=Q(definition__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_remembered(self) -> bool:
        """Each point rests on all before it."""
        return self.kind in REMEMBERED

    @property
    def is_counted(self) -> bool:
        """Its readings are counts in samples of some size."""
        return self.kind in COUNTED

    @property
    def is_varying(self) -> bool:
        """It has one panel, and its lines may differ from point to point."""
        return self.is_remembered or self.is_counted


class LimitSet(models.Model):
    """Limits frozen by a person: later readings are judged by these, old points keep theirs. Written once."""

    chart = models.ForeignKey(ControlChart, models.PROTECT, related_name="limit_sets", verbose_name=_("chart"))
    version = models.PositiveIntegerField(_("version"))
    center = models.FloatField(_("centre line"))
    sigma = models.FloatField(_("sigma of the plotted point"))
    lower = models.FloatField(_("LCL"))
    upper = models.FloatField(_("UCL"))
    range_center = models.FloatField(_("mean range"), null=True)
    range_upper = models.FloatField(_("UCL of the range"), null=True)
    settings = models.JSONField(_("settings of the kind"), default=dict)
    estimator = models.CharField(_("estimator"), max_length=20)
    points = models.PositiveIntegerField(_("from points"))
    data_from = models.DateTimeField(_("data from"), null=True)
    data_to = models.DateTimeField(_("data to"), null=True)
    provisional = models.BooleanField(_("provisional"), default=False)
    reason = models.TextField(_("reason"))
    frozen_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("frozen by"))
    valid_from = models.DateTimeField(_("valid from"))

    class Meta:
        verbose_name = _("limit version")
        verbose_name_plural = _("limit versions")
        ordering = ["chart", "version"]
        constraints = [
            models.UniqueConstraint(fields=["chart", "version"], name="limits_version_once"),
            models.UniqueConstraint(fields=["chart", "valid_from"], name="limits_start_once"),
            models.CheckConstraint(
                name="limits_in_order",
                condition=Q(sigma__gt=0, sigma__lt=1e300, lower__lt=F("center"), upper__gt=F("center")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.chart.code} / {self.version}"


class ViolationStatus(models.TextChoices):
    OPEN = "OPEN", _("Open")
    ACKNOWLEDGED = "ACKNOWLEDGED", _("Acknowledged")
    CLOSED = "CLOSED", _("Closed")
    FALSE_ALARM = "FALSE_ALARM", _("False alarm")


@pghistory.track(exclude=["ended_at", "last_at"])
class Violation(models.Model):
    """One stretch in which a chart was out of control: it opens once, however many rules fire in it."""

    LIFECYCLE = {
        ViolationStatus.OPEN: (ViolationStatus.ACKNOWLEDGED,),
        ViolationStatus.ACKNOWLEDGED: (ViolationStatus.CLOSED, ViolationStatus.FALSE_ALARM),
        ViolationStatus.CLOSED: (),
        ViolationStatus.FALSE_ALARM: (),
    }

    chart = models.ForeignKey(ControlChart, models.PROTECT, related_name="violations", verbose_name=_("chart"))
    limits = models.ForeignKey(LimitSet, models.PROTECT, related_name="+", verbose_name=_("limits"))
    status = models.CharField(_("status"), max_length=14, choices=ViolationStatus, default=ViolationStatus.OPEN)
    rule = models.CharField(_("first rule"), max_length=40)
    at = models.DateTimeField(_("at"))
    seq = models.BigIntegerField()
    value = models.FloatField(_("value"))
    last_good_at = models.DateTimeField(_("last good reading"), null=True)
    last_at = models.DateTimeField(_("last flagged point"))
    ended_at = models.DateTimeField(_("back in control"), null=True)
    nonconformance = models.ForeignKey(
        "qms.Nonconformance", models.PROTECT, null=True, related_name="violations", verbose_name=_("nonconformance")
    )
    owner_role = models.CharField(_("goes to"), max_length=20, choices=Role)
    owner = models.ForeignKey("plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("owner"))
    respond_by = models.DateTimeField(_("answer by"))
    escalations = models.PositiveSmallIntegerField(default=0)
    acknowledged_by = models.ForeignKey("plant.Person", models.PROTECT, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(_("acknowledged"), null=True)
    snoozed_until = models.DateTimeField(_("put off until"), null=True)
    cause = models.ForeignKey(
        "plant.ReasonCode", models.PROTECT, null=True, related_name="+", verbose_name=_("kind of cause")
    )
    assignable_cause = models.TextField(_("assignable cause"), blank=True)
    action_taken = models.TextField(_("action taken"), blank=True)
    closed_at = models.DateTimeField(_("answered for good"), null=True)
    detected_at = models.DateTimeField(_("detected"))

    class Meta:
        verbose_name = _("violation")
        verbose_name_plural = _("violations")
        constraints = [
            models.UniqueConstraint(
                fields=["chart"], name="violation_one_running", condition=Q(ended_at__isnull=True)
            ),
            models.UniqueConstraint(fields=["chart", "rule", "at", "seq"], name="violation_trigger_once"),
        ]
        indexes = [models.Index(fields=["status", "respond_by"], name="violation_unanswered")]

    def __str__(self) -> str:
        return f"{self.chart.code} #{self.pk}"


class ViolationPoint(models.Model):
    """A flagged point of a violation, and the rule that flagged it. Written once."""

    violation = models.ForeignKey(Violation, models.PROTECT, related_name="flags")
    chart = models.ForeignKey(ControlChart, models.PROTECT, related_name="+")
    rule = models.CharField(max_length=40)
    at = models.DateTimeField()
    seq = models.BigIntegerField()
    value = models.FloatField()
    window_from = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chart", "rule", "at", "seq"], name="violation_point_once"),
        ]
