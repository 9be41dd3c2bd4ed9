"""What other systems call our things."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ExternalId(models.Model):
    """One thing under the number of one other system, and the version of it that was taken last."""

    source = models.CharField(_("other system"), max_length=60)
    noun = models.CharField(_("kind of object"), max_length=60)
    external_id = models.CharField(_("its number there"), max_length=200)
    key = models.CharField(_("its number here"), max_length=120)
    version = models.BigIntegerField(_("version"), null=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(_("taken"))

    class Meta:
        verbose_name = _("number in another system")
        verbose_name_plural = _("numbers in other systems")
        indexes = [models.Index(fields=["noun", "key"], name="external_id_of_ours")]
        constraints = [
            models.UniqueConstraint(fields=["source", "noun", "external_id"], name="external_id_once"),
            models.CheckConstraint(name="external_id_is_told", condition=~Q(source="") & ~Q(external_id="")),
            models.CheckConstraint(name="external_id_version", condition=Q(version__isnull=True) | Q(version__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.external_id}"
