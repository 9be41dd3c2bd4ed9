"""Cartons and pallets: what is packed in what, under which number, by which rule."""

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class UnitKind(models.TextChoices):
    CARTON = "CARTON", _("Carton")
    PALLET = "PALLET", _("Pallet")


class UnitStatus(models.TextChoices):
    OPEN = "OPEN", pgettext_lazy("packing", "Open")
    CLOSED = "CLOSED", pgettext_lazy("packing", "Closed")
    SHIPPED = "SHIPPED", _("Shipped")
    DISSOLVED = "DISSOLVED", pgettext_lazy("packing", "Dissolved")


class Mixing(models.TextChoices):
    """What may lie together, from the strictest on."""

    ONE_LOT = "ONE_LOT", _("One lot only")
    ONE_REVISION = "ONE_REVISION", _("Several lots of one revision")
    ONE_MATERIAL = "ONE_MATERIAL", _("Several lots of one material")
    ANYTHING = "ANYTHING", _("Several materials")


class SsccSeries(models.Model):
    """The numbers of one company prefix: counted on by one row, so that none is ever given twice."""

    prefix = models.CharField(
        _("company prefix"), max_length=12, unique=True,
        validators=[RegexValidator(r"^\d{4,12}\Z", _("A company prefix has 4 to 12 digits."))],
    )
    site = models.ForeignKey(
        "plant.Equipment", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("site"),
        help_text=_("Empty: every site without a prefix of its own."),
    )
    given = models.BigIntegerField(_("numbers given"), default=0, editable=False)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("series of carton numbers")
        verbose_name_plural = _("series of carton numbers")
        ordering = ["prefix"]
        constraints = [
            models.CheckConstraint(name="sscc_prefix_digits", condition=Q(prefix__regex=r"^[0-9]{4,12}$")),
            models.CheckConstraint(name="sscc_given_not_negative", condition=Q(given__gte=0)),
            models.UniqueConstraint(
                fields=["site"], name="sscc_one_series_a_site", condition=Q(active=True), nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return self.prefix


@pghistory.track()
class PackingRule(models.Model):
    """How much of a material goes into a carton, or how many cartons of it onto a pallet, and what may lie together."""

    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, related_name="packing_rules", verbose_name=_("material")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=UnitKind, default=UnitKind.CARTON)
    capacity = models.DecimalField(
        _("capacity"), max_digits=18, decimal_places=6,
        help_text=_("For a carton in the unit of the material, for a pallet in cartons."),
    )
    mixing = models.CharField(_("may lie together"), max_length=12, choices=Mixing, default=Mixing.ONE_LOT)
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("packing rule")
        verbose_name_plural = _("packing rules")
        ordering = ["material", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["material", "kind"], name="packing_rule_once"),
            models.CheckConstraint(
                name="packing_capacity_positive", condition=Q(capacity__gt=0, capacity__lt=10**12)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.material.code} {self.get_kind_display()}"


@pghistory.track()
class HandlingUnit(models.Model):
    """A carton or a pallet under its SSCC. Closed it may be received and shipped; its number is never given again."""

    LIFECYCLE = {
        UnitStatus.OPEN: (UnitStatus.CLOSED, UnitStatus.DISSOLVED),
        UnitStatus.CLOSED: (UnitStatus.OPEN, UnitStatus.SHIPPED),
        UnitStatus.SHIPPED: (),
        UnitStatus.DISSOLVED: (),
    }

    number = models.CharField(_("SSCC"), max_length=18, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=UnitKind)
    status = models.CharField(_("status"), max_length=10, choices=UnitStatus, default=UnitStatus.OPEN)
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    pallet = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="cartons", verbose_name=_("pallet")
    )
    place = models.CharField(_("place"), max_length=40, blank=True)
    opened_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("opened by"))
    opened_at = models.DateTimeField(_("opened"))
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        verbose_name = _("carton or pallet")
        verbose_name_plural = _("cartons and pallets")
        constraints = [
            models.CheckConstraint(name="unit_number_is_sscc", condition=Q(number__regex=r"^[0-9]{18}$")),
            models.CheckConstraint(
                name="unit_only_cartons_on_pallets", condition=Q(kind="CARTON") | Q(pallet__isnull=True)
            ),
            models.CheckConstraint(
                name="unit_closed_has_time", condition=~Q(status__in=["CLOSED", "SHIPPED"]) | Q(closed_at__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["status", "-opened_at"], name="unit_newest")]

    def __str__(self) -> str:
        return self.number


class PackedLot(models.Model):
    """A lot lies in a carton, whole, until it is taken out again; in one carton at a time."""

    unit = models.ForeignKey(HandlingUnit, models.PROTECT, related_name="contents", verbose_name=_("carton"))
    lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, related_name="packings", verbose_name=_("lot"))
    quantity = models.DecimalField(_("quantity"), max_digits=18, decimal_places=6)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("packed by"))
    at = models.DateTimeField(_("packed"))
    ended_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("taken out by")
    )
    ended_at = models.DateTimeField(_("taken out"), null=True)
    end_reason = models.CharField(_("why"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("packed lot")
        verbose_name_plural = _("packed lots")
        constraints = [
            models.UniqueConstraint(
                fields=["lot"], name="packed_in_one_carton", condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(name="packed_positive", condition=Q(quantity__gt=0, quantity__lt=10**12)),
            models.CheckConstraint(
                name="packed_end_is_whole",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, end_reason="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(end_reason="")),
            ),
        ]
        indexes = [models.Index(fields=["unit"], name="packed_now", condition=Q(ended_at__isnull=True))]
