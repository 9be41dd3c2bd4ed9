"""How a material is made: operations, materials and parameters, by revision."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from psycopg2.extras import DateTimeTZRange

from plant.models import Revisioned, Role, TwoNames, revision_constraints
from qms.models import StopsWhat


class WorkMaster(Revisioned):
    """The routing, bill of materials and recipe of one material."""

    material = models.ForeignKey("plant.MaterialDefinition", models.PROTECT, verbose_name=_("material"))
    name = models.CharField(_("name"), max_length=120)
    lot_size = models.PositiveIntegerField(_("pieces in a lot"), default=1)
    based_on = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("based on")
    )  # the standard revision that was changed for one work order; no other one is planned by it

    class Meta:
        verbose_name = _("work master")
        verbose_name_plural = _("work masters")
        constraints = [
            *revision_constraints("work_master"),
            models.CheckConstraint(name="work_master_lot_size", condition=Q(lot_size__gte=1)),
        ]


class Segment(TwoNames, models.Model):
    """One operation of a routing."""

    work_master = models.ForeignKey(WorkMaster, models.PROTECT, related_name="segments")
    sequence = models.PositiveIntegerField(_("sequence"))
    code = models.CharField(_("operation"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    stations = models.ManyToManyField("plant.Equipment", verbose_name=_("stations"), blank=True)
    qualification = models.ForeignKey(
        "plant.Qualification", models.PROTECT, null=True, blank=True, verbose_name=_("needs skill")
    )
    skill_since = models.DateTimeField(
        _("only skills gained since"), null=True, blank=True,
        help_text=_("Where a new revision asks everybody to be trained anew: earlier trainings do not count here."),
    )
    rework_entry = models.BooleanField(_("rework may enter here"), default=False)
    group = models.CharField(
        _("group"), max_length=40, null=True, blank=True,
        help_text=_("The code of a group of this routing: its operations stand beside each other."),
    )
    is_optional = models.BooleanField(
        _("may be passed over"), default=False, help_text=_("Somebody with the right passes it over, saying why."),
    )
    seconds_per_piece = models.DecimalField(_("seconds per piece"), max_digits=10, decimal_places=3, default=0)
    instruction = models.TextField(_("instruction"), blank=True)
    instruction_zh = models.TextField(_("instruction in Chinese"), blank=True)

    class Meta:
        verbose_name = _("operation")
        verbose_name_plural = _("operations")
        ordering = ["work_master", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["work_master", "sequence"], name="segment_sequence_once"),
            models.UniqueConstraint(fields=["work_master", "code"], name="segment_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.code}"


def always() -> DateTimeTZRange:
    """From the beginning, without end."""
    return DateTimeTZRange(None, None)


class MaterialSpecification(models.Model):
    """A line of the bill of materials: what one piece takes at an operation, in orders planned while it holds."""

    segment = models.ForeignKey(Segment, models.PROTECT, related_name="materials")
    material = models.ForeignKey("plant.MaterialDefinition", models.PROTECT, verbose_name=_("material"))
    quantity_per = models.DecimalField(_("quantity per piece"), max_digits=18, decimal_places=6)
    is_phantom = models.BooleanField(
        _("passed through"), default=False,
        help_text=_("Never in stock: planning takes what it is made of instead, at this operation."),
    )
    is_backflushed = models.BooleanField(
        _("taken when pieces are reported"), default=False,
        help_text=_("Nobody scans it into a piece: each report takes it from what lies at the station."),
    )
    positions = models.CharField(
        _("positions"), max_length=400, blank=True,
        help_text=_("Where its parts sit in a serial, by the drawing, with commas between: R1, R2, R3."),
    )
    effective = DateTimeRangeField(_("effective"), default=always)

    class Meta:
        verbose_name = _("material of an operation")
        verbose_name_plural = _("bill of materials")
        constraints = [
            ExclusionConstraint(
                name="bom_line_once",
                expressions=[
                    ("segment", RangeOperators.EQUAL), ("material", RangeOperators.EQUAL),
                    ("effective", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(name="bom_positive", condition=Q(quantity_per__gt=0, quantity_per__lt=10**9)),
        ]

    def __str__(self) -> str:
        return f"{self.segment} · {self.material.code}"


class EndItem(models.Model):
    """The top of the bills of materials: a material that leaves the plant as a product of its own, and when it does."""

    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, related_name="end_items", verbose_name=_("material")
    )
    effective = DateTimeRangeField(_("effective"), default=always)

    class Meta:
        verbose_name = _("end item")
        verbose_name_plural = _("end items")
        constraints = [
            ExclusionConstraint(
                name="end_item_once",
                expressions=[("material", RangeOperators.EQUAL), ("effective", RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return self.material.code


class GoldenReaction(models.TextChoices):
    """What follows a deviation, beside its alarm."""

    ALARM = "ALARM", _("Alarm only")
    MARK = "MARK", _("Mark the lots")
    HOLD = "HOLD", _("Hold the lots")


class ParameterSpecification(models.Model):
    """A golden parameter: its target at an operation, the window that live values are compared with, what follows.

    All of them together are the standard process library; each counts for the orders that pin its routing's revision.
    """

    segment = models.ForeignKey(Segment, models.PROTECT, related_name="parameters")
    parameter = models.ForeignKey("plant.Parameter", models.PROTECT, verbose_name=_("parameter"))
    low = models.FloatField(_("low"), null=True, blank=True)
    target = models.FloatField(_("target"))
    high = models.FloatField(_("high"), null=True, blank=True)
    ramp = models.FloatField(_("most change within a minute"), null=True, blank=True)
    good_readings = models.PositiveSmallIntegerField(_("good readings that end a deviation"), default=5)
    reaction = models.CharField(
        _("reaction"), max_length=5, choices=GoldenReaction, default=GoldenReaction.ALARM
    )
    pauses = models.BooleanField(_("pause the work order"), default=False)
    stops = models.CharField(
        _("what stands still"), max_length=9, choices=StopsWhat, default=StopsWhat.NOTHING, blank=True,
        help_text=_("Until what puts it right is done and somebody with the right lets it go on."),
    )
    owner_role = models.CharField(_("goes to"), max_length=20, choices=Role, default=Role.TEAM_LEADER)
    respond_minutes = models.PositiveIntegerField(_("answer within minutes"), default=15)
    close_minutes = models.PositiveIntegerField(_("settle within minutes"), default=480)
    instruction = models.TextField(_("what to do"), blank=True)
    instruction_zh = models.TextField(_("what to do, in Chinese"), blank=True)

    class Meta:
        verbose_name = _("golden parameter")
        verbose_name_plural = _("golden parameters")
        constraints = [
            models.UniqueConstraint(fields=["segment", "parameter"], name="recipe_line_once"),
            models.CheckConstraint(
                name="recipe_ramp_positive", condition=Q(ramp__isnull=True) | Q(ramp__gt=0, ramp__lt=1e300)
            ),
            models.CheckConstraint(name="recipe_ends_by_good_readings", condition=Q(good_readings__gte=1)),
            models.CheckConstraint(
                name="recipe_in_order",
                condition=(Q(low__isnull=True) | Q(low__lte=F("target")))
                & (Q(high__isnull=True) | Q(high__gte=F("target"))),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.segment} · {self.parameter.code}"

    @property
    def hold_lots(self) -> bool:
        """Whether a deviation holds the lots, under a nonconformance."""
        return self.reaction == GoldenReaction.HOLD

    open_nonconformance = hold_lots

    @property
    def stop_equipment(self) -> bool:
        """The machine is never stopped for it; the work order may be."""
        return False
