"""Dossiers put away: sealed files of what was known of a lot once its life was over, and for how long they are kept."""

from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

MOST_DAYS, MOST_YEARS = 3650, 100


@pghistory.track()
class ArchiveRule(models.Model):
    """When dossiers of a product are put away and how long they are kept; without a product, of all others."""

    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("material"), help_text=_("Empty: for every product without a rule of its own."),
    )
    after_days = models.PositiveSmallIntegerField(
        _("archived after quiet days"), default=7, validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)],
        help_text=_("Days in which nothing happened to the lot any more."),
    )
    keep_years = models.PositiveSmallIntegerField(
        _("years to keep"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_YEARS)], help_text=_("Empty: for ever."),
    )

    class Meta:
        verbose_name = _("rule of the archive")
        verbose_name_plural = _("rules of the archive")
        ordering: ClassVar[list[str]] = ["material", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["material"], name="archive_rule_once", nulls_distinct=False),
            models.CheckConstraint(
                name="archive_rule_days", condition=Q(after_days__gte=1, after_days__lte=MOST_DAYS)
            ),
            models.CheckConstraint(
                name="archive_rule_years",
                condition=Q(keep_years__isnull=True) | Q(keep_years__gte=1, keep_years__lte=MOST_YEARS),
            ),
        ]

    def __str__(self) -> str:
        return str(self.material.code if self.material else "*")


class DossierFile(models.Model):
    """One sealed dossier. Written once; after its time its bytes go, and that it was there stays."""

    lot = models.ForeignKey(
        "traceability.MaterialLot", models.PROTECT, related_name="dossiers", verbose_name=_("lot")
    )
    revision = models.PositiveIntegerField(_("revision"))
    key = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(_("fingerprint"), max_length=64)
    size = models.BigIntegerField(_("size"))
    # Sites whose lots stand in it: only who reaches all of them may open it.
    sites = ArrayField(models.BigIntegerField(), default=list)
    # Up to where the lot's journal and ledger are told; what comes later asks for a new revision.
    seq = models.BigIntegerField()
    move = models.BigIntegerField()
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("archived by"))
    at = models.DateTimeField(_("archived"))
    dropped_at = models.DateTimeField(_("dropped"), null=True)

    class Meta:
        verbose_name = _("archived dossier")
        verbose_name_plural = _("archived dossiers")
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["lot", "revision"], name="dossier_revision_once"),
            models.UniqueConstraint(fields=["key"], name="dossier_key_once", condition=~Q(key="")),
            models.CheckConstraint(
                name="dossier_is_sealed", condition=~Q(sha256="") & Q(size__gt=0, revision__gte=1)
            ),
            models.CheckConstraint(
                name="dossier_there_or_dropped",
                condition=(~Q(key="") & Q(dropped_at__isnull=True)) | Q(key="", dropped_at__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="dossier_newest")]

    def __str__(self) -> str:
        return f"{self.lot.number} / {self.revision}"


class ArchiveMark(models.Model):
    """How far the clock has looked for lots that were quiet for so many days."""

    days = models.PositiveSmallIntegerField(primary_key=True)
    last_move = models.BigIntegerField(default=0)
    last_entry = models.BigIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("mark of the archive")
        verbose_name_plural = _("marks of the archive")

    def __str__(self) -> str:
        return f"{self.days}: {self.last_move}"
