"""Drawings with numbered balloons: which characteristic stands where."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Drawing(models.Model):
    """One revision of a drawing: a picture or a document, whose pages are shown as pictures. Written once."""

    code = models.CharField(_("drawing number"), max_length=60)
    revision = models.CharField(_("revision"), max_length=20)
    title = models.CharField(_("title"), max_length=160)
    material = models.ForeignKey(
        "plant.MaterialDefinition", models.PROTECT, related_name="+", verbose_name=_("material")
    )
    name = models.CharField(_("file"), max_length=120)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    key = models.CharField(max_length=32, db_index=True)
    pages = models.JSONField(_("pages"), default=list)  # width and height of each, in points of its picture
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("drawing")
        verbose_name_plural = _("drawings")
        ordering: ClassVar[list[str]] = ["code", "-at"]
        constraints = [
            models.UniqueConstraint(fields=["code", "revision"], name="drawing_revision_once"),
            models.CheckConstraint(name="drawing_not_empty", condition=Q(size__gt=0) & ~Q(pages=[])),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.revision}"

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


class FirstArticleReport(models.Model):
    """The report of a first article as it was signed. Written once: what is printed later says the same."""

    inspection = models.OneToOneField("qms.Inspection", models.PROTECT, related_name="first_article")
    drawing = models.ForeignKey(Drawing, models.PROTECT, related_name="+", verbose_name=_("drawing"))
    content = models.JSONField()
    signature = models.ForeignKey("plant.Signature", models.PROTECT, related_name="+")
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("first article inspection report")
        verbose_name_plural = _("first article inspection reports")

    def __str__(self) -> str:
        return f"{self.inspection} {self.drawing}"


class Balloon(models.Model):
    """A number on a drawing: the characteristic that stands there, or a requirement in words."""

    drawing = models.ForeignKey(Drawing, models.PROTECT, related_name="balloons", verbose_name=_("drawing"))
    number = models.PositiveIntegerField(_("number"))
    page = models.PositiveSmallIntegerField(_("page"), default=1)
    x = models.FloatField(_("from the left"))
    y = models.FloatField(_("from the top"))
    characteristic = models.ForeignKey(
        "qms.Characteristic", models.PROTECT, null=True, blank=True, related_name="balloons",
        verbose_name=_("characteristic"),
    )
    requirement = models.CharField(_("requirement"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("balloon")
        verbose_name_plural = _("balloons")
        ordering: ClassVar[list[str]] = ["drawing", "number"]
        constraints = [
            models.UniqueConstraint(fields=["drawing", "number"], name="balloon_number_once"),
            models.CheckConstraint(
                name="balloon_on_its_page",
                condition=Q(number__gte=1, page__gte=1, x__gte=0, x__lte=1, y__gte=0, y__lte=1),
            ),
            models.CheckConstraint(
                name="balloon_says_something", condition=Q(characteristic__isnull=False) | ~Q(requirement="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.drawing} / {self.number}"
