"""Tablets that the plant knows: badge and PIN count for nothing anywhere else."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Device(models.Model):
    """A tablet: invited with a code that works once, then known by a key that only it has."""

    name = models.CharField(_("name"), max_length=80)
    place = models.ForeignKey(
        "plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site, line or station")
    )
    code_hash = models.CharField(max_length=64, blank=True, db_index=True)
    code_until = models.DateTimeField(_("code works until"), null=True)
    key_hash = models.CharField(max_length=64, null=True, unique=True)
    invited_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("invited by"))
    invited_at = models.DateTimeField(_("invited"))
    enrolled_at = models.DateTimeField(_("enrolled"), null=True)
    last_seen_at = models.DateTimeField(_("last seen"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        verbose_name = _("tablet")
        verbose_name_plural = _("tablets")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="device_key_once_enrolled",
                condition=Q(key_hash__isnull=True, enrolled_at__isnull=True)
                | Q(key_hash__isnull=False, enrolled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name
