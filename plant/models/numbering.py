"""Numbers that are given once and never again."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NumberingSeries(models.Model):
    """How numbers of one kind look; a database sequence counts them, so gaps may occur and repeats may not."""

    code = models.CharField(_("code"), max_length=40, primary_key=True)
    prefix = models.CharField(_("prefix"), max_length=20)
    width = models.PositiveSmallIntegerField(_("digits"), default=6)

    class Meta:
        verbose_name = _("numbering series")
        verbose_name_plural = _("numbering series")

    def __str__(self) -> str:
        return self.code
