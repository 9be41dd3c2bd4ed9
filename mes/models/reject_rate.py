"""How much may go wrong before somebody is reminded, and the reminders."""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

DEFAULT_PERCENT, DEFAULT_MINIMUM = 5, 20


class RejectLimit(models.Model):
    """From which share of bad pieces on people are reminded; an empty field stands for every product or operation."""

    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("material")
    )
    operation = models.CharField(_("operation"), max_length=40, blank=True)
    percent = models.DecimalField(
        _("most bad pieces in percent"), max_digits=5, decimal_places=2, default=DEFAULT_PERCENT,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
    )
    minimum = models.PositiveIntegerField(_("judged from so many pieces or lots on"), default=DEFAULT_MINIMUM)
    stops_operation = models.BooleanField(
        _("stop the operation"), default=False,
        help_text=_("The operation of the work order stands still until somebody lets it go on."),
    )

    class Meta:
        verbose_name = _("reject limit")
        verbose_name_plural = _("reject limits")
        constraints = [
            models.UniqueConstraint(
                fields=["material", "operation"], name="reject_limit_once", nulls_distinct=False
            ),
            models.CheckConstraint(name="reject_limit_percent", condition=Q(percent__gte=0, percent__lte=100)),
            models.CheckConstraint(name="reject_limit_minimum", condition=Q(minimum__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.material.code if self.material else '*'} · {self.operation or '*'}"


class RejectKind(models.TextChoices):
    LOT = "LOT", _("Bad pieces of a lot at an operation")
    RAW = "RAW", _("Bad pieces made from a raw lot")
    INCOMING = "INCOMING", _("Rejected lots of a supplier's material")


class RejectStatus(models.TextChoices):
    OPEN = "OPEN", _("Open")
    CLOSED = "CLOSED", _("Answered")


@pghistory.track()
class RejectReminder(models.Model):
    """The limit was exceeded, once for a lot and an operation: the figures of that moment, and the answer."""

    LIFECYCLE = {RejectStatus.OPEN: (RejectStatus.CLOSED,), RejectStatus.CLOSED: ()}

    kind = models.CharField(_("kind"), max_length=8, choices=RejectKind)
    key = models.CharField(max_length=140)
    lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, related_name="+", verbose_name=_("lot"))
    operation = models.CharField(_("operation"), max_length=40, blank=True)
    job_order = models.ForeignKey(
        "mes.JobOrder", models.PROTECT, null=True, related_name="+", verbose_name=_("work order")
    )
    bad = models.DecimalField(_("bad"), max_digits=18, decimal_places=6)
    total = models.DecimalField(_("of"), max_digits=18, decimal_places=6)
    percent = models.DecimalField(_("limit in percent"), max_digits=5, decimal_places=2)
    status = models.CharField(_("status"), max_length=8, choices=RejectStatus, default=RejectStatus.OPEN)
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("reject reminder")
        verbose_name_plural = _("reject reminders")
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="reject_reminder_once"),
            models.CheckConstraint(name="reject_reminder_share", condition=Q(bad__gt=0, bad__lte=F("total"))),
        ]
        indexes = [models.Index(fields=["status", "-at"], name="reject_reminder_open")]

    def __str__(self) -> str:
        return f"{self.lot.number} · {self.operation or self.kind}"

    @property
    def share(self) -> float:
        """The bad ones in percent."""
        return float(100 * self.bad / self.total)
