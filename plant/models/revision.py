"""Master data that changes by revision: one effective revision of a code at any instant."""

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RevisionStatus(models.TextChoices):
    DRAFT = "DRAFT", _("Draft")
    EFFECTIVE = "EFFECTIVE", _("Effective")
    OBSOLETE = "OBSOLETE", _("Obsolete")


class Revisioned(models.Model):
    """(code, revision), effective for a time; running work keeps the revision that it pinned."""

    code = models.CharField(_("code"), max_length=40)
    revision = models.PositiveIntegerField(_("revision"), default=1)
    status = models.CharField(_("status"), max_length=10, choices=RevisionStatus, default=RevisionStatus.DRAFT)
    effective = DateTimeRangeField(_("effective"), null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} / {self.revision}"


def revision_constraints(name: str) -> list[Any]:
    """The constraints that keep the revisions of one table apart."""
    return [
        models.UniqueConstraint(fields=["code", "revision"], name=f"{name}_revision_once"),
        ExclusionConstraint(
            name=f"{name}_one_effective",
            expressions=[("code", RangeOperators.EQUAL), ("effective", RangeOperators.OVERLAPS)],
            condition=Q(effective__isnull=False),
        ),
        models.CheckConstraint(
            name=f"{name}_effective_has_range", condition=Q(status="DRAFT") | Q(effective__isnull=False)
        ),
    ]
