"""Who stands in for whom while they are away."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plant.models.person import Person


class Deputy(models.Model):
    """Somebody sees what waits for another one, from a moment until another; everybody signs for themselves."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="deputies", verbose_name=_("who is away"))
    deputy = models.ForeignKey(Person, models.PROTECT, related_name="stands_in", verbose_name=_("deputy"))
    begins_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        ordering = ["-begins_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="deputy_is_another", condition=~Q(person=F("deputy"))),
            models.CheckConstraint(name="deputy_days_in_order", condition=Q(ends_at__gte=F("begins_at"))),
        ]
        indexes = [models.Index(fields=["deputy", "ends_at"], name="deputy_of_now")]

    def __str__(self) -> str:
        return f"{self.person} → {self.deputy}"
