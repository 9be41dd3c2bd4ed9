"""The record book: what was meant, by whom, and in which order."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from plant.statements import StatementField


class JournalHead(models.Model):
    """The last entry of a stream; its row lock orders the stream's writers."""

    stream = models.CharField(max_length=120, primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")


class JournalEntry(models.Model):
    """One thing that somebody did to one subject. Written once; the database refuses any change."""

    stream = models.CharField(_("stream"), max_length=120)
    seq = models.BigIntegerField(_("number in the stream"))
    kind = models.CharField(_("kind"), max_length=80)
    subject_kind = models.CharField(_("subject kind"), max_length=60)
    subject_id = models.CharField(_("subject id"), max_length=60)
    subject_label = models.CharField(_("subject"), max_length=200)
    actor = models.CharField(_("by"), max_length=40)
    actor_name = models.CharField(_("name"), max_length=120)
    at = models.DateTimeField(_("at"))
    reason = StatementField(_("reason"), blank=True)
    data = models.JSONField(_("data"), default=dict)
    prev_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    txid = models.BigIntegerField(db_index=True)

    class Meta:
        verbose_name = _("journal entry")
        verbose_name_plural = _("journal")
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="journal_stream_seq")]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="journal_subject"),
            models.Index(fields=["kind", "id"], name="journal_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_label}"


class Delivery(models.Model):
    """A journal entry on its way to one subscriber: handed over at least once."""

    entry_id = models.BigIntegerField()
    stream = models.CharField(max_length=120)
    subscriber = models.CharField(max_length=120)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry_id", "subscriber"], name="delivery_once")]
        indexes = [
            models.Index(
                fields=["subscriber", "entry_id"], name="delivery_open", condition=models.Q(delivered_at__isnull=True)
            ),
        ]
