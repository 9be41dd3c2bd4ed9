"""What somebody keeps on their own desk: choices, favourites, what they opened last, notices, marks in the inbox."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from plant.models.person import Person


class Preference(models.Model):
    """What somebody chose for themselves, on every device; plant/preferences.py names what may be chosen."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True)
    choices = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.person)


class Favourite(models.Model):
    """A page with a star."""

    person = models.ForeignKey(Person, models.CASCADE)
    url = models.CharField(max_length=500)
    title = models.CharField(max_length=120)
    place = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "url"], name="favourite_once")]
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.title


class Visited(models.Model):
    """A page that somebody opened lately; place is the page of the navigation that it belongs to."""

    person = models.ForeignKey(Person, models.CASCADE)
    url = models.CharField(max_length=500)
    title = models.CharField(max_length=120)
    place = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "url"], name="visited_once")]
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.title


class NoticeKind(models.TextChoices):
    MENTION = "MENTION", _("Mention")
    ESCALATION = "ESCALATION", _("Escalation")
    SIGNATURE = "SIGNATURE", _("Signature asked for")
    NEWS = "NEWS", _("Notice")


class Notice(models.Model):
    """Something that somebody is told, until they have read it."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=12, choices=NoticeKind)
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=500)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["person", "-at"], condition=models.Q(read_at__isnull=True), name="notice_unread")
        ]
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.title


class InboxMark(models.Model):
    """That somebody has seen a thing in their inbox, or wants to see it again only later."""

    person = models.ForeignKey(Person, models.CASCADE)
    key = models.CharField(max_length=64)
    read_at = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="inbox_mark_once")]

    def __str__(self) -> str:
        return self.key
