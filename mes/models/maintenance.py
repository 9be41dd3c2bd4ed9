"""When machines are to be looked after: classes of machines, plans with their steps, and how far each is used up."""

from datetime import timedelta

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from plant.models import Role
from plant.models.naming import TwoNames


class EquipmentClass(TwoNames, models.Model):
    """Machines of the same make, which are looked after alike (an equipment class of ISA-95)."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    members = models.ManyToManyField(
        "plant.Equipment", related_name="equipment_classes", blank=True, verbose_name=_("machines")
    )

    class Meta:
        verbose_name = _("equipment class")
        verbose_name_plural = _("equipment classes")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class WhenDue(models.TextChoices):
    """What follows where maintenance is overdue."""

    WARN = "WARN", _("Warn")
    STOP = "STOP", _("Give the machine no work")


@pghistory.track()
class MaintenancePlan(TwoNames, models.Model):
    """What is done to a machine, or to each of a class, and when: after days, running hours, pieces, or at a value.

    Whatever is reached first counts, since the last work order of the plan that was done there.
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    equipment = models.ForeignKey(
        "plant.Equipment", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("equipment")
    )
    equipment_class = models.ForeignKey(
        EquipmentClass, models.PROTECT, null=True, blank=True, related_name="plans", verbose_name=_("equipment class")
    )
    every_days = models.PositiveIntegerField(
        _("after days"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(36500)]
    )
    every_hours = models.PositiveIntegerField(
        _("after running hours"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(10**6)]
    )
    every_count = models.PositiveIntegerField(
        _("after pieces"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(10**9)]
    )
    parameter = models.ForeignKey(
        "plant.Parameter", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("or when"),
        help_text=_("A value that the machine tells; maintenance is due once it lies above the limit."),
    )
    above = models.FloatField(_("lies above"), null=True, blank=True)
    warn_percent = models.PositiveSmallIntegerField(
        _("work order at percent of the interval"), default=90,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    when_due = models.CharField(_("once overdue"), max_length=4, choices=WhenDue, default=WhenDue.WARN)
    owner_role = models.CharField(_("goes to"), max_length=20, choices=Role, default=Role.MAINTENANCE)
    counts_from = models.DateField(_("counts from"), default=timezone.localdate)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("maintenance plan")
        verbose_name_plural = _("maintenance plans")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="maintenance_plan_one_target",
                condition=Q(equipment__isnull=False, equipment_class__isnull=True)
                | Q(equipment__isnull=True, equipment_class__isnull=False),
            ),
            models.CheckConstraint(
                name="maintenance_plan_has_interval",
                condition=Q(every_days__isnull=False) | Q(every_hours__isnull=False) | Q(every_count__isnull=False)
                | Q(above__isnull=False),
            ),
            models.CheckConstraint(
                name="maintenance_plan_limit_of_a_value",
                condition=Q(parameter__isnull=True, above__isnull=True)
                | Q(parameter__isnull=False, above__isnull=False),
            ),
            models.CheckConstraint(name="maintenance_plan_warns", condition=Q(warn_percent__range=(1, 100))),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def interval(self) -> timedelta | None:
        return None if self.every_days is None else timedelta(days=self.every_days)


class MaintenanceStep(models.Model):
    """One line of a plan's checklist."""

    plan = models.ForeignKey(MaintenancePlan, models.CASCADE, related_name="steps", verbose_name=_("maintenance plan"))
    position = models.PositiveSmallIntegerField(_("step"))
    text = models.TextField(_("what to do"))
    text_zh = models.TextField(_("what to do, in Chinese"), blank=True)
    required = models.BooleanField(_("must be done"), default=True)

    class Meta:
        verbose_name = _("step of a maintenance plan")
        verbose_name_plural = _("steps of maintenance plans")
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="maintenance_step_position_once"),
            models.CheckConstraint(name="maintenance_step_has_text", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.plan.code} / {self.position}"


class DueBy(models.TextChoices):
    """By which of its intervals a plan is furthest."""

    DAYS = "DAYS", _("Days")
    HOURS = "HOURS", _("Running hours")
    COUNT = "COUNT", _("Pieces")
    VALUE = "VALUE", _("Value")


class MaintenanceDue(models.Model):
    """How much of a plan's interval a machine has used up, as it was judged last: one means due, more is overdue."""

    plan = models.ForeignKey(MaintenancePlan, models.CASCADE, related_name="dues", verbose_name=_("maintenance plan"))
    equipment = models.ForeignKey(
        "plant.Equipment", models.CASCADE, related_name="maintenance_dues", verbose_name=_("equipment")
    )
    used = models.FloatField(_("used"))
    by = models.CharField(_("by"), max_length=5, choices=DueBy)
    last_at = models.DateTimeField(_("last done"), null=True)
    judged_at = models.DateTimeField(_("judged"))

    class Meta:
        verbose_name = _("maintenance that is coming")
        verbose_name_plural = _("maintenance that is coming")
        constraints = [
            models.UniqueConstraint(fields=["plan", "equipment"], name="maintenance_due_once"),
            models.CheckConstraint(name="maintenance_due_is_a_share", condition=Q(used__gte=0)),
        ]
        indexes = [models.Index(fields=["-used"], name="maintenance_due_most")]

    def __str__(self) -> str:
        return f"{self.plan.code} · {self.equipment.code}"

    @property
    def is_overdue(self) -> bool:
        return self.used >= 1

    @property
    def percent(self) -> int:
        return round(100 * self.used)
