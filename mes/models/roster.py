"""Who is planned where in which shift, and what one shift tells the next."""

from typing import ClassVar

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from plant.models import TwoNames


class Spanned(Func):
    """From then to then, as a range."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


@pghistory.track()
class RosterEntry(TwoNames, models.Model):
    """Somebody planned for a shift of a line, at one of its stations or wherever they are needed there."""

    person = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("person"))
    line = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("line"))
    station = models.ForeignKey(
        "plant.Equipment", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("station")
    )
    day = models.DateField(_("day"))
    name = models.CharField(_("shift"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    starts_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("planned by"))
    at = models.DateTimeField(_("planned"))

    class Meta:
        verbose_name = _("planned shift of a person")
        verbose_name_plural = _("planned shifts of people")
        ordering: ClassVar[list[str]] = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(name="roster_ends_later", condition=Q(ends_at__gt=F("starts_at"))),
            ExclusionConstraint(
                name="roster_one_place_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (Spanned("starts_at", "ends_at", RangeBoundary()), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["line", "starts_at"], name="roster_line")]

    def __str__(self) -> str:
        return f"{self.person} · {self.line.code} · {self.day}"


@pghistory.track()
class HandoverNote(models.Model):
    """What a shift of a line tells the next one: its words, and what was open when it was written."""

    line = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("line"))
    shift_at = models.DateTimeField(_("shift"))
    text = models.TextField(_("what the next shift must know"), blank=True)
    facts = models.JSONField(default=list)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("written by"))
    at = models.DateTimeField(_("written"))
    read_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("acknowledged by")
    )
    read_at = models.DateTimeField(_("acknowledged"), null=True)

    class Meta:
        verbose_name = _("handover note")
        verbose_name_plural = _("handover notes")
        constraints = [
            models.UniqueConstraint(fields=["line", "shift_at"], name="handover_once_a_shift"),
            models.CheckConstraint(
                name="handover_read_is_whole",
                condition=Q(read_at__isnull=True, read_by__isnull=True)
                | Q(read_at__isnull=False, read_by__isnull=False, read_at__gte=F("at")),
            ),
        ]
        indexes = [models.Index(fields=["line", "-at"], name="handover_newest")]

    def __str__(self) -> str:
        return f"{self.line.code} · {self.shift_at:%Y-%m-%d %H:%M}"
