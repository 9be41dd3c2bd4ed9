"""Files of master data that were taken in: checked first, then written as a whole, and undone if need be."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportStatus(models.TextChoices):
    CHECKED = "CHECKED", _("Checked, nothing written")
    DONE = "DONE", _("Written")
    UNDONE = "UNDONE", _("Undone")


class MasterImport(models.Model):
    """One file for one kind of master data."""

    LIFECYCLE: ClassVar = {
        ImportStatus.CHECKED: (ImportStatus.DONE,),
        ImportStatus.DONE: (ImportStatus.UNDONE,),
        ImportStatus.UNDONE: (),
    }

    sheet = models.CharField(_("kind of master data"), max_length=80)
    file_name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField(blank=True, default=b"")
    digest = models.CharField(max_length=64)
    status = models.CharField(_("status"), max_length=10, choices=ImportStatus, default=ImportStatus.CHECKED)
    added = models.PositiveIntegerField(_("new rows"), default=0)
    changed = models.PositiveIntegerField(_("changed rows"), default=0)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    checked_at = models.DateTimeField(_("checked"))
    done_at = models.DateTimeField(_("written"), null=True)
    undone_at = models.DateTimeField(_("undone"), null=True)
    kept = models.PositiveIntegerField(_("rows that the undoing left"), default=0)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index(fields=["sheet", "status", "-id"], name="import_last")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.file_name}"


class MasterImportRow(models.Model):
    """What an import did to one row: its cells before and after."""

    done_by = models.ForeignKey(MasterImport, models.PROTECT, related_name="rows", verbose_name=_("import"))
    line = models.PositiveIntegerField(_("line"))
    row_id = models.CharField(max_length=60)
    key = models.CharField(_("key"), max_length=300)
    is_new = models.BooleanField(_("new"))
    was = models.JSONField(_("before"), default=dict)
    now = models.JSONField(_("after"), default=dict)

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")

    def __str__(self) -> str:
        return self.key
