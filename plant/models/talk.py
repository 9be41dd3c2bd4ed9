"""What people say about a thing and lay beside it: comments and files."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from plant.models.person import Person


class Comment(models.Model):
    """Somebody's words about a thing; never changed, at most withdrawn."""

    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    text = models.TextField(_("comment"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="comment_subject")
        ]

    def __str__(self) -> str:
        return self.text[:80]


class Attachment(models.Model):
    """A file beside a thing: its facts; the bytes lie under `key`, outside of what the web server shows."""

    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60)
    name = models.CharField(_("file"), max_length=120)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=32, unique=True)
    has_preview = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))
    removed_at = models.DateTimeField(_("removed"), null=True, blank=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["subject_kind", "subject_id", "id"], name="attachment_subject",
                condition=Q(removed_at__isnull=True),
            ),
        ]
        constraints = [models.CheckConstraint(name="attachment_not_empty", condition=Q(size__gt=0))]

    def __str__(self) -> str:
        return self.name
