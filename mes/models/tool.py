"""Tools and fixtures: how long each lives, where it is mounted, and when its life began anew."""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mes.models.maintenance import WhenDue
from plant.models.naming import TwoNames


class ToolLife(models.TextChoices):
    """What wears a tool."""

    PIECES = "PIECES", _("Pieces")
    SHOTS = "SHOTS", _("Shots")
    HOURS = "HOURS", _("Running hours")


@pghistory.track(exclude=["used", "judged_at"])
class Tool(TwoNames, models.Model):
    """A mould, fixture, stencil or bit: what it has done since it was new or made good, and how much it can."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    equipment_class = models.ForeignKey(
        "mes.EquipmentClass", models.PROTECT, null=True, blank=True, related_name="tools",
        verbose_name=_("equipment class"),
    )
    stations = models.ManyToManyField(
        "plant.Equipment", related_name="tools", blank=True, verbose_name=_("fits at"), help_text=_("Empty: anywhere.")
    )
    life_by = models.CharField(_("worn by"), max_length=6, choices=ToolLife, default=ToolLife.PIECES)
    life = models.PositiveIntegerField(_("life"), validators=[MinValueValidator(1), MaxValueValidator(10**9)])
    per_shot = models.PositiveSmallIntegerField(_("pieces a shot"), default=1, validators=[MinValueValidator(1)])
    warn_percent = models.PositiveSmallIntegerField(
        _("warns at percent of its life"), default=90, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    when_over = models.CharField(_("at the end of its life"), max_length=4, choices=WhenDue, default=WhenDue.STOP)
    used = models.FloatField(_("used"), default=0, editable=False)
    judged_at = models.DateTimeField(_("judged"), null=True, editable=False)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("tool")
        verbose_name_plural = _("tools")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="tool_has_life",
                condition=Q(life__gte=1, per_shot__gte=1, warn_percent__range=(1, 100), used__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def percent(self) -> int:
        return round(100 * self.used / self.life)

    @property
    def is_over(self) -> bool:
        return self.used >= self.life

    @property
    def warns(self) -> bool:
        return self.used >= self.life * self.warn_percent / 100


class ToolMount(models.Model):
    """A stretch in which a tool was mounted at a station: whatever was made there meanwhile was made with it."""

    tool = models.ForeignKey(Tool, models.PROTECT, related_name="mounts", verbose_name=_("tool"))
    station = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="mounts", verbose_name=_("station"))
    from_at = models.DateTimeField(_("mounted"))
    to_at = models.DateTimeField(_("taken off"), null=True)
    used_before = models.FloatField(_("used before"))
    used_after = models.FloatField(_("used after"), null=True)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("mounted by"))
    off_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("taken off by")
    )
    reason = models.CharField(_("why it was taken off"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("mounting of a tool")
        verbose_name_plural = _("mountings of tools")
        constraints = [
            models.UniqueConstraint(fields=["tool"], name="tool_mounted_once", condition=Q(to_at__isnull=True)),
            models.CheckConstraint(
                name="tool_mount_ends",
                condition=Q(to_at__isnull=True, used_after__isnull=True, off_by__isnull=True)
                | Q(to_at__gte=F("from_at"), used_after__gte=F("used_before"), off_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["station", "-from_at"], name="tool_mount_at_station")]

    def __str__(self) -> str:
        return f"{self.tool.code} @ {self.station.code}"


class ToolReset(models.Model):
    """A tool was reground, cleaned or renewed: its life begins anew, with what it had done before. Written once."""

    tool = models.ForeignKey(Tool, models.PROTECT, related_name="resets", verbose_name=_("tool"))
    used = models.FloatField(_("used before"))
    reason = models.CharField(_("what was done"), max_length=200)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("new life of a tool")
        verbose_name_plural = _("new lives of tools")
        constraints = [
            models.CheckConstraint(name="tool_reset_says_why", condition=~Q(reason="") & Q(used__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.tool_id}: {self.at}"
