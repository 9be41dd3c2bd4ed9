"""Browsers that somebody wants to be told on."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PushDevice(models.Model):
    """A browser of a person, as its push service knows it; gone when the service says that it is."""

    person = models.ForeignKey("plant.Person", models.CASCADE, related_name="push_devices", verbose_name=_("person"))
    endpoint = models.CharField(_("address"), max_length=1000, unique=True)
    p256dh = models.CharField(max_length=120)
    auth = models.CharField(max_length=40)
    name = models.CharField(_("device"), max_length=120)
    made_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("browser that is told")
        verbose_name_plural = _("browsers that are told")
        ordering = ["person", "made_at"]

    def __str__(self) -> str:
        return f"{self.person} · {self.name}"
