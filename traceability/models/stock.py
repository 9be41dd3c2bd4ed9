"""Where material lies in the stores: what each place is for, what came with a delivery, and what was counted."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PlaceKind(models.TextChoices):
    STORE = "STORE", pgettext_lazy("storage place", "Store")
    DOCK = "DOCK", _("Receiving dock")
    BLOCKED = "BLOCKED", _("Blocked stock")


@pghistory.track()
class StoragePlace(models.Model):
    """What a place that stores material is for; a place without a row is a store for anything."""

    equipment = models.OneToOneField(
        "plant.Equipment", models.PROTECT, related_name="storage", verbose_name=_("place")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=PlaceKind, default=PlaceKind.STORE)
    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("kept for material"),
    )

    class Meta:
        verbose_name = _("storage place")
        verbose_name_plural = _("storage places")
        constraints = [
            models.CheckConstraint(
                name="storage_place_kept_only_in_store", condition=Q(material__isnull=True) | Q(kind="STORE")
            ),
        ]

    def __str__(self) -> str:
        return str(self.equipment)


class GoodsReceipt(models.Model):
    """One delivery at the dock; its lots are received one by one."""

    number = models.CharField(_("number"), max_length=40, unique=True)
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    supplier = models.ForeignKey(
        "plant.Partner", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("supplier")
    )
    delivery_note = models.CharField(_("delivery note"), max_length=80)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("received by"))
    at = models.DateTimeField(_("received"))

    class Meta:
        verbose_name = _("goods receipt")
        verbose_name_plural = _("goods receipts")
        constraints = [models.CheckConstraint(name="goods_receipt_has_note", condition=~Q(delivery_note=""))]
        indexes = [models.Index(fields=["-at"], name="goods_receipt_newest")]

    def __str__(self) -> str:
        return self.number


class GoodsReceiptLine(models.Model):
    """A lot that came with a delivery, and how much of it."""

    receipt = models.ForeignKey(GoodsReceipt, models.PROTECT, related_name="lines")
    lot = models.OneToOneField("traceability.MaterialLot", models.PROTECT, related_name="receipt_line")
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=6)

    class Meta:
        verbose_name = _("line of a goods receipt")
        verbose_name_plural = _("lines of goods receipts")
        constraints = [models.CheckConstraint(name="goods_receipt_line_positive", condition=Q(quantity__gt=0))]


class CountStatus(models.TextChoices):
    COUNTING = "COUNTING", _("Being counted")
    REVIEW = "REVIEW", pgettext_lazy("stock count", "To approve")
    CLOSED = "CLOSED", _("Closed")
    CANCELLED = "CANCELLED", _("Cancelled")


class StockCount(models.Model):
    """The count of one place: who asks for it, who counts without seeing the books, who approves the differences."""

    LIFECYCLE = {
        CountStatus.COUNTING: (CountStatus.REVIEW, CountStatus.CANCELLED),
        CountStatus.REVIEW: (CountStatus.COUNTING, CountStatus.CLOSED, CountStatus.CANCELLED),
        CountStatus.CLOSED: (),
        CountStatus.CANCELLED: (),
    }

    number = models.CharField(_("number"), max_length=40, unique=True)
    place = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("place"))
    status = models.CharField(_("status"), max_length=10, choices=CountStatus, default=CountStatus.COUNTING)
    first_move = models.BigIntegerField(default=0)
    asked_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"))
    counted_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("counted by")
    )
    counted_at = models.DateTimeField(_("counted"), null=True)
    settled_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )
    settled_at = models.DateTimeField(_("approved"), null=True)
    why = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("stock count")
        verbose_name_plural = _("stock counts")
        constraints = [
            models.UniqueConstraint(
                fields=["place"], name="stock_count_one_open", condition=Q(status__in=["COUNTING", "REVIEW"])
            ),
            models.CheckConstraint(
                name="stock_count_closed_with_reason",
                condition=Q(status="CLOSED", settled_by__isnull=False, settled_at__isnull=False) & ~Q(why="")
                | ~Q(status="CLOSED") & Q(settled_by__isnull=True, settled_at__isnull=True),
            ),
            models.CheckConstraint(
                name="stock_count_reviewed_once_counted",
                condition=Q(counted_by__isnull=True, counted_at__isnull=True) & ~Q(status__in=["REVIEW", "CLOSED"])
                | Q(counted_by__isnull=False, counted_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["-asked_at"], name="stock_count_newest")]

    def __str__(self) -> str:
        return self.number


class CountState(models.TextChoices):
    COUNTED = "COUNTED", _("Counted")
    STALE = "STALE", _("Moved meanwhile")
    SETTLED = "SETTLED", pgettext_lazy("stock count", "Settled")


class CountLine(models.Model):
    """One lot in a count, and what the books said at that moment; a code that no lot carries stands without a lot."""

    count = models.ForeignKey(StockCount, models.PROTECT, related_name="lines")
    code = models.CharField(_("scanned"), max_length=80)
    lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, null=True, related_name="+")
    counted = models.DecimalField(_("counted"), max_digits=18, decimal_places=6)
    expected = models.DecimalField(_("in the books"), max_digits=18, decimal_places=6, default=0)
    last_move = models.BigIntegerField(default=0)
    state = models.CharField(_("state"), max_length=8, choices=CountState, default=CountState.COUNTED)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("line of a stock count")
        verbose_name_plural = _("lines of stock counts")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["count", "code"], name="count_line_once"),
            models.CheckConstraint(
                name="count_line_numbers",
                condition=Q(counted__gte=0, counted__lt=10**12, expected__gte=0, expected__lt=10**12),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def difference(self) -> object:
        """How much more was counted than the books say."""
        return self.counted - self.expected
