"""What was made from what, where and when."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traceability.models.capture import CaptureWay


class ActualKind(models.TextChoices):
    CONSUMED = "CONSUMED", _("Consumption")
    PRODUCED = "PRODUCED", _("Output")


class Certainty(models.TextChoices):
    EXACT = "EXACT", _("Exact")
    POSSIBLE = "POSSIBLE", _("Possible")


class Link(models.Model):
    """A genealogy edge: the child holds some of the parent. Written once; a mistake gets a reverse link."""

    parent = models.ForeignKey("traceability.MaterialLot", models.PROTECT, related_name="child_links", db_index=False)
    child = models.ForeignKey("traceability.MaterialLot", models.PROTECT, related_name="parent_links", db_index=False)
    quantity = models.DecimalField(max_digits=18, decimal_places=6)
    job_order = models.CharField(max_length=40, blank=True)
    operation = models.CharField(max_length=40, blank=True)
    certainty = models.CharField(max_length=10, choices=Certainty, default=Certainty.EXACT)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    reason = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("genealogy link")
        verbose_name_plural = _("genealogy links")
        constraints = [
            models.CheckConstraint(name="link_not_to_itself", condition=~Q(parent=F("child"))),
            # A lot that may be in the piece, though the books took nothing of it, is a possible link of nothing.
            models.CheckConstraint(
                name="link_positive_number",
                condition=Q(quantity__gt=0, quantity__lt=10**12) | Q(quantity=0, certainty="POSSIBLE"),
            ),
            models.CheckConstraint(
                name="link_reverse_has_reason", condition=Q(reverses__isnull=True) | ~Q(reason="")
            ),
        ]
        indexes = [
            models.Index(fields=["parent", "child"], name="link_down", include=["quantity", "at"]),
            models.Index(fields=["child", "parent"], name="link_up", include=["quantity", "at"]),
        ]


class MaterialActual(models.Model):
    """Consumption or output of one operation; tied both ways to its ledger move and, if consumed, to its link."""

    kind = models.CharField(max_length=10, choices=ActualKind)
    lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, related_name="actuals")
    quantity = models.DecimalField(max_digits=18, decimal_places=6)
    move = models.OneToOneField("traceability.Move", models.PROTECT, related_name="actual")
    link = models.OneToOneField(Link, models.PROTECT, null=True, related_name="actual")
    job_order = models.CharField(max_length=40, db_index=True)
    operation = models.CharField(max_length=40)
    equipment = models.ForeignKey("plant.Equipment", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey("plant.Person", models.PROTECT, related_name="+")
    way = models.CharField(_("how it came in"), max_length=4, blank=True, choices=CaptureWay)  # set by zz_came_in
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("consumption or output")
        verbose_name_plural = _("consumption and output")
        constraints = [
            models.CheckConstraint(name="actual_positive_number", condition=Q(quantity__gt=0, quantity__lt=10**12)),
            models.CheckConstraint(
                name="actual_consumption_has_link",
                condition=Q(kind="PRODUCED", link__isnull=True) | Q(kind="CONSUMED", link__isnull=False),
            ),
        ]


class Visit(models.Model):
    """A lot stood at a piece of equipment from then to then; a serial is at one place at a time."""

    lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, related_name="visits")
    is_serial = models.BooleanField()
    equipment = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="visits")
    during = DateTimeRangeField()
    job_order = models.CharField(max_length=40, blank=True)
    operation = models.CharField(max_length=40, blank=True)
    person = models.ForeignKey("plant.Person", models.PROTECT, related_name="+")
    result = models.CharField(max_length=10, blank=True)
    way = models.CharField(_("how it came in"), max_length=4, blank=True, choices=CaptureWay)  # set by zz_came_in

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        constraints = [
            ExclusionConstraint(
                name="visit_serial_one_place",
                expressions=[("lot", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)],
                condition=Q(is_serial=True),
            ),
            models.UniqueConstraint(
                fields=["lot", "equipment"], name="visit_open_once", condition=Q(during__upper_inf=True)
            ),
        ]
        indexes = [
            GistIndex(fields=["equipment", "during"], name="visit_where_when"),
            models.Index(fields=["equipment"], name="visit_here_now", condition=Q(during__upper_inf=True)),
        ]
