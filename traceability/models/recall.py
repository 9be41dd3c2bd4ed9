"""What the plant says in public about lots that it calls back; why it does so is kept by quality."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traceability.models.genealogy import Certainty


@pghistory.track()
class RecallNotice(models.Model):
    """Some lots that belong to one recall: public from the moment it is declared until it ends."""

    number = models.CharField(_("recall"), max_length=40, unique=True)
    text = models.CharField(_("notice in English"), max_length=600, blank=True)
    text_zh = models.CharField(_("notice in Chinese"), max_length=600, blank=True)
    since_at = models.DateTimeField(_("declared"), null=True)
    until_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("recall notice")
        verbose_name_plural = _("recall notices")
        constraints = [
            models.CheckConstraint(name="recall_notice_numbered", condition=~Q(number="")),
            models.CheckConstraint(
                name="recall_notice_ends_after_it_began",
                condition=Q(until_at__isnull=True) | Q(since_at__isnull=False, until_at__gte=F("since_at")),
            ),
            models.CheckConstraint(
                name="recall_notice_says_something",
                condition=Q(since_at__isnull=True) | (~Q(text="") & ~Q(text_zh="")),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class RecalledLot(models.Model):
    """One lot of a recall, and whether it surely holds some of what is wrong or only may."""

    notice = models.ForeignKey(RecallNotice, models.PROTECT, related_name="lots", verbose_name=_("recall"))
    lot = models.ForeignKey("traceability.MaterialLot", models.PROTECT, related_name="recalls", verbose_name=_("lot"))
    certainty = models.CharField(_("certainty"), max_length=10, choices=Certainty, default=Certainty.EXACT)
    came_at = models.DateTimeField(_("in the recall since"), null=True)  # also written by zz_recall_follows

    class Meta:
        verbose_name = _("recalled lot")
        verbose_name_plural = _("recalled lots")
        constraints = [models.UniqueConstraint(fields=["notice", "lot"], name="recalled_lot_once")]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.lot_id}"
