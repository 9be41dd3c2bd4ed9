"""Who answers for the plant's data: appointed for a site, until somebody else is."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class DataSteward(models.Model):
    """Somebody looks after the data of a site from then to then; one at a time."""

    site = models.ForeignKey("plant.Equipment", models.PROTECT, related_name="+", verbose_name=_("site"))
    person = models.ForeignKey(
        "plant.Person", models.PROTECT, related_name="+", verbose_name=_("looks after the data")
    )
    from_at = models.DateTimeField(_("since"))
    appointed_by = models.ForeignKey(
        "plant.Person", models.PROTECT, related_name="+", verbose_name=_("appointed by")
    )
    until_at = models.DateTimeField(_("until"), null=True)

    class Meta:
        verbose_name = _("data maintainer")
        verbose_name_plural = _("data maintainers")
        ordering: ClassVar[list[str]] = ["site", "-from_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["site"], name="data_steward_one_at_a_time", condition=Q(until_at__isnull=True)
            ),
            models.CheckConstraint(
                name="data_steward_ends_after_it_began",
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)
