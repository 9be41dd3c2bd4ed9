"""When a line works: the week's shifts with their breaks, holidays, overtime, and which line follows which calendar."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from mes import shift_plans
from plant.models import EquipmentLevel, TwoNames

DAY = 24 * 60
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def length(label: Any) -> "models.PositiveSmallIntegerField[int, int]":
    """So many minutes on the clock, at most a day."""
    return models.PositiveSmallIntegerField(label, validators=[MinValueValidator(1), MaxValueValidator(DAY)])


class WorkCalendar(TwoNames, models.Model):
    """A week of shifts that lines follow. Changing one changes past figures too: for a new week, assign a new one."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    minor_stop_minutes = models.PositiveSmallIntegerField(
        _("shorter stops are minor (minutes)"), default=shift_plans.MINOR_MINUTES,
        help_text=_("Stops shorter than this count as minor stops, a loss of speed, unless somebody gave a reason."),
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("work calendar")
        verbose_name_plural = _("work calendars")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class CalendarShift(TwoNames, models.Model):
    """A shift that begins at this time on these days; one that crosses midnight belongs to the day it began."""

    calendar = models.ForeignKey(WorkCalendar, models.PROTECT, related_name="shifts", verbose_name=_("work calendar"))
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    monday = models.BooleanField(_("Monday"), default=True)
    tuesday = models.BooleanField(_("Tuesday"), default=True)
    wednesday = models.BooleanField(_("Wednesday"), default=True)
    thursday = models.BooleanField(_("Thursday"), default=True)
    friday = models.BooleanField(_("Friday"), default=True)
    saturday = models.BooleanField(_("Saturday"), default=False)
    sunday = models.BooleanField(_("Sunday"), default=False)
    starts = models.TimeField(_("begins at"))
    minutes = length(_("length in minutes"))

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        ordering = ["calendar", "starts", "pk"]
        constraints = [
            models.CheckConstraint(name="calendar_shift_length", condition=Q(minutes__gte=1, minutes__lte=DAY)),
        ]

    def __str__(self) -> str:
        return f"{self.calendar.code} · {self.name}"

    @property
    def weekdays(self) -> frozenset[int]:
        """The days on which it begins; Monday is 0."""
        return frozenset(number for number, name in enumerate(WEEKDAYS) if getattr(self, name))

    def clean(self) -> None:
        """No two shifts of a week at the same time, also across Sunday's midnight (the database refuses it too)."""
        if self.starts is None or not self.minutes:
            return
        others = CalendarShift.objects.filter(calendar=self.calendar_id).exclude(pk=self.pk)
        for other in others:
            mine = (self.weekdays, self.starts, self.minutes)
            if shift_plans.overlap(mine, (other.weekdays, other.starts, other.minutes)):
                words = gettext("It overlaps the shift “%(other)s”. Change the days, the beginning or the length.")
                raise ValidationError(words % {"other": other.title})


class ShiftBreak(TwoNames, models.Model):
    """A planned break within a shift, counted from its beginning."""

    shift = models.ForeignKey(CalendarShift, models.CASCADE, related_name="breaks", verbose_name=_("shift"))
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    after_minutes = models.PositiveSmallIntegerField(_("minutes after the shift's beginning"))
    minutes = length(_("length in minutes"))

    class Meta:
        verbose_name = _("break")
        verbose_name_plural = _("breaks")
        ordering = ["shift", "after_minutes"]
        constraints = [
            models.CheckConstraint(name="shift_break_length", condition=Q(minutes__gte=1, minutes__lte=DAY)),
            ExclusionConstraint(
                name="shift_break_no_overlap",
                expressions=[
                    ("shift", RangeOperators.EQUAL),
                    (Func(F("after_minutes"), F("after_minutes") + F("minutes"), function="int4range"),
                     RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shift} · {self.name}"

    def clean(self) -> None:
        """A break lies within its shift."""
        times = (self.after_minutes, self.minutes, self.shift.minutes)
        if None not in times and self.after_minutes + self.minutes > self.shift.minutes:
            raise ValidationError({"minutes": gettext("The break ends after the shift. Make it shorter.")})


class DayKind(models.TextChoices):
    HOLIDAY = "HOLIDAY", _("Holiday")
    OVERTIME = "OVERTIME", _("Overtime")


class CalendarException(TwoNames, models.Model):
    """A day that differs from the week: a holiday, on which no shift begins, or overtime, an additional shift."""

    calendar = models.ForeignKey(WorkCalendar, models.PROTECT, related_name="days", verbose_name=_("work calendar"))
    kind = models.CharField(_("kind"), max_length=8, choices=DayKind)
    day = models.DateField(_("day"))
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    starts = models.TimeField(_("begins at"), null=True, blank=True, help_text=_("Of overtime only."))
    minutes = models.PositiveSmallIntegerField(
        _("length in minutes"), null=True, blank=True, help_text=_("Of overtime only."),
        validators=[MinValueValidator(1), MaxValueValidator(DAY)],
    )

    class Meta:
        verbose_name = _("holiday or overtime")
        verbose_name_plural = _("holidays and overtime")
        ordering = ["calendar", "day", "starts"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "day"], name="calendar_holiday_once", condition=Q(kind="HOLIDAY")
            ),
            models.CheckConstraint(
                name="calendar_overtime_has_times",
                condition=Q(kind="HOLIDAY", starts__isnull=True, minutes__isnull=True)
                | Q(kind="OVERTIME", starts__isnull=False, minutes__gte=1, minutes__lte=DAY),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calendar.code} · {self.day} · {self.name}"

    def clean(self) -> None:
        """Overtime does not overlap other overtime (the database refuses it too)."""
        if self.starts is None or not self.minutes or self.day is None:
            return
        mine = shift_plans.on_clock(self.day, self.starts, self.minutes)
        others = CalendarException.objects.filter(calendar=self.calendar_id, kind=DayKind.OVERTIME)
        for other in others.exclude(pk=self.pk):
            if other.starts is not None and other.minutes is not None:
                theirs = shift_plans.on_clock(other.day, other.starts, other.minutes)
                if mine[0] < theirs[1] and theirs[0] < mine[1]:
                    words = gettext("It overlaps the overtime “%(other)s”. Change the beginning or the length.")
                    raise ValidationError(words % {"other": other.title})


class LineCalendar(models.Model):
    """Which calendar a line follows from a day on, until a last day or without end."""

    line = models.ForeignKey(
        "plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("line"),
        limit_choices_to={"level": EquipmentLevel.WORK_CENTER},
    )
    calendar = models.ForeignKey(WorkCalendar, models.PROTECT, related_name="lines", verbose_name=_("work calendar"))
    from_day = models.DateField(_("first day"))
    to_day = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("calendar of a line")
        verbose_name_plural = _("calendars of lines")
        ordering = ["line", "from_day"]
        constraints = [
            models.CheckConstraint(
                name="line_calendar_ends_later", condition=Q(to_day__isnull=True) | Q(to_day__gte=F("from_day"))
            ),
            ExclusionConstraint(
                name="line_calendar_one_at_a_time",
                expressions=[
                    ("line", RangeOperators.EQUAL),
                    (Func(F("from_day"), F("to_day"), Value("[]"), function="daterange",
                          output_field=DateRangeField()), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line.code} · {self.calendar.code} · {self.from_day}"
