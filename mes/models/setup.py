"""How a station is set up: places that hold one lot each, what each holds for a product, and what is mounted there."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PositionKind(models.TextChoices):
    FEEDER = "FEEDER", _("Feeder")
    SLOT = "SLOT", _("Slot")
    TANK = "TANK", pgettext_lazy("position", "Tank")


class FeedPosition(models.Model):
    """A place of a station that holds one reel, box or drum; its code stands on its label."""

    station = models.ForeignKey(
        "plant.Equipment", models.PROTECT, related_name="feed_positions", verbose_name=_("station")
    )
    code = models.CharField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=6, choices=PositionKind, default=PositionKind.FEEDER)
    joins = models.BooleanField(
        _("new lots are joined to the old one"), default=False,
        help_text=_("Spliced tape: at a change the old lot runs out first, then the new one feeds."),
    )
    active = models.BooleanField(_("active"), default=True)

    class Meta:
        verbose_name = _("feed position")
        verbose_name_plural = _("feed positions")
        ordering = ["station", "code"]

    def __str__(self) -> str:
        return self.code


class SetupLine(models.Model):
    """What a position holds while an operation is done; the work order's own list says what may stand in for it."""

    segment = models.ForeignKey(
        "mes.Segment", models.PROTECT, related_name="setup_lines", verbose_name=_("operation")
    )
    position = models.ForeignKey(FeedPosition, models.PROTECT, related_name="lines", verbose_name=_("position"))
    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, related_name="+", verbose_name=_("material")
    )

    class Meta:
        verbose_name = _("line of a set-up list")
        verbose_name_plural = _("set-up lists")
        ordering = ["segment", "position"]
        constraints = [models.UniqueConstraint(fields=["segment", "position"], name="setup_line_once")]

    def __str__(self) -> str:
        return f"{self.segment} · {self.position} · {self.material.code}"


class Mount(models.Model):
    """A lot on a position, from its scan until it is taken off; `follows` names the lot that it was joined to."""

    position = models.ForeignKey(FeedPosition, models.PROTECT, related_name="mounts", verbose_name=_("position"))
    lot = models.ForeignKey(
        "traceability.MaterialLot", models.PROTECT, related_name="mounts", verbose_name=_("lot")
    )
    job_order = models.ForeignKey(
        "mes.JobOrder", models.PROTECT, related_name="+", verbose_name=_("work order")
    )
    follows = models.OneToOneField("self", models.PROTECT, null=True, related_name="followed_by")
    mounted_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("mounted by"))
    mounted_at = models.DateTimeField(_("mounted"))
    taken_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("taken off by")
    )
    taken_at = models.DateTimeField(_("taken off"), null=True)

    class Meta:
        verbose_name = _("mounted lot")
        verbose_name_plural = _("mounted lots")
        constraints = [
            models.UniqueConstraint(fields=["position"], name="mount_one_lot", condition=Q(taken_at__isnull=True)),
            models.UniqueConstraint(fields=["lot"], name="mount_lot_once", condition=Q(taken_at__isnull=True)),
            models.CheckConstraint(
                name="mount_ends_later",
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__gte=F("mounted_at"), taken_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["position", "-mounted_at"], name="mount_newest")]

    def __str__(self) -> str:
        return f"{self.position} · {self.lot.number}"
