"""Counts in samples: how many items were looked at for each count, and where a stream gets its counts from."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SampleSize(models.Model):
    """The items looked at for a reading that is a count of bad ones among them. Written once."""

    stream = models.ForeignKey("traceability.Stream", models.PROTECT, related_name="+", verbose_name=_("stream"))
    at = models.DateTimeField(_("at"))
    seq = models.BigIntegerField()
    size = models.FloatField(_("sample size"))

    class Meta:
        verbose_name = _("size of a counted sample")
        verbose_name_plural = _("sizes of counted samples")
        constraints = [
            models.UniqueConstraint(fields=["stream", "at", "seq"], name="sample_size_once"),
            models.CheckConstraint(name="sample_size_positive", condition=Q(size__gt=0, size__lt=1e15)),
        ]

    def __str__(self) -> str:
        return f"{self.stream_id} {self.at:%Y-%m-%d %H:%M:%S}: {self.size:g}"


class CountOf(models.TextChoices):
    REPORTS = "REPORTS", _("Pieces reported at stations: scrap and rework of all")
    INSPECTIONS = "INSPECTIONS", _("Inspected samples: failed results of all")


class CountPer(models.TextChoices):
    EACH = "EACH", _("Each report or inspection")
    JOB_ORDER = "JOB_ORDER", _("Each work order, once it is done at the operation")
    TIME = "TIME", _("Each interval, such as a shift")


class CountFeed(models.Model):
    """Where the counts of a stream come from, and what makes one sample of them."""

    stream = models.OneToOneField(
        "traceability.Stream", models.PROTECT, related_name="count_feed", verbose_name=_("stream")
    )
    of = models.CharField(_("counts"), max_length=12, choices=CountOf)
    per = models.CharField(_("one sample"), max_length=10, choices=CountPer, default=CountPer.EACH)
    every_minutes = models.PositiveIntegerField(_("interval in minutes"), null=True, blank=True)
    operation = models.CharField(_("only at the operation"), max_length=40, blank=True)
    counts_from = models.DateTimeField(_("counts from"))
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("source of counts")
        verbose_name_plural = _("sources of counts")
        ordering = ["stream__code"]
        constraints = [
            models.CheckConstraint(
                name="count_feed_interval_fits",
                condition=Q(per="TIME", every_minutes__gte=1, every_minutes__lte=1440)
                | (~Q(per="TIME") & Q(every_minutes__isnull=True)),
            ),
            models.CheckConstraint(
                name="count_feed_inspections_have_no_order", condition=~Q(of="INSPECTIONS", per="JOB_ORDER")
            ),
        ]

    def __str__(self) -> str:
        return self.stream.code
