"""Sites, areas, lines and stations: the equipment hierarchy of ISA-95."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plant.models.location_number import gln_field, gln_once


class EquipmentLevel(models.TextChoices):
    SITE = "SITE", _("Site")
    AREA = "AREA", _("Area")
    WORK_CENTER = "WORK_CENTER", _("Line")
    WORK_UNIT = "WORK_UNIT", _("Station")


class EquipmentState(models.TextChoices):
    """What the machine itself says, or what maintenance says of it."""

    UNKNOWN = "UNKNOWN", _("Unknown")
    OFF = "OFF", _("Off")
    IDLE = "IDLE", _("Idle")
    RUNNING = "RUNNING", _("Running")
    ALARM = "ALARM", _("Alarm")
    MAINTENANCE = "MAINTENANCE", _("Maintenance")


@pghistory.track()
class Equipment(models.Model):
    """A place where something is made, kept or measured; lines and stations stand in a site."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    level = models.CharField(_("level"), max_length=16, choices=EquipmentLevel)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("part of")
    )
    state = models.CharField(_("state"), max_length=16, choices=EquipmentState, default=EquipmentState.UNKNOWN)
    state_at = models.DateTimeField(_("state since"), null=True, blank=True)
    stores_material = models.BooleanField(_("stores material"), default=False)
    gln = gln_field()
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("equipment")
        verbose_name_plural = _("equipment")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="equipment_site_is_root",
                condition=Q(level="SITE", parent__isnull=True) | (~Q(level="SITE") & Q(parent__isnull=False)),
            ),
            models.CheckConstraint(name="equipment_not_its_own_part", condition=~Q(parent=models.F("id"))),
            gln_once("equipment"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
