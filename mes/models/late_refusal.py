"""What a tablet kept while it had no network, and what could no longer be done when it came."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class LateRefusal(models.Model):
    """An act that somebody did without network and that was refused later: open until a team leader has seen to it."""

    station = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("station"))
    event = models.UUIDField(unique=True)
    act = models.CharField(_("act"), max_length=20)
    scanned = models.CharField(_("scanned"), max_length=200)
    code = models.CharField(max_length=60)
    reason = models.TextField(_("why not"))
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    made_at = models.DateTimeField(_("done"))
    at = models.DateTimeField(_("refused"))
    seen_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("seen to by")
    )
    seen_at = models.DateTimeField(_("seen to"), null=True)
    answer = models.CharField(_("what was done"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("refused afterwards")
        verbose_name_plural = _("refused afterwards")
        constraints = [
            models.CheckConstraint(
                name="late_refusal_seen_whole",
                condition=Q(seen_at__isnull=True, seen_by__isnull=True, answer="")
                | (Q(seen_at__isnull=False, seen_by__isnull=False) & ~Q(answer="")),
            ),
        ]
        indexes = [models.Index(fields=["station"], name="late_refusal_open", condition=Q(seen_at__isnull=True))]

    def __str__(self) -> str:
        return f"{self.station.code} {self.scanned}"
