"""Files that people take in through the browser: columns matched, checked without writing, then written."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class FileImportStatus(models.TextChoices):
    UPLOADED = "UPLOADED", _("Uploaded")
    CHECKING = "CHECKING", _("Being checked")
    CHECKED = "CHECKED", _("Checked, nothing written")
    WRITING = "WRITING", _("Being written")
    DONE = "DONE", _("Written")
    LEFT = "LEFT", _("Left unwritten")


class FileImport(models.Model):
    """One file for one kind of object; `at_row` is how far the present pass has come, moved with what the rows do."""

    LIFECYCLE: ClassVar = {
        FileImportStatus.UPLOADED: (FileImportStatus.CHECKING, FileImportStatus.LEFT),
        FileImportStatus.CHECKING: (FileImportStatus.CHECKED,),
        FileImportStatus.CHECKED: (FileImportStatus.CHECKING, FileImportStatus.WRITING, FileImportStatus.LEFT),
        FileImportStatus.WRITING: (FileImportStatus.DONE, FileImportStatus.CHECKED),
        FileImportStatus.DONE: (),
        FileImportStatus.LEFT: (),
    }

    noun = models.CharField(_("object"), max_length=60)
    file_name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField(default=b"")
    sha256 = models.CharField(max_length=64)
    encoding = models.CharField(_("encoding"), max_length=10, blank=True)
    headings = models.JSONField(_("headings"), default=list)
    columns = models.JSONField(_("columns"), default=dict)
    is_whole = models.BooleanField(_("all rows or none"), default=False)
    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    status = models.CharField(
        _("status"), max_length=10, choices=FileImportStatus, default=FileImportStatus.UPLOADED
    )
    rows = models.PositiveIntegerField(_("rows"), default=0)
    at_row = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("the same"), default=0)
    refused = models.PositiveIntegerField(_("refused"), default=0)
    by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("by"))
    uploaded_at = models.DateTimeField(_("uploaded"))
    done_at = models.DateTimeField(_("written"), null=True)

    class Meta:
        verbose_name = _("import of a file")
        verbose_name_plural = _("imports of files")
        ordering = ["-uploaded_at", "-pk"]
        indexes = [
            models.Index(fields=["-uploaded_at"], name="file_import_newest"),
            models.Index(
                fields=["status"], name="file_import_running", condition=Q(status__in=["CHECKING", "WRITING"])
            ),
        ]
        constraints = [
            models.CheckConstraint(name="file_import_within", condition=Q(at_row__lte=F("rows"))),
            models.CheckConstraint(
                name="file_import_counts_add_up",
                condition=Q(at_row=F("created") + F("changed") + F("unchanged") + F("refused")),
            ),
            models.CheckConstraint(
                name="file_import_done_to_the_end",
                condition=~Q(status="DONE") | Q(at_row=F("rows"), done_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.file_name}"


class FileImportRow(models.Model):
    """An object of a file that was refused: the cells of its rows as they stand there, and why, by column."""

    file_import = models.ForeignKey(FileImport, models.CASCADE, related_name="refusals", verbose_name=_("import"))
    line = models.PositiveIntegerField(_("line"))
    key = models.CharField(_("key"), max_length=120, blank=True)
    cells = models.JSONField(_("cells"), default=list)
    errors = models.JSONField(_("errors"), default=dict)

    class Meta:
        verbose_name = _("refused row of a file")
        verbose_name_plural = _("refused rows of files")
        ordering = ["line"]
        constraints = [
            models.UniqueConstraint(fields=["file_import", "line"], name="file_import_row_once"),
            models.CheckConstraint(name="file_import_row_says_why", condition=~Q(errors={})),
        ]

    def __str__(self) -> str:
        return f"{self.line}"


class FileHeading(models.Model):
    """Which column somebody took a heading for the last time; a blank one is left out."""

    person = models.ForeignKey("plant.Person", models.CASCADE, related_name="+", verbose_name=_("person"))
    noun = models.CharField(_("object"), max_length=60)
    heading = models.CharField(_("heading"), max_length=200)
    column = models.CharField(_("column"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("remembered heading")
        verbose_name_plural = _("remembered headings")
        constraints = [models.UniqueConstraint(fields=["person", "noun", "heading"], name="file_heading_once")]

    def __str__(self) -> str:
        return self.heading
