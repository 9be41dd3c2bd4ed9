"""Signatures, repeated requests and leases: the small print of the record book."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Meaning(models.TextChoices):
    """What a signature says (21 CFR 11.50)."""

    APPROVED = "APPROVED", _("Approved")
    REVIEWED = "REVIEWED", _("Reviewed")
    DISPOSED = "DISPOSED", _("Disposition decided")
    RELEASED = "RELEASED", _("Released")
    VERIFIED = "VERIFIED", _("Effectiveness verified")
    CLOSED = "CLOSED", _("Closed")
    READ = "READ", _("Read and understood")


class Signature(models.Model):
    """Somebody's signature under exactly what they saw."""

    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    meaning = models.CharField(_("meaning"), max_length=12, choices=Meaning)
    reason = models.TextField(_("reason"), blank=True)
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)
    person = models.ForeignKey("plant.Person", models.PROTECT, verbose_name=_("signed by"))
    person_name = models.CharField(max_length=120)
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "version", "meaning", "person"], name="signature_once"
            ),
        ]


class IdempotencyRecord(models.Model):
    """A request that was answered, and the answer, for when it comes again."""

    client = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.JSONField(null=True)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "key"], name="idempotency_once")]


class DeviceEvent(models.Model):
    """An act sent by a tablet: applied once, or refused with a reason that stays."""

    device = models.CharField(max_length=80)
    event_id = models.UUIDField()
    request_hash = models.CharField(max_length=64)
    outcome = models.CharField(max_length=10, blank=True)
    answer = models.JSONField(null=True)
    device_at = models.DateTimeField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["device", "event_id"], name="device_event_once")]


class Lease(models.Model):
    """Who may do a thing that only one may do, until when; the token fences a holder that slept too long."""

    name = models.CharField(max_length=120, primary_key=True)
    holder = models.CharField(max_length=120)
    token = models.BigIntegerField(default=0)
    until = models.DateTimeField()


class ApiKey(models.Model):
    """A program's key: only its hash is kept; it acts as a person of its own, inside its scopes."""

    name = models.CharField(_("name"), max_length=80)
    prefix = models.CharField(_("prefix"), max_length=12, unique=True)
    secret_hash = models.CharField(max_length=64)
    scopes = models.JSONField(_("scopes"), default=list)
    networks = models.JSONField(_("may come from"), default=list, blank=True)
    person = models.ForeignKey("plant.Person", models.PROTECT, verbose_name=_("acts as"))
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    expires_at = models.DateTimeField(_("expires"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("API key")
        verbose_name_plural = _("API keys")
        constraints = [
            models.CheckConstraint(
                name="api_key_expires_later",
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=models.F("created_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"
