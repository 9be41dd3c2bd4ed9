"""EPCIS documents that partners sent, and their events as they stand in them. Written once; nothing is ever deleted."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class EpcisDocument(models.Model):
    """One document, taken whole or not at all."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=200)
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    head = models.JSONField()  # all but the events: context, identifiers, header
    events = models.PositiveIntegerField(_("events"))
    new = models.PositiveIntegerField(_("new"))
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("taken by"))
    at = models.DateTimeField(_("taken"))

    class Meta:
        verbose_name = _("EPCIS document")
        verbose_name_plural = _("EPCIS documents")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at"], name="epcis_document_newest")]

    def __str__(self) -> str:
        return self.name


class EpcisEvent(models.Model):
    """An event of a partner. The same event declared wrong is a second row beside the first."""

    key = models.CharField(max_length=300)  # the event's own identifier, else one of its content
    is_declared_wrong = models.BooleanField(_("declared wrong"), default=False)
    kind = models.CharField(_("kind"), max_length=30)
    at = models.DateTimeField(_("happened"))
    action = models.CharField(_("action"), max_length=8, blank=True)
    biz_step = models.CharField(_("business step"), max_length=200, blank=True)
    disposition = models.CharField(_("disposition"), max_length=200, blank=True)
    read_point = models.CharField(_("read point"), max_length=300, blank=True)
    biz_location = models.CharField(_("location"), max_length=300, blank=True)
    things = ArrayField(models.CharField(max_length=300), verbose_name=_("things"))
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)
    document = models.ForeignKey(EpcisDocument, models.PROTECT, related_name="first_told")
    at_site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))

    class Meta:
        verbose_name = _("EPCIS event")
        verbose_name_plural = _("EPCIS events")
        constraints = [models.UniqueConstraint(fields=["key", "is_declared_wrong"], name="epcis_event_once")]
        indexes = [
            models.Index(fields=["at", "id"], name="epcis_event_time"),
            GinIndex(fields=["things"], name="epcis_things"),
        ]

    def __str__(self) -> str:
        return self.key


class EpcisEntry(models.Model):
    """Where an event stands in a document; documents may tell the same event."""

    document = models.ForeignKey(EpcisDocument, models.PROTECT, related_name="entries")
    position = models.PositiveIntegerField()
    event = models.ForeignKey(EpcisEvent, models.PROTECT, related_name="entries")
    body = models.JSONField(null=True)  # as this document tells it, where its words differ

    class Meta:
        ordering = ["document", "position"]
        constraints = [models.UniqueConstraint(fields=["document", "position"], name="epcis_entry_once")]
