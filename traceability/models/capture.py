"""By which way something came into the records: read by a machine, sent by a system, scanned, or typed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaptureWay(models.TextChoices):
    AUTO = "AUTO", _("Automatic")
    API = "API", _("Other system")
    SCAN = "SCAN", _("By scan")
    HAND = "HAND", _("By hand")
