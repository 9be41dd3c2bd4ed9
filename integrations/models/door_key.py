"""What another system proves itself by when it pushes onto a connection; two live keys let one follow the other."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class DoorWay(models.TextChoices):
    """How whoever pushes proves who it is."""

    CLOSED = "", _("Nobody pushes")
    API_KEY = "API_KEY", _("API key in a header")
    BASIC = "BASIC", _("User and password")
    HMAC = "HMAC", _("HMAC signature")


class DoorKey(models.Model):
    """One secret with its id, sealed; shown once when it is made."""

    connection = models.ForeignKey(
        "integrations.Connection", models.PROTECT, related_name="door_keys", verbose_name=_("connection")
    )
    slot = models.PositiveSmallIntegerField(editable=False)
    key_id = models.CharField(_("key id"), max_length=16, unique=True)
    sealed = models.TextField(editable=False)
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("made by"))
    ends_at = models.DateTimeField(_("counts until"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    used_at = models.DateTimeField(_("last used"), null=True)

    class Meta:
        verbose_name = _("key for pushing")
        verbose_name_plural = _("keys for pushing")
        ordering = ["-made_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "slot"], name="door_key_two_live", condition=Q(closed_at__isnull=True)
            ),
            models.CheckConstraint(name="door_key_slot_range", condition=Q(slot__in=[1, 2])),
            models.CheckConstraint(
                name="door_key_ends_after_it_began", condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("made_at"))
            ),
        ]

    def __str__(self) -> str:
        return self.key_id
