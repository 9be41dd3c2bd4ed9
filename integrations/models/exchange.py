"""What comes in and goes out over connections: numbered without a gap, kept as it came, carried out once."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from integrations.models.mapping import Direction
from plant.statements import StatementField


class ExchangeStatus(models.TextChoices):
    WAITING = "WAITING", _("On its way")
    DONE = "DONE", pgettext_lazy("state of a message", "Carried out")
    IGNORED = "IGNORED", _("Older, ignored")
    DEAD = "DEAD", _("Dead letter")
    DROPPED = "DROPPED", _("Given up")


OPEN_STATES = (ExchangeStatus.WAITING, ExchangeStatus.DEAD)
FINISHED_STATES = (ExchangeStatus.DONE, ExchangeStatus.IGNORED, ExchangeStatus.DROPPED)


class ExchangeCounter(models.Model):
    """The last number of a connection in one direction; whoever numbers a message holds this row."""

    connection = models.ForeignKey("integrations.Connection", models.PROTECT, related_name="+")
    direction = models.CharField(max_length=3, choices=Direction)
    last = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["connection", "direction"], name="exchange_counter_once")]

    def __str__(self) -> str:
        return f"{self.direction} {self.last}"


class Exchange(models.Model):
    """One message of a connection, in or out. Its body is never changed; a mended one stands beside it.

    Once it is finished, its contents may be emptied for good; its number, hash and outcome stay.
    """

    LIFECYCLE = {
        ExchangeStatus.WAITING: (ExchangeStatus.DONE, ExchangeStatus.IGNORED, ExchangeStatus.DEAD),
        ExchangeStatus.DEAD: (ExchangeStatus.WAITING, ExchangeStatus.DROPPED),
        ExchangeStatus.DONE: (),
        ExchangeStatus.IGNORED: (),
        ExchangeStatus.DROPPED: (),
    }

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    connection = models.ForeignKey(
        "integrations.Connection", models.PROTECT, related_name="exchanges", verbose_name=_("connection")
    )
    direction = models.CharField(_("direction"), max_length=3, choices=Direction)
    # Given by the database when the row is written: the counter's next, without a gap.
    seq = models.BigIntegerField(_("number"), default=0, editable=False)
    claim = models.CharField(_("its own id"), max_length=200)
    noun = models.CharField(_("object"), max_length=60)
    subject = models.CharField(_("key of the object"), max_length=120)
    version = models.CharField(_("version"), max_length=80, blank=True)
    body = models.BinaryField(_("body"), default=b"")
    body_hash = models.CharField(max_length=64, blank=True)
    content_type = models.CharField(_("content type"), max_length=80, blank=True)
    edited = models.BinaryField(_("mended body"), null=True)
    words = models.JSONField(_("mapped fields"), null=True)
    result = models.JSONField(_("result"), default=dict)
    mapping = models.ForeignKey(
        "integrations.Mapping", models.PROTECT, null=True, related_name="+", verbose_name=_("mapping")
    )
    entry_id = models.BigIntegerField(_("journal entry"), null=True)
    status = models.CharField(_("status"), max_length=8, choices=ExchangeStatus, default=ExchangeStatus.WAITING)
    repeats = models.PositiveIntegerField(_("repeats"), default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    made_at = models.DateTimeField(_("made"))
    next_at = models.DateTimeField(_("next attempt"))
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    done_at = models.DateTimeField(_("carried out"), null=True)
    died_at = models.DateTimeField(_("parked"), null=True)
    last_error = StatementField(_("last error"), blank=True)
    emptied_at = models.DateTimeField(_("content emptied"), null=True, editable=False)
    # Mending: one proposes, another approves
    proposed = models.BinaryField(_("proposed body"), null=True)
    proposed_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed"), null=True)
    proposed_reason = models.CharField(_("why it is changed"), max_length=500, blank=True)
    edited_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("mended by")
    )
    approved_by = models.ForeignKey(
        "plant.Person", models.PROTECT, null=True, related_name="+", verbose_name=_("approved by")
    )

    class Meta:
        verbose_name = _("message of a connection")
        verbose_name_plural = _("messages of connections")
        indexes = [
            models.Index(fields=["connection", "next_at"], name="exchange_waiting", condition=Q(status="WAITING")),
            models.Index(
                fields=["connection", "direction", "noun", "subject", "seq"], name="exchange_open_object",
                condition=Q(status__in=["WAITING", "DEAD"]),
            ),
            models.Index(fields=["connection", "direction", "noun", "subject", "-seq"], name="exchange_of_object"),
            models.Index(fields=["connection", "done_at"], name="exchange_done", condition=Q(status="DONE")),
            models.Index(
                fields=["connection", "done_at"], name="exchange_to_empty",
                condition=Q(status__in=["DONE", "IGNORED", "DROPPED"], emptied_at__isnull=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["connection", "direction", "seq"], name="exchange_seq_once"),
            models.UniqueConstraint(fields=["connection", "direction", "claim"], name="exchange_claimed_once"),
            models.CheckConstraint(
                name="exchange_dead_has_a_reason", condition=~Q(status="DEAD") | ~Q(last_error="")
            ),
            models.CheckConstraint(
                name="exchange_emptied_is_finished",
                condition=Q(emptied_at__isnull=True) | Q(status__in=["DONE", "IGNORED", "DROPPED"]),
            ),
            models.CheckConstraint(
                name="exchange_mended_by_two",
                condition=Q(edited__isnull=True)
                | Q(edited_by__isnull=False, approved_by__isnull=False) & ~Q(edited_by=F("approved_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.seq}"
