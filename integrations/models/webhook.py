"""Which events of the plant a program wants to hear, and how far it was told of them."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


@pghistory.track()
class EventFilter(models.Model):
    """Events of one kind, or of all kinds that begin so, go out through a webhook."""

    channel = models.ForeignKey(
        "integrations.Channel", models.CASCADE, related_name="event_filters", verbose_name=_("channel")
    )
    kind = models.CharField(_("kind of event"), max_length=80)

    class Meta:
        verbose_name = _("event for a webhook")
        verbose_name_plural = _("events for webhooks")
        ordering = ["kind"]
        constraints = [
            models.UniqueConstraint(fields=["channel", "kind"], name="event_filter_once"),
            models.CheckConstraint(
                name="event_filter_is_a_kind", condition=Q(kind__regex=r"^([a-z][a-z0-9._-]*\*?|\*)$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel.code}: {self.kind}"

    def fits(self, kind: str) -> bool:
        """Whether an event is one of these."""
        return kind.startswith(self.kind[:-1]) if self.kind.endswith("*") else kind == self.kind


class EventFeed(models.Model):
    """How far the record book was read for a webhook."""

    channel = models.OneToOneField(
        "integrations.Channel", models.CASCADE, primary_key=True, related_name="event_feed", verbose_name=_("channel")
    )
    cursor = models.CharField(max_length=60)
    at = models.DateTimeField(_("read until"))

    class Meta:
        verbose_name = _("place of a webhook in the record book")
        verbose_name_plural = _("places of webhooks in the record book")
