"""Labels: how they look for which material and customer, and every one that was printed."""

import re

import pghistory
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
PLACEHOLDERS = (
    "number", "kind", "code", "name", "material", "quantity", "unit", "lot", "supplier_lot", "order", "expires", "made",
    "customer", "place", "site", "serial", "due",
)  # fmt: skip


class LabelKind(models.TextChoices):
    LOT = "LOT", _("Lot")
    SERIAL = "SERIAL", _("Serial")
    CARTON = "CARTON", _("Carton")
    PALLET = "PALLET", _("Pallet")
    MATERIAL = "MATERIAL", _("Material")
    STATION = "STATION", _("Station")
    EQUIPMENT = "EQUIPMENT", _("Equipment")
    GAUGE = "GAUGE", _("Gauge")


class Symbology(models.TextChoices):
    CODE128 = "CODE128", _("Code 128: the number")
    GS1_128 = "GS1_128", _("GS1-128: bars with GS1 data")
    QR = "QR", _("QR code: leads to the record")
    DATAMATRIX = "DATAMATRIX", _("Data Matrix: the number")
    GS1_DATAMATRIX = "GS1_DATAMATRIX", _("GS1 DataMatrix: GS1 data in a small square")
    PUBLIC = "PUBLIC", _("QR code for customers: leads to the page of the product")


PLACES = (LabelKind.STATION, LabelKind.EQUIPMENT, LabelKind.GAUGE)
GS1 = (Symbology.GS1_128, Symbology.GS1_DATAMATRIX)


def check_lines(text: str) -> None:
    """Raise ValidationError when a line asks for something that no label knows."""
    unknown = [name for name in PLACEHOLDER.findall(text) if name not in PLACEHOLDERS]
    if unknown:
        message = _("Labels don't know {%(name)s}. Known are: %(known)s.")
        words = {"name": unknown[0], "known": ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)}
        raise ValidationError(message, code="placeholder", params=words)


@pghistory.track()
class LabelTemplate(models.Model):
    """How a label looks: for one kind, and where it is said for one material or one customer."""

    kind = models.CharField(_("label of"), max_length=10, choices=LabelKind)
    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("material"),
        help_text=_("Empty: every material."),
    )
    customer = models.ForeignKey(
        "plant.Partner", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("customer"),
        limit_choices_to={"kind": "CUSTOMER"}, help_text=_("Empty: every customer."),
    )
    width = models.PositiveSmallIntegerField(_("width"), default=60, help_text=_("In millimetres."))
    height = models.PositiveSmallIntegerField(_("height"), default=40, help_text=_("In millimetres."))
    symbology = models.CharField(_("bar code"), max_length=14, choices=Symbology, default=Symbology.QR)
    beside = models.CharField(
        _("second symbol"), max_length=14, choices=Symbology, blank=True,
        help_text=_("Left away where it does not fit."),
    )
    lines = models.TextField(
        _("lines"), blank=True, max_length=400, validators=[check_lines],
        help_text=_("One a line, the first one large; {number}, {name}, {expires} … stand for what the label is of. "
                    "Empty: the usual ones."),
    )
    language = models.CharField(
        _("language"), max_length=8, blank=True, choices=settings.LANGUAGES,
        help_text=_("Empty: of whoever prints it."),
    )
    pieces = models.PositiveSmallIntegerField(_("labels each"), default=1)
    needs_check = models.BooleanField(
        _("scanned back"), default=False,
        help_text=_("Before a carton or pallet goes on, or a lot is packed, its label is scanned where it sticks."),
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("label template")
        verbose_name_plural = _("label templates")
        ordering = ["kind", "customer__code", "material__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "material", "customer"], name="label_template_once", nulls_distinct=False,
                condition=Q(active=True),
            ),
            models.CheckConstraint(
                name="label_size", condition=Q(width__gte=20, width__lte=210, height__gte=10, height__lte=297)
            ),
            models.CheckConstraint(name="label_pieces", condition=Q(pieces__gte=1, pieces__lte=20)),
            models.CheckConstraint(
                name="label_two_different_symbols", condition=Q(beside="") | ~Q(symbology=models.F("beside"))
            ),
            models.CheckConstraint(
                name="label_places_are_plain",
                condition=~Q(kind__in=PLACES)
                | (Q(material__isnull=True, customer__isnull=True, needs_check=False)
                   & ~Q(symbology__in=GS1) & ~Q(beside__in=GS1)),
            ),
            models.CheckConstraint(
                name="label_customers_code_of_products",
                condition=Q(kind__in=["LOT", "SERIAL"]) | (~Q(symbology="PUBLIC") & ~Q(beside="PUBLIC")),
            ),
            models.CheckConstraint(
                name="label_check_of_goods",
                condition=Q(needs_check=False) | Q(kind__in=["CARTON", "PALLET", "LOT", "SERIAL"]),
            ),
        ]

    def __str__(self) -> str:
        whose = [str(part) for part in (self.customer, self.material) if part]
        return " · ".join([str(self.get_kind_display()), *whose])


class LabelPrint(models.Model):
    """A label was printed: the how-manieth of its thing, why again, and whether it was scanned back. Written once."""

    kind = models.CharField(_("label of"), max_length=10, choices=LabelKind)
    number = models.CharField(_("number"), max_length=80)
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, null=True, related_name="label_prints")
    unit = models.ForeignKey("traceability.HandlingUnit", models.PROTECT, null=True, related_name="label_prints")
    template = models.ForeignKey(LabelTemplate, models.PROTECT, null=True, related_name="+")
    data = models.JSONField(_("what its symbols carry"))
    nth = models.PositiveIntegerField(_("print"))
    pieces = models.PositiveSmallIntegerField(_("labels"), default=1)
    reason = models.CharField(_("why again"), max_length=200, blank=True)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("printed by"))
    at = models.DateTimeField(_("printed"))
    checked_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("scanned back by")
    )
    checked_at = models.DateTimeField(_("scanned back"), null=True)

    class Meta:
        verbose_name = _("printed label")
        verbose_name_plural = _("printed labels")
        constraints = [
            models.UniqueConstraint(fields=["kind", "number", "nth"], name="label_print_counted_once"),
            models.CheckConstraint(
                name="label_again_with_reason", condition=Q(nth=1, reason="") | (Q(nth__gt=1) & ~Q(reason=""))
            ),
            models.CheckConstraint(
                name="label_print_of_its_thing",
                condition=Q(kind__in=["LOT", "SERIAL"], lot__isnull=False, unit__isnull=True)
                | Q(kind__in=["CARTON", "PALLET"], lot__isnull=True, unit__isnull=False)
                | Q(kind__in=["MATERIAL", *PLACES], lot__isnull=True, unit__isnull=True),
            ),
            models.CheckConstraint(
                name="label_check_is_whole",
                condition=Q(checked_at__isnull=True, checked_by__isnull=True)
                | Q(checked_at__isnull=False, checked_by__isnull=False),
            ),
        ]
