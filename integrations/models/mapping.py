"""Whose field is whose: mappings as rows, in effect by revision, and the lists of codes and units they translate by."""

import uuid

import pghistory
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plant.models import Reviewed, review_constraints


class Direction(models.TextChoices):
    IN = "IN", pgettext_lazy("way of a message", "In")
    OUT = "OUT", pgettext_lazy("way of a message", "Out")


class Format(models.TextChoices):
    JSON = "JSON", "JSON"
    XML = "XML", "XML"
    TABLE = "TABLE", _("Table (columns)")


class Transform(models.TextChoices):
    """What becomes of a value on its way; the argument says how."""

    NONE = "", pgettext_lazy("what becomes of a value", "—")
    CONST = "CONST", _("Fixed value")
    LOOKUP = "LOOKUP", _("Code list")
    UNIT = "UNIT", _("Unit conversion")
    SCALE = "SCALE", _("Times a factor")
    ROUND = "ROUND", _("Rounded to places")
    NUMBER = "NUMBER", _("Number format")
    DATE = "DATE", _("Date format")
    REGEX = "REGEX", _("Part by pattern")
    UPPER = "UPPER", _("Capital letters")
    PAD = "PAD", _("Filled up with zeros")
    BOOL = "BOOL", _("Yes or no")


class OnError(models.TextChoices):
    """What happens when a value can't be read."""

    REFUSE = "REFUSE", _("Refuse the message")
    DEFAULT = "DEFAULT", _("Take the default")
    SKIP = "SKIP", _("Leave the field out")


class Mapping(Reviewed):
    """How the objects of one kind are written by one other system, in one direction."""

    code = models.CharField(_("code"), max_length=120)
    connection = models.ForeignKey(
        "integrations.Connection", models.PROTECT, related_name="mappings", verbose_name=_("connection")
    )
    noun = models.CharField(_("object"), max_length=60)
    direction = models.CharField(_("direction"), max_length=3, choices=Direction)
    format = models.CharField(_("format"), max_length=5, choices=Format, default=Format.JSON)
    root = models.CharField(
        _("root"), max_length=80, blank=True, help_text=_("Name of the outermost element, where XML is written.")
    )
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("mapping")
        verbose_name_plural = _("mappings")
        constraints = review_constraints("mapping")


@pghistory.track(exclude=["version", "changed_by"])
class MappingRow(models.Model):
    """One field of ours and its place in their words."""

    mapping = models.ForeignKey(Mapping, models.CASCADE, related_name="rows", verbose_name=_("mapping"))
    key = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), editable=False)
    position = models.FloatField(_("order"), default=0, editable=False)
    field = models.CharField(_("our field"), max_length=120)
    path = models.CharField(_("their path"), max_length=300, blank=True)
    transform = models.CharField(_("transform"), max_length=8, choices=Transform, blank=True, default=Transform.NONE)
    argument = models.CharField(_("argument"), max_length=200, blank=True)
    then = models.CharField(_("then"), max_length=8, choices=Transform, blank=True, default=Transform.NONE)
    then_argument = models.CharField(_("its argument"), max_length=200, blank=True)
    default = models.CharField(_("default"), max_length=200, blank=True)
    required = models.BooleanField(_("required"), default=False)
    on_error = models.CharField(_("on error"), max_length=8, choices=OnError, default=OnError.REFUSE)
    meaning = models.CharField(_("meaning"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_by = models.ForeignKey("plant.Person", models.PROTECT, null=True, editable=False, related_name="+")

    class Meta:
        verbose_name = _("mapping row")
        verbose_name_plural = _("mapping rows")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["mapping", "key"], name="mapping_row_key_once"),
            models.UniqueConstraint(fields=["mapping", "field", "path"], name="mapping_row_once"),
            models.CheckConstraint(
                name="mapping_row_has_a_source",
                condition=~Q(path="") | Q(transform="CONST") | ~Q(default=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.field} ← {self.path}"


@pghistory.track()
class CodeMap(models.Model):
    """A list that translates their codes or units into ours, and back."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("code list")
        verbose_name_plural = _("code lists")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


@pghistory.track()
class CodeMapEntry(models.Model):
    """One code of theirs and ours. For units: one of theirs is so many of ours."""

    code_map = models.ForeignKey(CodeMap, models.CASCADE, related_name="entries", verbose_name=_("code list"))
    theirs = models.CharField(_("theirs"), max_length=80)
    ours = models.CharField(_("ours"), max_length=80)
    factor = models.DecimalField(_("factor"), max_digits=18, decimal_places=9, default=1)

    class Meta:
        verbose_name = _("entry of a code list")
        verbose_name_plural = _("entries of code lists")
        ordering = ["theirs"]
        constraints = [
            models.UniqueConstraint(fields=["code_map", "theirs"], name="code_map_theirs_once"),
            models.CheckConstraint(name="code_map_factor_above_zero", condition=Q(factor__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.theirs} → {self.ours}"
