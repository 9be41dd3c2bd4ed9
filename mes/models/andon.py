"""Calls for help from a station: of what kind, who must come, and how long that took."""

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plant.models import Role
from plant.models.naming import TwoNames

MINUTES = [MinValueValidator(1), MaxValueValidator(10080)]


class AndonAbout(models.TextChoices):
    """What a call is about: it gives the call its mark on every screen."""

    MATERIAL = "MATERIAL", _("Material")
    QUALITY = "QUALITY", _("Quality")
    MACHINE = "MACHINE", _("Machine")
    HELP = "HELP", pgettext_lazy("andon", "Help")
    SAFETY = "SAFETY", _("Safety")


class AndonKind(TwoNames, models.Model):
    """A button of the stations: what it calls for, who must come, and within what time."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    name_zh = models.CharField(_("Chinese name"), max_length=60, blank=True)
    about = models.CharField(_("about"), max_length=8, choices=AndonAbout)
    owner_role = models.CharField(_("goes to"), max_length=20, choices=Role)
    respond_minutes = models.PositiveIntegerField(_("answer within minutes"), default=5, validators=MINUTES)
    close_minutes = models.PositiveIntegerField(_("settle within minutes"), default=60, validators=MINUTES)
    stops_machine = models.BooleanField(
        _("the machine is down"), default=False,
        help_text=_("From the call until it is settled the station takes no work, also where no controller says so."),
    )
    reason = models.ForeignKey(
        "plant.ReasonCode", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("stop reason"),
        limit_choices_to={"use": "DOWNTIME"}, help_text=_("What OEE counts the stop as until somebody says more."),
    )
    position = models.PositiveSmallIntegerField(_("place among the buttons"), default=10)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("kind of andon call")
        verbose_name_plural = _("kinds of andon calls")
        ordering = ["position", "code"]
        constraints = [
            models.CheckConstraint(
                name="andon_kind_minutes",
                condition=Q(respond_minutes__range=(1, 10080), close_minutes__range=(1, 10080)),
            ),
            models.CheckConstraint(
                name="andon_kind_reason_of_a_stop", condition=Q(reason__isnull=True) | Q(stops_machine=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def icon(self) -> str:
        return ICONS[self.about]


ICONS: dict[str, str] = {
    AndonAbout.MATERIAL: "package", AndonAbout.QUALITY: "zoom-check", AndonAbout.MACHINE: "tool",
    AndonAbout.HELP: "help-circle", AndonAbout.SAFETY: "shield-check",
}


class AndonStatus(models.TextChoices):
    OPEN = "OPEN", _("Open")
    ACKNOWLEDGED = "ACKNOWLEDGED", _("Somebody is there")
    CLOSED = "CLOSED", _("Closed")
    CANCELLED = "CANCELLED", _("Taken back")


@pghistory.track()
class Andon(models.Model):
    """One call: at most one of a kind is alive at a station. Its moments are the times that people are measured by."""

    LIFECYCLE = {
        AndonStatus.OPEN: (AndonStatus.ACKNOWLEDGED, AndonStatus.CANCELLED),
        AndonStatus.ACKNOWLEDGED: (AndonStatus.CLOSED,),
        AndonStatus.CLOSED: (),
        AndonStatus.CANCELLED: (),
    }

    station = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="andons", verbose_name=_("station"))
    kind = models.ForeignKey(AndonKind, models.PROTECT, related_name="calls", verbose_name=_("kind"))
    status = models.CharField(_("status"), max_length=12, choices=AndonStatus, default=AndonStatus.OPEN)
    job_order = models.ForeignKey(
        "mes.JobOrder", models.PROTECT, null=True, related_name="+", verbose_name=_("work order")
    )
    note = models.CharField(_("in words"), max_length=200, blank=True)
    called_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("called by"))
    called_at = models.DateTimeField(_("called"))
    owner_role = models.CharField(_("goes to"), max_length=20, choices=Role)
    owner = models.ForeignKey("plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("owner"))
    respond_by = models.DateTimeField(_("answer by"))
    snoozed_until = models.DateTimeField(_("put off until"), null=True)
    escalations = models.PositiveSmallIntegerField(default=0)
    acknowledged_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=pgettext_lazy("andon", "answered by")
    )
    acknowledged_at = models.DateTimeField(pgettext_lazy("andon", "answered"), null=True)
    cause_kind = models.ForeignKey(
        "plant.ReasonCode", models.PROTECT, null=True, related_name="+", verbose_name=_("kind of cause")
    )
    cause = models.TextField(_("cause"), blank=True)
    action_taken = models.TextField(_("action taken"), blank=True)
    closed_at = models.DateTimeField(_("settled"), null=True)

    class Meta:
        verbose_name = _("andon call")
        verbose_name_plural = _("andon calls")
        constraints = [
            models.UniqueConstraint(
                fields=["station", "kind"], name="andon_one_alive", condition=Q(status__in=["OPEN", "ACKNOWLEDGED"])
            ),
            models.CheckConstraint(
                name="andon_answered_by_somebody",
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            ),
            models.CheckConstraint(
                name="andon_states_have_moments",
                condition=Q(status="OPEN", acknowledged_at__isnull=True, closed_at__isnull=True)
                | Q(status="ACKNOWLEDGED", acknowledged_at__isnull=False, closed_at__isnull=True)
                | (Q(status="CLOSED", acknowledged_at__isnull=False, closed_at__isnull=False) & ~Q(cause=""))
                | Q(status="CANCELLED", acknowledged_at__isnull=True, closed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="andon_in_order",
                condition=(Q(acknowledged_at__isnull=True) | Q(acknowledged_at__gte=F("called_at")))
                & (Q(closed_at__isnull=True) | Q(closed_at__gte=F("called_at"))),
            ),
        ]
        indexes = [
            models.Index(fields=["status", "respond_by"], name="andon_unanswered"),
            models.Index(fields=["station", "-called_at"], name="andon_of_station"),
        ]

    def __str__(self) -> str:
        return f"{self.station.code} · {self.kind.code} #{self.pk}"
