"""Spot checks of trace chains: what is drawn each week, the walk down to raw material as it was, what was missing.

A draw is proof: who looks later sees how many lots there were to choose from, the seed that chose, and every lot met.
"""

from typing import ClassVar

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mes.models.completeness import GapKind
from plant.models import Role

MOST_LOTS, MOST_DAYS = 50, 60


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


@pghistory.track()
class SpotCheckPlan(models.Model):
    """How many finished lots of which products are drawn when, and who answers for what is missing behind them."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    line = models.ForeignKey(
        "plant.Equipment", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("line")
    )
    family = models.ForeignKey(
        "qms.ProductFamily", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("product family"),
    )
    lots = models.PositiveSmallIntegerField(
        _("lots to draw"), default=5, validators=[MinValueValidator(1), MaxValueValidator(MOST_LOTS)]
    )
    weekday = models.PositiveSmallIntegerField(_("day of the week"), choices=Weekday, default=Weekday.MONDAY)
    time = models.TimeField(_("time of day"))
    due_days = models.PositiveSmallIntegerField(
        _("days to answer"), default=7, validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)]
    )
    owner_role = models.CharField(_("goes to"), max_length=20, choices=Role, default=Role.TEAM_LEADER)
    owner = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("owner")
    )
    is_active = models.BooleanField(_("draws each week"), default=True)
    begins_at = models.DateTimeField(_("draws since"))

    class Meta:
        verbose_name = _("plan of spot checks")
        verbose_name_plural = _("plans of spot checks")
        ordering: ClassVar[list[str]] = ["name"]
        constraints = [
            models.CheckConstraint(name="spot_plan_lots", condition=Q(lots__gte=1, lots__lte=MOST_LOTS)),
            models.CheckConstraint(name="spot_plan_weekday", condition=Q(weekday__lte=6)),
            models.CheckConstraint(name="spot_plan_due", condition=Q(due_days__gte=1, due_days__lte=MOST_DAYS)),
        ]

    def __str__(self) -> str:
        return self.name


class SpotCheckStatus(models.TextChoices):
    OPEN = "OPEN", _("Findings open")
    CLOSED = "CLOSED", _("Closed")


class SpotCheck(models.Model):
    """One draw: at most one for a plan and a week, whoever asks for it how often."""

    LIFECYCLE = {SpotCheckStatus.OPEN: (SpotCheckStatus.CLOSED,), SpotCheckStatus.CLOSED: ()}

    plan = models.ForeignKey(SpotCheckPlan, models.PROTECT, related_name="checks", verbose_name=_("plan"))
    week = models.DateField(_("week"), help_text=_("Its Monday."))
    status = models.CharField(_("status"), max_length=6, choices=SpotCheckStatus, default=SpotCheckStatus.OPEN)
    seed = models.CharField(_("seed"), max_length=64)
    candidates = models.PositiveIntegerField(_("lots to choose from"))
    fingerprint = models.CharField(_("fingerprint of these lots"), max_length=64)
    from_at = models.DateTimeField(_("finished from"))
    to_at = models.DateTimeField(_("finished until"))
    drawn_at = models.DateTimeField(_("drawn"))
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        verbose_name = _("spot check")
        verbose_name_plural = _("spot checks")
        ordering: ClassVar[list[str]] = ["-week", "plan", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "week"], name="spot_check_once_a_week"),
            models.CheckConstraint(name="spot_check_has_seed", condition=~Q(seed="") & ~Q(fingerprint="")),
            models.CheckConstraint(
                name="spot_check_closed_has_time",
                condition=Q(status="CLOSED", closed_at__isnull=False) | Q(status="OPEN", closed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan.name} · {self.label}"

    @property
    def label(self) -> str:
        """The week as calendars on walls number it."""
        year, week, _day = self.week.isocalendar()
        return f"{year}-W{week:02d}"


class SpotLot(models.Model):
    """A lot that was drawn, with the walk from it down to raw material as it stood then."""

    spot_check = models.ForeignKey(SpotCheck, models.PROTECT, related_name="lots", verbose_name=_("spot check"))
    lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, related_name="+", verbose_name=_("lot"))
    position = models.PositiveSmallIntegerField(_("drawn as"))
    met = models.PositiveIntegerField(_("lots met"))
    ends = models.PositiveIntegerField(_("ends reached"))
    expected = models.PositiveIntegerField(_("expected"))
    lacking = models.PositiveIntegerField(_("missing"))
    is_cut = models.BooleanField(_("not walked to the end"), default=False)
    walk = models.JSONField(_("walk"))  # {"lots": [[id, level, missing]], "edges": [[parent, child]], "gaps": [[…]]}

    class Meta:
        verbose_name = _("drawn lot")
        verbose_name_plural = _("drawn lots")
        ordering: ClassVar[list[str]] = ["spot_check", "position"]
        constraints = [
            models.UniqueConstraint(fields=["spot_check", "lot"], name="spot_lot_once"),
            models.UniqueConstraint(fields=["spot_check", "position"], name="spot_lot_position_once"),
            models.CheckConstraint(name="spot_lot_within", condition=Q(lacking__lte=F("expected"))),
        ]

    def __str__(self) -> str:
        return self.lot.number

    @property
    def percent(self) -> float:
        """How much of what was expected was there, of the lot and everything behind it, by weight."""
        return 100 * (1 - self.lacking / self.expected) if self.expected else 100.0


class SpotFindingStatus(models.TextChoices):
    OPEN = "OPEN", _("Open")
    ANSWERED = "ANSWERED", _("Answered, to be confirmed")
    CLOSED = "CLOSED", _("Closed")


@pghistory.track()
class SpotFinding(models.Model):
    """Something missing in the record of a lot that a walk met: who answers until when, and who confirmed it."""

    LIFECYCLE = {
        SpotFindingStatus.OPEN: (SpotFindingStatus.ANSWERED,),
        SpotFindingStatus.ANSWERED: (SpotFindingStatus.CLOSED, SpotFindingStatus.OPEN),
        SpotFindingStatus.CLOSED: (),
    }

    spot_check = models.ForeignKey(SpotCheck, models.PROTECT, related_name="findings", verbose_name=_("spot check"))
    drawn = models.ForeignKey(SpotLot, models.PROTECT, related_name="findings", verbose_name=_("drawn lot"))
    lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, related_name="+", verbose_name=_("lot"))
    kind = models.CharField(_("what is missing"), max_length=12, choices=GapKind)
    operation = models.CharField(_("operation"), max_length=40, blank=True)
    what = models.CharField(_("what"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=40, blank=True)
    weight = models.PositiveSmallIntegerField(_("weight in the score"))
    status = models.CharField(_("status"), max_length=8, choices=SpotFindingStatus, default=SpotFindingStatus.OPEN)
    owner_role = models.CharField(_("goes to"), max_length=20, choices=Role)
    owner = models.ForeignKey("plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("owner"))
    due_at = models.DateTimeField(_("due"))
    escalations = models.PositiveSmallIntegerField(_("escalations"), default=0)
    cause = models.TextField(_("why it was missing"), blank=True)
    answer = models.TextField(_("what was done"), blank=True)
    answered_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True)
    remark = models.TextField(_("remark"), blank=True)
    is_mended = models.BooleanField(_("is there now"), null=True)
    closed_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        verbose_name = _("finding of a spot check")
        verbose_name_plural = _("findings of spot checks")
        ordering: ClassVar[list[str]] = ["due_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["lot", "kind", "operation", "what"], name="spot_finding_open_once",
                condition=~Q(status="CLOSED"),
            ),
            models.CheckConstraint(
                name="spot_finding_answer_is_whole",
                condition=Q(status="OPEN", answered_at__isnull=True, answered_by__isnull=True)
                | (
                    Q(answered_at__isnull=False, answered_by__isnull=False)
                    & ~Q(status="OPEN") & ~Q(answer="") & ~Q(cause="")
                ),
            ),
            models.CheckConstraint(
                name="spot_finding_closed_by_another",
                condition=Q(closed_by__isnull=True) | ~Q(closed_by=F("answered_by")),
            ),
            models.CheckConstraint(
                name="spot_finding_close_is_whole",
                condition=Q(
                    status="CLOSED", closed_at__isnull=False, closed_by__isnull=False, is_mended__isnull=False
                ) | (
                    Q(closed_at__isnull=True, closed_by__isnull=True, is_mended__isnull=True) & ~Q(status="CLOSED")
                ),
            ),
            models.CheckConstraint(
                name="spot_finding_left_as_is_has_remark", condition=~Q(is_mended=False) | ~Q(remark=""),
            ),
        ]
        indexes = [models.Index(fields=["status", "due_at"], name="spot_finding_due")]

    def __str__(self) -> str:
        return " · ".join(filter(None, (self.lot.number, str(self.get_kind_display()), self.operation, self.what)))
