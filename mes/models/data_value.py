"""What people enter or a device tells at an operation: what is asked, and what was answered for a lot or in a check."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from mes.models.work_master import Segment
from plant.models import TwoNames

BAD_MARK = "!"
MEASURED = ("NUMBER", "DEVICE")
LISTED = ("CHOICE", "CHECK")


class DataKind(models.TextChoices):
    NUMBER = "NUMBER", pgettext_lazy("entered value", "Number")
    CHOICE = "CHOICE", pgettext_lazy("entered value", "Choice")
    TEXT = "TEXT", pgettext_lazy("entered value", "Text")
    PHOTO = "PHOTO", pgettext_lazy("entered value", "Photo")
    SCAN = "SCAN", pgettext_lazy("entered value", "Scanned code")
    CHECK = "CHECK", pgettext_lazy("entered value", "Checklist")
    DEVICE = "DEVICE", pgettext_lazy("entered value", "Value of a device")


class DataItem(TwoNames, models.Model):
    """One thing that is asked for: by an operation each time a lot comes to it, or by a check each time it is due."""

    segment = models.ForeignKey(
        Segment, models.PROTECT, null=True, related_name="data_items", verbose_name=_("operation")
    )
    rule = models.ForeignKey(
        "mes.CheckRule", models.PROTECT, null=True, editable=False, related_name="items", verbose_name=_("check")
    )
    position = models.PositiveSmallIntegerField(_("order"), default=10)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    kind = models.CharField(_("kind"), max_length=6, choices=DataKind, default=DataKind.NUMBER)
    required = models.BooleanField(_("needed before the operation ends"), default=True)
    unit = models.ForeignKey("plant.Unit", models.PROTECT, null=True, blank=True, verbose_name=_("unit"))
    low = models.DecimalField(_("low"), max_digits=18, decimal_places=6, null=True, blank=True)
    high = models.DecimalField(_("high"), max_digits=18, decimal_places=6, null=True, blank=True)
    options = models.TextField(
        _("choices or points to check"), blank=True,
        help_text=_("One a line. A choice that begins with ! stops the operation."),
    )
    begins = models.CharField(_("the code begins with"), max_length=40, blank=True)
    parameter = models.ForeignKey(
        "plant.Parameter", models.PROTECT, null=True, blank=True, verbose_name=_("parameter of the device")
    )
    gauge_type = models.ForeignKey(
        "qms.GaugeType", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("measured with"),
        help_text=_("Of numbers: every value names the gauge; one whose calibration does not hold is refused."),
    )
    instruction = models.TextField(_("what to do when it is out"), blank=True)
    instruction_zh = models.TextField(_("what to do, in Chinese"), blank=True)

    class Meta:
        verbose_name = _("value to collect")
        verbose_name_plural = _("values to collect")
        ordering: ClassVar[list[str]] = ["segment", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["segment", "name"], name="data_item_name_once"),
            models.UniqueConstraint(fields=["rule", "name"], name="check_item_name_once"),
            models.CheckConstraint(
                name="data_item_of_one",
                condition=Q(segment__isnull=False, rule__isnull=True) | Q(segment__isnull=True, rule__isnull=False),
            ),
            models.CheckConstraint(
                name="data_item_limits", condition=(
                    Q(low__isnull=True, high__isnull=True) | Q(kind__in=MEASURED)
                ) & (Q(low__isnull=True) | Q(high__isnull=True) | Q(low__lte=F("high"))),
            ),
            models.CheckConstraint(
                name="data_item_has_choices",
                condition=(Q(kind__in=LISTED) & ~Q(options="")) | (~Q(kind__in=LISTED) & Q(options="")),
            ),
            models.CheckConstraint(
                name="data_item_number_has_gauge", condition=Q(gauge_type__isnull=True) | Q(kind="NUMBER")
            ),
            models.CheckConstraint(
                name="data_item_device_has_parameter",
                condition=Q(kind="DEVICE", parameter__isnull=False) | (~Q(kind="DEVICE") & Q(parameter__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def lines(self) -> list[str]:
        """The choices or the points of the checklist, as they are written."""
        return [line.strip() for line in self.options.splitlines() if line.strip()]

    @property
    def choices(self) -> list[str]:
        """The choices as they are shown, without the mark of the bad ones."""
        return [line.removeprefix(BAD_MARK).strip() for line in self.lines]

    @property
    def bad_choices(self) -> list[str]:
        """The choices that stop the operation."""
        return [line.removeprefix(BAD_MARK).strip() for line in self.lines if line.startswith(BAD_MARK)]

    @property
    def symbol(self) -> str:
        """The unit's sign, if it has one."""
        unit = self.parameter.unit if self.parameter else self.unit
        return unit.symbol if unit else ""

    @property
    def todo(self) -> str:
        """What to do when the value is out, in the reader's language."""
        is_chinese = (get_language() or "").startswith("zh")
        return (is_chinese and self.instruction_zh) or self.instruction

    def is_good(self, value: Any) -> bool:
        """Whether a number lies within the limits (both belong to it), or a choice is none of the bad ones."""
        if self.kind in MEASURED:
            return not ((self.low is not None and value < self.low) or (self.high is not None and value > self.high))
        return self.kind != DataKind.CHOICE or value not in self.bad_choices


class Answer(models.Model):
    """What was answered to an item, by whom, when, and whether it is within its limits."""

    person = models.ForeignKey("plant.Person", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    number = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    gauge = models.ForeignKey("qms.Gauge", models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)
    is_good = models.BooleanField()
    stream = models.ForeignKey("traceability.Stream", models.PROTECT, null=True, related_name="+")
    read_at = models.DateTimeField(null=True)
    media_type = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    key = models.CharField(max_length=32, blank=True, db_index=True)

    class Meta:
        abstract = True


class DataValue(Answer):
    """A value of a lot at an operation. Written once; a correction is a row of its own that names the one it replaces.

    `arrival` is the move that brought the lot to the operation: who comes again is asked again.
    """

    item = models.ForeignKey(DataItem, models.PROTECT, related_name="values")
    lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, related_name="+")
    arrival = models.ForeignKey("traceability.Move", models.PROTECT, related_name="+")
    job_segment = models.ForeignKey("mes.JobSegment", models.PROTECT, related_name="+")
    station = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="correction")
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("collected value")
        verbose_name_plural = _("collected values")
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["lot", "id"], name="data_value_lot")]
        constraints = [
            models.UniqueConstraint(
                fields=["lot", "arrival", "item"], name="data_value_once", condition=Q(corrects__isnull=True)
            ),
            models.CheckConstraint(
                name="data_value_corrected_with_reason",
                condition=Q(corrects__isnull=True, reason="") | (Q(corrects__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="data_value_read_from_a_device",
                condition=Q(stream__isnull=True, read_at__isnull=True) | Q(stream__isnull=False, read_at__isnull=False),
            ),
            models.CheckConstraint(name="data_value_says_something", condition=Q(number__isnull=False) | ~Q(text="")),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.text}"

    @property
    def photo_url(self) -> str:
        """Where the picture is served, if it is one."""
        return reverse("mes:data-media", args=[self.pk]) if self.key else ""
