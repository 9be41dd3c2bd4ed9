"""Holds: rows that stop a target until each is released."""

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plant.statements import StatementField


class TargetKind(models.TextChoices):
    LOT = "LOT", _("Lot")
    EQUIPMENT = "EQUIPMENT", _("Equipment")
    JOB_ORDER = "JOB_ORDER", _("Work order")
    OPERATION = "OPERATION", _("Operation of a work order")
    RULE = "RULE", _("Every new lot of")


class CauseKind(models.TextChoices):
    NONCONFORMANCE = "NONCONFORMANCE", _("Nonconformance")
    INSPECTION = "INSPECTION", _("Awaiting inspection")
    CAPA = "CAPA", _("CAPA")
    PERSON = "PERSON", _("Placed by a person")
    SAMPLE = "SAMPLE", _("Sample missed")
    STOPPAGE = "STOPPAGE", _("Work stopped")
    API = "API", _("Placed by another system")


@pghistory.track()
class Hold(models.Model):
    """One reason why a lot, a machine, a work order or every lot of a kind may not go on."""

    target_kind = models.CharField(_("target kind"), max_length=10, choices=TargetKind)
    target_id = models.CharField(_("target id"), max_length=120)
    target_label = models.CharField(_("target"), max_length=160)
    lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, null=True, related_name="holds")
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    cause_kind = models.CharField(_("cause kind"), max_length=16, choices=CauseKind)
    cause_id = models.CharField(_("cause"), max_length=60)
    reason = StatementField(_("reason"))
    spread_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="spread")
    placed_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("placed by"))
    placed_at = models.DateTimeField(_("placed at"))
    released_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("released by")
    )
    released_at = models.DateTimeField(_("released at"), null=True)
    release_reason = StatementField(_("why released"), blank=True)
    signature = models.ForeignKey("plant.Signature", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        constraints = [
            models.UniqueConstraint(
                fields=["target_kind", "target_id", "cause_kind", "cause_id"],
                name="hold_open_once",
                condition=Q(released_at__isnull=True),
            ),
            models.CheckConstraint(
                name="hold_release_is_whole",
                condition=Q(released_at__isnull=True, released_by__isnull=True, release_reason="")
                | (Q(released_at__isnull=False, released_by__isnull=False) & ~Q(release_reason="")),
            ),
            models.CheckConstraint(
                name="hold_lot_iff_lot_target",
                condition=Q(target_kind="LOT", lot__isnull=False) | (~Q(target_kind="LOT") & Q(lot__isnull=True)),
            ),
            models.CheckConstraint(name="hold_has_reason", condition=~Q(reason="")),
        ]
        indexes = [
            models.Index(fields=["cause_kind", "cause_id"], name="hold_cause"),
            models.Index(fields=["-placed_at"], name="hold_open_newest", condition=Q(released_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.target_label} · {self.cause_id}"
