"""That a tool was changed at a station: what the checks after a tool change are due for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ToolChange(models.Model):
    """A tool was changed at a station. Written once."""

    station = models.ForeignKey(
        "plant.Equipment", models.PROTECT, related_name="tool_changes", verbose_name=_("station")
    )
    what = models.CharField(_("which tool"), max_length=120)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("tool change")
        verbose_name_plural = _("tool changes")
        constraints = [models.CheckConstraint(name="tool_change_says_what", condition=~Q(what=""))]
        indexes = [models.Index(fields=["station", "-at"], name="tool_change_at")]

    def __str__(self) -> str:
        return f"{self.station.code} · {self.what}"
