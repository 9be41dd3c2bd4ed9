"""Control plans: which characteristics are watched at which operation, how, how often, and because of which risk."""

import uuid
from typing import ClassVar

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plant.models import Reviewed, review_constraints
from qms.models.sampling import SampledLine, line_constraints
from qms.models.trigger import InspectionKind


class PlanStage(models.TextChoices):
    PROTOTYPE = "PROTOTYPE", _("Prototype")
    PRELAUNCH = "PRELAUNCH", _("Pre-launch")
    PRODUCTION = "PRODUCTION", pgettext_lazy("control plan", "Production")


class ControlPlan(Reviewed):
    """Which characteristics are watched at which operation of a material."""

    material = models.ForeignKey("plant.MaterialDefinition", models.PROTECT, verbose_name=_("material"))
    name = models.CharField(_("name"), max_length=120)
    stage = models.CharField(_("stage"), max_length=10, choices=PlanStage, default=PlanStage.PRODUCTION)
    routing = models.CharField(
        _("routing"), max_length=40, blank=True,
        help_text=_("The code of the work master whose operations it watches; empty: whatever makes the material."),
    )

    class Meta:
        verbose_name = _("control plan")
        verbose_name_plural = _("control plans")
        constraints = review_constraints("control_plan")


class CheckMethod(models.TextChoices):
    SPC = "SPC", _("Control chart")
    INSPECTION = "INSPECTION", _("Inspection")
    OPERATOR = "OPERATOR", _("Operator check")


class FloorTrigger(models.TextChoices):
    """What makes an operator check or an inspection due; production knows the same words. None: each lot."""

    NONE = "", pgettext_lazy("what makes a check due", "—")
    FIRST_PIECE = "FIRST_PIECE", _("First piece of the work order")
    PIECES = "PIECES", _("Every so many pieces")
    MINUTES = "MINUTES", _("Every so many minutes of work")
    TOOL = "TOOL", _("After a tool change")
    JOB = "JOB", _("After a change of the work order")
    SHIFT = "SHIFT", _("After a change of shift")
    DOWNTIME = "DOWNTIME", _("After the machine stood for so many minutes")
    SHIPMENT = "SHIPMENT", _("Before it is shipped")
    DEMAND = "DEMAND", _("Only when somebody asks for it")


OF_INSPECTIONS = (FloorTrigger.SHIPMENT, FloorTrigger.DEMAND)
AT_STATIONS = (
    FloorTrigger.FIRST_PIECE, FloorTrigger.PIECES, FloorTrigger.MINUTES, FloorTrigger.TOOL, FloorTrigger.JOB,
    FloorTrigger.SHIFT, FloorTrigger.DOWNTIME,
)
COUNTED_TRIGGERS = (FloorTrigger.PIECES, FloorTrigger.MINUTES, FloorTrigger.DOWNTIME)


class ControlPlanLine(SampledLine):
    """One characteristic at one operation: how it is checked, on how many pieces, how often, and against which risk."""

    plan = models.ForeignKey(ControlPlan, models.PROTECT, related_name="lines", verbose_name=_("control plan"))
    key = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), editable=False)
    position = models.FloatField(_("order"), default=0, editable=False)
    operation = models.CharField(_("operation"), max_length=40)
    characteristic = models.ForeignKey("qms.Characteristic", models.PROTECT, verbose_name=_("characteristic"))
    fmea_line = models.ForeignKey(
        "qms.FmeaLine", models.PROTECT, null=True, blank=True, editable=False, related_name="plan_lines",
        verbose_name=_("failure chain"),
    )
    method = models.CharField(_("method"), max_length=12, choices=CheckMethod)
    gauge_type = models.ForeignKey(
        "qms.GaugeType", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("type of gauge"),
        help_text=_("Where another one is asked for than by the characteristic itself."),
    )
    sample_size = models.PositiveIntegerField(_("sample size"), default=1)
    frequency = models.CharField(_("frequency"), max_length=80, blank=True)
    trigger = models.CharField(
        _("when it is due"), max_length=12, choices=FloorTrigger, default=FloorTrigger.NONE, blank=True
    )
    every = models.PositiveIntegerField(_("so many pieces or minutes"), null=True, blank=True)
    inspection_kind = models.CharField(
        _("kind of inspection"), max_length=5, choices=InspectionKind, blank=True,
        help_text=_("Empty: by where it happens, for example incoming inspection at the receipt."),
    )
    blocking = models.BooleanField(_("holds the lot until decided"), default=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("changed by")
    )

    class Meta:
        verbose_name = _("control plan line")
        verbose_name_plural = _("control plan lines")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["plan", "operation", "characteristic"], name="plan_line_once"),
            models.UniqueConstraint(fields=["plan", "key"], name="plan_line_key_once"),
            models.CheckConstraint(name="plan_line_sample", condition=Q(sample_size__gte=1)),
            models.CheckConstraint(
                name="plan_line_operator_check_is_due",
                condition=Q(method="OPERATOR", trigger__in=AT_STATIONS) | Q(method="SPC", trigger="")
                | Q(method="INSPECTION"),
            ),
            models.CheckConstraint(
                name="plan_line_trigger_counts",
                condition=Q(trigger__in=COUNTED_TRIGGERS, every__gte=1)
                | ~Q(trigger__in=COUNTED_TRIGGERS) & Q(every__isnull=True),
            ),
            *line_constraints("plan_line"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.operation} {self.characteristic}"
