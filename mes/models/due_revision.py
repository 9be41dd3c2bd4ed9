"""Revisions of routings that were approved ahead of the day from which they count."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class DueRevision(models.Model):
    """An approved draft that waits for its day; its digest says whether it is still what was signed."""

    work_master = models.OneToOneField(
        "mes.WorkMaster", models.CASCADE, related_name="due", verbose_name=_("routing")
    )
    begins_at = models.DateTimeField(_("counts from"), db_index=True)
    digest = models.CharField(max_length=64, editable=False)
    approved_by = models.ForeignKey("plant.Person", models.PROTECT, related_name="+", verbose_name=_("approved by"))
    approved_at = models.DateTimeField(_("approved"))

    class Meta:
        verbose_name = _("revision that waits for its day")
        verbose_name_plural = _("revisions that wait for their day")
        constraints = [
            models.CheckConstraint(name="due_revision_begins_later", condition=Q(begins_at__gt=F("approved_at"))),
        ]

    def __str__(self) -> str:
        return str(self.work_master)
