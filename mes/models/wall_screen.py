"""A screen on the wall: the boards that it goes round, and the secret address that opens it without a login."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Board(models.TextChoices):
    LINE = "LINE", _("Line")
    PLANT = "PLANT", _("Plant overview")
    QUALITY = "QUALITY", _("Quality")
    LOT = "LOT", _("Lot dossier")


class WallScreen(models.Model):
    """One screen. Where it stands in its round follows from these columns alone, so two screens agree."""

    name = models.CharField(_("name"), max_length=80)
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    line = models.ForeignKey(
        "plant.Equipment", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("line")
    )
    boards = ArrayField(models.CharField(max_length=10, choices=Board), verbose_name=_("boards"))
    lot = models.ForeignKey(
        "traceability.MaterialLot", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lot")
    )
    job = models.ForeignKey(
        "mes.JobOrder", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("work order")
    )
    seconds = models.PositiveSmallIntegerField(_("seconds for each board"), default=30)
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    token_hash = models.CharField(max_length=64, unique=True)
    token_end = models.CharField(_("address ends with"), max_length=4)
    expires_at = models.DateTimeField(_("open until"), null=True, blank=True)
    created_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("set up by"))
    created_at = models.DateTimeField(_("set up"))
    revoked_by = models.ForeignKey("plant.Person", models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(_("closed"), null=True)
    seen_at = models.DateTimeField(_("last seen"), null=True)
    page = models.CharField(max_length=60, blank=True)
    is_paused = models.BooleanField(default=False)
    turned_at = models.DateTimeField()

    class Meta:
        verbose_name = _("wall screen")
        verbose_name_plural = _("wall screens")
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(name="wall_screen_turns", condition=Q(seconds__gte=5, seconds__lte=3600)),
            models.CheckConstraint(name="wall_screen_has_boards", condition=Q(boards__len__gte=1)),
            models.CheckConstraint(
                name="wall_screen_lot_has_its_board",
                condition=Q(lot__isnull=True, job__isnull=True) | Q(boards__contains=["LOT"]),
            ),
            models.CheckConstraint(
                name="wall_screen_one_choice", condition=Q(lot__isnull=True) | Q(job__isnull=True)
            ),
            models.CheckConstraint(
                name="wall_screen_closed_by_somebody",
                condition=Q(revoked_at__isnull=True, revoked_by__isnull=True)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
            ),
            models.CheckConstraint(
                name="wall_screen_ends_later", condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("created_at"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def board_names(self) -> list[str]:
        """The chosen boards in words."""
        return [str(Board(board).label) for board in self.boards]
