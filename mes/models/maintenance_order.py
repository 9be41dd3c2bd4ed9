"""Work on machines: what is to be done, by whom, what was found, how long it took, which parts it took."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plant.models import Role
from plant.models.naming import TwoNames


class MaintenanceKind(models.TextChoices):
    PLANNED = "PLANNED", _("By plan")
    BREAKDOWN = "BREAKDOWN", _("Breakdown")
    OTHER = "OTHER", _("On request")


class MaintenanceStatus(models.TextChoices):
    OPEN = "OPEN", _("Open")
    STARTED = "STARTED", _("Being worked on")
    DONE = "DONE", _("Done")
    CLOSED = "CLOSED", _("Signed off")
    CANCELLED = "CANCELLED", _("Cancelled")


@pghistory.track()
class MaintenanceOrder(models.Model):
    """One work order of maintenance. While somebody works on it, its machine is in maintenance and takes no work."""

    LIFECYCLE = {
        MaintenanceStatus.OPEN: (MaintenanceStatus.STARTED, MaintenanceStatus.CANCELLED),
        MaintenanceStatus.STARTED: (MaintenanceStatus.DONE,),
        MaintenanceStatus.DONE: (MaintenanceStatus.CLOSED,),
        MaintenanceStatus.CLOSED: (),
        MaintenanceStatus.CANCELLED: (),
    }

    number = models.CharField(_("number"), max_length=40, unique=True)
    equipment = models.ForeignKey(
        "plant.Equipment", models.PROTECT, related_name="maintenance_orders", verbose_name=_("equipment")
    )
    kind = models.CharField(_("kind"), max_length=9, choices=MaintenanceKind)
    plan = models.ForeignKey(
        "mes.MaintenancePlan", models.PROTECT, null=True, related_name="orders", verbose_name=_("maintenance plan")
    )
    andon = models.ForeignKey(
        "mes.Andon", models.PROTECT, null=True, related_name="maintenance_orders", verbose_name=_("andon call")
    )
    title = models.CharField(_("what is to be done"), max_length=200)
    status = models.CharField(_("status"), max_length=9, choices=MaintenanceStatus, default=MaintenanceStatus.OPEN)
    owner_role = models.CharField(_("goes to"), max_length=20, choices=Role, default=Role.MAINTENANCE)
    owner = models.ForeignKey("plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("owner"))
    opened_by = models.ForeignKey(
        "plant.Person", models.PROTECT, related_name="+", verbose_name=pgettext_lazy("maintenance", "opened by")
    )
    opened_at = models.DateTimeField(_("opened"))
    due_at = models.DateTimeField(_("due"), null=True)
    started_at = models.DateTimeField(_("started"), null=True)
    done_by = models.ForeignKey("plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("done by"))
    done_at = models.DateTimeField(_("done"), null=True)
    hours = models.DecimalField(_("hours worked"), max_digits=7, decimal_places=2, null=True)
    findings = models.TextField(_("findings"), blank=True)
    cause_kind = models.ForeignKey(
        "plant.ReasonCode", models.PROTECT, null=True, related_name="+", verbose_name=_("kind of cause")
    )
    closed_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("signed off by")
    )
    closed_at = models.DateTimeField(_("signed off"), null=True)

    class Meta:
        verbose_name = _("maintenance order")
        verbose_name_plural = _("maintenance orders")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "equipment"], name="maintenance_order_one_alive",
                condition=Q(status__in=["OPEN", "STARTED"], plan__isnull=False),
            ),
            models.CheckConstraint(
                name="maintenance_order_by_plan",
                condition=Q(kind="PLANNED", plan__isnull=False) | (~Q(kind="PLANNED") & Q(plan__isnull=True)),
            ),
            models.CheckConstraint(
                name="maintenance_order_says_what_was_found",
                condition=Q(status__in=["DONE", "CLOSED"], done_at__isnull=False, done_by__isnull=False,
                            started_at__isnull=False, hours__gte=0) & ~Q(findings="")
                | Q(status__in=["OPEN", "STARTED", "CANCELLED"], done_at__isnull=True),
            ),
            models.CheckConstraint(
                name="maintenance_order_signed_by_another",
                condition=Q(closed_by__isnull=True) | ~Q(closed_by=F("done_by")),
            ),
            models.CheckConstraint(
                name="maintenance_order_in_order",
                condition=(Q(started_at__isnull=True) | Q(started_at__gte=F("opened_at")))
                & (Q(done_at__isnull=True) | Q(done_at__gte=F("started_at"))),
            ),
        ]
        indexes = [
            models.Index(fields=["equipment", "-opened_at"], name="maintenance_of_machine"),
            models.Index(fields=["status", "due_at"], name="maintenance_waiting"),
        ]

    def __str__(self) -> str:
        return self.number


class MaintenanceTick(models.Model):
    """A step of the checklist that somebody did, or left out and said why. Written once."""

    order = models.ForeignKey(
        MaintenanceOrder, models.PROTECT, related_name="ticks", verbose_name=_("maintenance order")
    )
    step = models.ForeignKey("mes.MaintenanceStep", models.PROTECT, related_name="+", verbose_name=_("step"))
    is_done = models.BooleanField(_("done"), default=True)
    remark = models.TextField(_("remark"), blank=True)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("step taken")
        verbose_name_plural = _("steps taken")
        constraints = [
            models.UniqueConstraint(fields=["order", "step"], name="maintenance_tick_once"),
            models.CheckConstraint(name="maintenance_tick_says_why_not", condition=Q(is_done=True) | ~Q(remark="")),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} / {self.step_id}"


class SparePart(TwoNames, models.Model):
    """A part kept for repairs: where it lies, how many there are, and how few there may be."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_zh = models.CharField(_("Chinese name"), max_length=120, blank=True)
    place = models.CharField(_("place"), max_length=80, blank=True)
    minimum = models.PositiveIntegerField(_("at least"), default=0)
    stock = models.PositiveIntegerField(_("in stock"), default=0, editable=False)
    used_at = models.ManyToManyField(
        "plant.Equipment", related_name="spare_parts", blank=True, verbose_name=_("used at")
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("spare part")
        verbose_name_plural = _("spare parts")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def is_short(self) -> bool:
        return self.stock < self.minimum


class SpareMove(models.Model):
    """So many of a part came in (plus) or were taken (minus), for a work order or by a count. Written once."""

    part = models.ForeignKey(SparePart, models.PROTECT, related_name="moves", verbose_name=_("spare part"))
    quantity = models.IntegerField(_("quantity"))
    order = models.ForeignKey(
        MaintenanceOrder, models.PROTECT, null=True, related_name="parts", verbose_name=_("maintenance order")
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("movement of spare parts")
        verbose_name_plural = _("movements of spare parts")
        constraints = [
            models.CheckConstraint(name="spare_move_is_some", condition=~Q(quantity=0)),
            models.CheckConstraint(
                name="spare_move_says_what_for", condition=Q(order__isnull=False) | ~Q(reason="")
            ),
        ]
        indexes = [models.Index(fields=["part", "-at"], name="spare_move_of_part")]

    def __str__(self) -> str:
        return f"{self.part_id}: {self.quantity:+d}"
