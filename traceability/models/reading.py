"""What instruments and people read, and what is missing."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Quality(models.IntegerChoices):
    """How far a value may be trusted (after the quality word of OPC UA)."""

    GOOD = 0, pgettext_lazy("reading", "Good")
    UNCERTAIN = 1, _("Uncertain")
    STALE = 2, _("Stale")
    OUT_OF_RANGE = 3, _("Out of range")
    BAD = 4, _("Bad")


class Source(models.IntegerChoices):
    AUTO = 0, _("Automatic")
    MANUAL = 1, _("By hand")
    API = 2, _("Other system")


class Stream(models.Model):
    """One parameter read at one piece of equipment."""

    code = models.CharField(_("code"), max_length=80, unique=True)
    parameter = models.ForeignKey("plant.Parameter", models.PROTECT, verbose_name=_("parameter"))
    equipment = models.ForeignKey(
        "plant.Equipment", models.PROTECT, related_name="streams", verbose_name=_("equipment")
    )
    period_ms = models.PositiveIntegerField(_("period in ms"), default=1000)
    last_at = models.DateTimeField(_("last reading"), null=True, editable=False)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("stream")
        verbose_name_plural = _("streams")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class Reading(models.Model):
    """One value of one stream. The table is partitioned by day; migration 0002 makes it, Django only reads it."""

    pk = models.CompositePrimaryKey("stream_id", "at", "seq")
    stream = models.ForeignKey(Stream, models.DO_NOTHING, related_name="readings", db_constraint=False)
    at = models.DateTimeField()
    seq = models.BigIntegerField()
    value = models.FloatField(null=True)
    quality = models.SmallIntegerField(choices=Quality)
    source = models.SmallIntegerField(choices=Source)
    recorded_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "traceability_reading"


class ReadingBlock(models.Model):
    """Some hundred readings of one stream, packed. Read through zz_readings; sql/blocks.sql makes the table.

    The columns with the readings themselves are none of Django's business.
    """

    pk = models.CompositePrimaryKey("stream_id", "from_at")
    stream = models.ForeignKey(Stream, models.DO_NOTHING, related_name="blocks", db_constraint=False)
    from_at = models.DateTimeField()
    to_at = models.DateTimeField()
    count = models.IntegerField()
    good = models.IntegerField()

    class Meta:
        managed = False
        db_table = "traceability_readingblock"


class ReadingHour(models.Model):
    """What a stream read within an hour, of readings that were dropped; numbers of the good ones only."""

    pk = models.CompositePrimaryKey("stream_id", "hour")
    stream = models.ForeignKey(Stream, models.DO_NOTHING, related_name="hours", db_constraint=False)
    hour = models.DateTimeField()
    count = models.BigIntegerField()
    good = models.BigIntegerField()
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    mean = models.FloatField(null=True)
    squares = models.FloatField(null=True)
    first = models.FloatField(null=True)
    last = models.FloatField(null=True)
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "traceability_readinghour"


class Gap(models.Model):
    """A stretch for which a stream has no readings, and why."""

    stream = models.ForeignKey(Stream, models.PROTECT, related_name="gaps")
    from_at = models.DateTimeField(_("from"))
    to_at = models.DateTimeField(_("to"))
    cause = models.CharField(_("cause"), max_length=200)

    class Meta:
        verbose_name = _("gap")
        verbose_name_plural = _("gaps")
        constraints = [
            models.CheckConstraint(name="gap_ends_after_start", condition=Q(to_at__gt=models.F("from_at"))),
            models.UniqueConstraint(fields=["stream", "from_at"], name="gap_once"),
        ]
