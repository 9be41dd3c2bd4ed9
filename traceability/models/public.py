"""What strangers see who scan a customer's label: what may be shown to whom, and where and when a code was scanned."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ScanDoubt(models.TextChoices):
    MANY = "MANY", _("Scanned too often")
    FAR = "FAR", _("At too many places in a day")
    SCRAPPED = "SCRAPPED", _("Scanned although scrapped")


@pghistory.track()
class PublicView(models.Model):
    """What the page behind the code on a label shows: for one customer's products, or for all others."""

    customer = models.OneToOneField(
        "plant.Partner", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("customer"),
        limit_choices_to={"kind": "CUSTOMER"}, help_text=_("Empty: every customer without settings of their own."),
    )
    is_open = models.BooleanField(
        _("page is open"), default=True, help_text=_("Closed: codes lead nowhere, except to a recall."),
    )
    shows_date = models.BooleanField(_("shows the date of manufacture"), default=True)
    shows_raw = models.BooleanField(_("shows the lots of raw material"), default=True)
    shows_suppliers = models.BooleanField(_("names the suppliers of raw material"), default=False)
    shows_inspections = models.BooleanField(_("shows the summary of inspections"), default=True)
    shows_certificate = models.BooleanField(
        _("offers the certificate"), default=True, help_text=_("With the measured values and their limits."),
    )
    shows_operators = models.BooleanField(
        _("names the operators"), default=False, help_text=_("Only where they have agreed to it."),
    )
    shows_scans = models.BooleanField(_("shows when and how often it was scanned"), default=True)
    most_scans = models.PositiveIntegerField(
        _("scans that are usual"), default=30, help_text=_("For each piece; more of them are a warning."),
    )
    most_places = models.PositiveSmallIntegerField(
        _("places in a day that are usual"), default=3,
        help_text=_("Of one serial; more of them within 24 hours are a warning."),
    )
    contact = models.CharField(
        _("whom to ask"), max_length=200, blank=True, help_text=_("Telephone or address, shown on the page."),
    )
    contact_zh = models.CharField(_("whom to ask, in Chinese"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("customers' page")
        verbose_name_plural = _("customers' pages")
        constraints = [
            models.UniqueConstraint(
                fields=["customer"], name="public_view_once", nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="public_view_warns_somewhen", condition=Q(most_scans__gte=1, most_places__gte=1)
            ),
            models.CheckConstraint(
                name="public_view_suppliers_with_lots", condition=Q(shows_suppliers=False) | Q(shows_raw=True)
            ),
        ]

    def __str__(self) -> str:
        return str(self.customer) if self.customer else str(_("Every other customer"))


class PublicPage(models.Model):
    """A lot whose code was scanned; the version grows with whatever its page tells, in the same transaction."""

    lot = models.OneToOneField(
        "traceability.MaterialLot", models.PROTECT, primary_key=True, related_name="public_page", verbose_name=_("lot")
    )
    version = models.BigIntegerField(default=1)
    doubted_at = models.DateTimeField(_("scans improbable since"), null=True)
    doubt = models.CharField(_("why improbable"), max_length=8, blank=True, choices=ScanDoubt)

    class Meta:
        verbose_name = _("scanned product")
        verbose_name_plural = _("scanned products")
        constraints = [
            models.CheckConstraint(
                name="public_page_doubt_is_whole",
                condition=Q(doubted_at__isnull=True, doubt="")
                | Q(doubted_at__isnull=False, doubt__in=ScanDoubt.values),
            ),
        ]
        indexes = [
            models.Index(fields=["-doubted_at"], name="public_page_doubted", condition=Q(doubted_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return str(self.lot)


class PublicScan(models.Model):
    """How often a lot's code was scanned at a coarse place on a day: no address, no device, no person."""

    lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, related_name="public_scans")
    place = models.CharField(_("place"), max_length=12)
    day = models.DateField(_("day"))
    count = models.PositiveIntegerField(_("scans"))
    first_at = models.DateTimeField(_("first scan"))
    last_at = models.DateTimeField(_("last scan"))

    class Meta:
        verbose_name = _("scans of a day")
        verbose_name_plural = _("scans of days")
        constraints = [
            models.UniqueConstraint(fields=["lot", "place", "day"], name="public_scan_once"),
            models.CheckConstraint(
                name="public_scan_counts", condition=Q(count__gte=1, last_at__gte=models.F("first_at"))
            ),
        ]


class PublicEpoch(models.Model):
    """Something changed that every customer's page may show. Only counted, never read; written by triggers."""

    at = models.DateTimeField()

    class Meta:
        verbose_name = _("change of all customers' pages")
        verbose_name_plural = _("changes of all customers' pages")
