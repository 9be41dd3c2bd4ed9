"""Steps along a routing that no report made."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StepKind(models.TextChoices):
    """Why pieces went on without a report."""

    ADDED = "ADDED", _("Brought to an added operation")
    TAKEN = "TAKEN", _("Taken to another operation of its group")
    PASSED = "PASSED", _("Passed over")


class RouteStep(models.Model):
    """A move between operations by which nothing became good, bad or rework. Written once; the move says the rest."""

    move = models.OneToOneField("traceability.Move", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=StepKind)

    class Meta:
        verbose_name = _("step without a report")
        verbose_name_plural = _("steps without a report")
