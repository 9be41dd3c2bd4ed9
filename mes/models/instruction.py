"""What an operator is shown to learn an operation: pictures, documents and videos."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mes.models.work_master import Segment


class MediaLanguage(models.TextChoices):
    """Who understands what is shown."""

    BOTH = "BOTH", _("Every language")
    ENGLISH = "EN", _("English")
    CHINESE = "ZH", _("Chinese")


class InstructionMedia(models.Model):
    """A file that shows how an operation is done. Revisions share its bytes, which lie under `key` and never change."""

    segment = models.ForeignKey(Segment, models.PROTECT, related_name="media", verbose_name=_("operation"))
    position = models.PositiveSmallIntegerField(_("order"), default=10)
    title = models.CharField(_("title"), max_length=120)
    language = models.CharField(
        _("language"), max_length=4, choices=MediaLanguage.choices, default=MediaLanguage.BOTH
    )
    name = models.CharField(_("file"), max_length=120, editable=False)
    media_type = models.CharField(_("type"), max_length=100, editable=False)
    size = models.PositiveBigIntegerField(_("size"), editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    key = models.CharField(max_length=32, db_index=True, editable=False)

    class Meta:
        verbose_name = _("instruction file")
        verbose_name_plural = _("instruction files")
        ordering: ClassVar[list[str]] = ["segment", "position", "pk"]
        constraints = [models.CheckConstraint(name="instruction_media_not_empty", condition=Q(size__gt=0))]

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        """Where the file is served."""
        return reverse("mes:instruction-media", args=[self.pk])

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")

    @property
    def is_film(self) -> bool:
        return self.media_type.startswith("video/")
