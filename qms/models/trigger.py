"""Kinds of inspections, and what makes one due beside what makes an operator check due."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class InspectionKind(models.TextChoices):
    INCOMING = "IQC", _("Incoming inspection")
    IN_PROCESS = "IPQC", _("In-process inspection")
    FINAL = "FQC", _("Final inspection")
    OUTGOING = "OQC", _("Outgoing inspection")
    PATROL = "PQC", _("Patrol inspection")
    FIRST_ARTICLE = "FIRST", _("First article inspection")
    LAB = "LAB", _("Laboratory test")
    REINSPECTION = "RE", _("Re-inspection")
    STOCK = "STOCK", _("Stock re-check")
