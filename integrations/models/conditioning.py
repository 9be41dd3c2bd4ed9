"""Tags whose raw values are conditioned into a stream of their own; the raw stream stays as it is."""

import pghistory
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from integrations.models.plc import PlcTag
from integrations.plc.filters import MOST


@pghistory.track()
class Conditioning(models.Model):
    """How the values of one tag are conditioned, and the stream that holds what comes out. Zero does nothing."""

    tag = models.OneToOneField(PlcTag, models.CASCADE, related_name="conditioning", verbose_name=_("PLC tag"))
    stream = models.OneToOneField(
        "traceability.Stream", models.PROTECT, related_name="conditioning", verbose_name=_("conditioned stream")
    )
    spike_window = models.PositiveSmallIntegerField(
        _("readings looked at for spikes"), default=0,
        help_text=_("0 looks for none. Otherwise the newest readings, 3 to 51, that a value is compared with."),
    )
    spike_factor = models.FloatField(
        _("spike from deviations"), default=3.0,
        help_text=_("How many times the median deviation (MAD × 1.4826) a value may be away from the median."),
    )
    spike_least = models.FloatField(
        _("never a spike up to"), default=0.0,
        help_text=_("In the unit of the value: a step no larger than this is no spike, however quiet the signal is."),
    )
    leave_out = models.BooleanField(
        _("leave spikes out"), default=False,
        help_text=_("Off: a spike is kept with the quality “uncertain”, so that charts show it and don't judge it."),
    )
    median_window = models.PositiveSmallIntegerField(
        _("median of readings"), default=1, help_text=_("An odd number up to 51; 1 takes every reading as it is.")
    )
    seconds = models.FloatField(
        _("time constant of the average (s)"), default=0.0,
        help_text=_("0 averages nothing. After this time a step has come through to 63 %."),
    )
    deadband = models.FloatField(
        _("dead band"), default=0.0,
        help_text=_("Only what has moved farther than this since the last kept reading is kept; each minute one is."),
    )
    is_percent = models.BooleanField(_("dead band in percent of the value"), default=False)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("conditioning of a tag")
        verbose_name_plural = _("conditioning of tags")
        ordering = ["tag"]
        constraints = [
            models.CheckConstraint(
                name="conditioning_spike_window",
                condition=Q(spike_window=0) | Q(spike_window__gte=3, spike_window__lte=MOST),
            ),
            models.CheckConstraint(
                name="conditioning_median_is_odd",
                condition=Q(median_window__gte=1, median_window__lte=MOST)
                & Q(median_window=F("median_window") / 2 * 2 + 1),
            ),
            models.CheckConstraint(
                name="conditioning_numbers_fit",
                condition=Q(
                    spike_factor__gt=0, spike_factor__lt=1e6, spike_least__gte=0, spike_least__lt=1e300,
                    seconds__gte=0, seconds__lte=86400, deadband__gte=0, deadband__lt=1e300,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tag} → {self.stream}"

    def clean(self) -> None:
        """The way goes from a recorded raw stream to one that nothing else fills."""
        if self.tag_id and self.tag.stream_id is None:
            raise ValidationError({"tag": now("Record the raw values first: choose the stream its readings go to.")})
        if self.stream_id and PlcTag.objects.filter(stream=self.stream_id).exists():
            raise ValidationError({"stream": now("A tag's raw readings go there already. Choose a stream of its own.")})


class ConditioningMemory(models.Model):
    """What a condition remembers of the readings before, written in the transaction that stores what came of them.

    It holds for the settings under which it was made; others begin anew.
    """

    conditioning = models.OneToOneField(Conditioning, models.CASCADE, primary_key=True, related_name="memory")
    settings = models.CharField(max_length=300)
    held = models.BinaryField()

    class Meta:
        verbose_name = _("memory of a condition")
        verbose_name_plural = _("memories of conditions")

    def __str__(self) -> str:
        return str(self.conditioning_id)
